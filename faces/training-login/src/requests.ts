import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TrainingClient } from './training-login.ts'

export type PageKind = 'html' | 'css'

const FORM_BYTES = 4096

/**
 * Prepares a request for the provider, which stands under a path of its own, and answers the rest of the path.
 * What is said about the outside comes from the configured issuer, never from a header of the client's.
 */
export function underPrefix(request: IncomingMessage, prefix: string, issuer: string): string {
  const whole = request.url ?? '/'
  const rest = whole.startsWith(`${prefix}/`) ? whole.slice(prefix.length) : '/'
  const { protocol, host } = new URL(issuer)
  Object.assign(request, { originalUrl: `${prefix}${rest}`, url: rest })
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  request.headers['x-forwarded-host'] = host
  const path = rest.split('?', 1)[0] ?? '/'
  // Nobody stays signed in here: on a shared desk the next person must choose a name and type a PIN.
  if (/^\/auth(\/|$)/.test(path)) dropSessionCookie(request)
  return path
}

function dropSessionCookie(request: IncomingMessage): void {
  const kept = (request.headers.cookie ?? '').split(/; */).filter((pair) => !/^_session(\.\w+)*=/.test(pair))
  request.headers.cookie = kept.join('; ')
}

/** A short form, or null. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '')) return null
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return null
  let text = ''
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (text.length > FORM_BYTES) return null
  }
  return new URLSearchParams(text)
}

export function sendPage(
  response: ServerResponse,
  status: number,
  kind: PageKind,
  text: string,
  clients: readonly TrainingClient[],
): void {
  if (response.headersSent) return
  // Browsers apply form-action to the redirects after a form as well, so the way back to the client is named.
  const back = new Set(clients.flatMap((client) => client.redirectUris.map((uri) => new URL(uri).origin)))
  response.statusCode = status
  response.setHeader('content-type', `text/${kind}; charset=utf-8`)
  response.setHeader('cache-control', kind === 'css' ? 'no-cache' : 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; ` +
      `form-action 'self' ${[...back].join(' ')}`,
  )
  response.end(text)
}
