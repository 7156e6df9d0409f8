import { existsSync } from 'node:fs'
import { join } from 'node:path'
import serveFiles from '@fastify/static'
import { Refusal } from '@tandem/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Addresses of the desk's own pages all get its one document; a missing file stays missing. */
const isPage = (request: FastifyRequest): boolean => {
  const path = request.url.split('?', 1)[0] ?? ''
  return request.method === 'GET' && /^\/[\w/-]*$/.test(path) && !/^\/(api|auth|healthz|assets)(\/|$)/.test(path)
}

/** The built web files. Names with a digest never change their content. */
export async function serveDesk(app: FastifyInstance, folder: string | null): Promise<void> {
  const hasDesk = folder !== null && existsSync(join(folder, 'index.html'))
  if (hasDesk) {
    await app.register(serveFiles, {
      root: folder,
      cacheControl: false,
      dotfiles: 'ignore',
      index: ['index.html'],
      setHeaders: (reply, path) => {
        const isHashed = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/.test(path)
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) => {
    if (hasDesk && isPage(request)) return reply.sendFile('index.html')
    throw new Refusal('TANDEM-FIND-001')
  })
}
