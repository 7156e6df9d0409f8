import helmet from '@fastify/helmet'
import { Refusal } from '@tandem/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FaceOptions } from './options.ts'

export async function protect(app: FastifyInstance, options: FaceOptions): Promise<void> {
  const { host, protocol } = new URL(options.origin)

  // A page elsewhere can make its own name point at this machine; the name then differs (DNS rebinding).
  app.addHook('onRequest', async (request) => {
    if (request.headers.host !== host) throw new Refusal('TANDEM-AUTH-004', 'this host name is not served here')
  })

  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'", ...new Set(options.oidc.map((provider) => new URL(provider.issuer).origin))],
      },
    },
    strictTransportSecurity: protocol === 'https:' ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    xFrameOptions: { action: 'deny' },
  })

  app.addHook('onRequest', async (request, reply) => {
    reply.header(
      'permissions-policy',
      'camera=(), geolocation=(), microphone=(), usb=(), payment=(), ' +
        'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    )
    if (/^\/(api|auth|healthz)\b/.test(request.url)) reply.header('cache-control', 'no-store')
  })
}

/** Gives the connection to code that writes it by itself, with the headers set so far. */
export function handOver(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.hijack()
}
