import { Refusal } from '@tandem/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FaceOptions } from './options.ts'

export function protect(app: FastifyInstance, options: FaceOptions): void {
  const { host, protocol } = new URL(options.origin)

  const headers = headersFor(options, protocol === 'https:')
  app.addHook('onRequest', async (_, reply) => {
    // Nothing is kept by a browser unless the desk's own files say so for themselves.
    reply.headers(headers).header('cache-control', 'no-store')
  })

  // A page elsewhere can make its own name point at this machine; the name then differs (DNS rebinding).
  app.addHook('onRequest', async (request) => {
    if (request.headers.host !== host) throw new Refusal('TANDEM-AUTH-004', 'this host name is not served here')
  })
}

/** As the OWASP Secure Headers Project recommends for a page that loads nothing from elsewhere. */
function headersFor(options: FaceOptions, overTls: boolean): { [name: string]: string } {
  const signIn = [...new Set(options.oidc.map((provider) => new URL(provider.issuer).origin))]
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ["form-action 'self'", ...signIn].join(' '),
  ]
  return {
    'content-security-policy': policy.join(';'),
    ...(overTls ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'permissions-policy':
      'camera=(), geolocation=(), microphone=(), usb=(), payment=(), ' +
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
  }
}

/** Gives the connection to code that writes it by itself, with the headers set so far. */
export function handOver(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.hijack()
}
