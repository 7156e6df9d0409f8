import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { Refusal } from '@tandem/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Addresses of the desk's own pages all get its one document; a missing file stays missing. */
const isPage = (path: string): boolean => /^\/[\w/-]*$/.test(path) && !/^\/(api|auth|healthz|assets)(\/|$)/.test(path)

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

interface DeskFile {
  readonly bytes: Buffer
  readonly type: string
  readonly tag: string
  readonly keep: string
}

/**
 * The built web files, read once: what is asked for is looked up in a table, so no address ever names a path of the disk.
 * Names with a digest never change their content.
 */
export function serveDesk(app: FastifyInstance, folder: string | null): void {
  const files =
    folder !== null && existsSync(join(folder, 'index.html')) ? readDesk(folder) : new Map<string, DeskFile>()
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const file = request.method !== 'GET' ? undefined : (files.get(path) ?? (isPage(path) ? files.get('/') : undefined))
    if (file === undefined) throw new Refusal('TANDEM-FIND-001')
    return send(request, reply, file)
  })
}

function readDesk(folder: string): ReadonlyMap<string, DeskFile> {
  const files = new Map<string, DeskFile>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const isHidden = name.split(sep).some((part) => part.startsWith('.'))
    if (isHidden || !statSync(join(folder, name)).isFile()) continue
    const bytes = readFileSync(join(folder, name))
    const path = `/${name.split(sep).join('/')}`
    const isHashed = /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path)
    const file: DeskFile = {
      bytes,
      type: types[extname(name)] ?? 'application/octet-stream',
      tag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
      keep: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    files.set(path, file)
    if (path === '/index.html') files.set('/', file)
  }
  return files
}

function send(request: FastifyRequest, reply: FastifyReply, file: DeskFile): FastifyReply {
  reply.header('cache-control', file.keep).header('etag', file.tag)
  if (request.headers['if-none-match'] === file.tag) return reply.code(304).send()
  return reply.code(200).type(file.type).send(file.bytes)
}
