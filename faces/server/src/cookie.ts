import type { FastifyReply, FastifyRequest } from 'fastify'

/** Cookies for the whole site that no script reads. Values are letters, digits, `-`, `_` and `.`: nothing to encode. */
export interface CookieShape {
  readonly sameSite: 'Strict' | 'Lax'
  readonly secure: boolean
}

const VALUE = /^[\w.-]+$/

/** The value a request carries under a name, RFC 6265 section 4.2.1; the first where a name comes twice, '' for none. */
export function cookieOf(request: FastifyRequest, name: string): string {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return ''
}

/** `seconds`: how long it is kept; without it, until the browser closes. */
export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  shape: CookieShape,
  seconds?: number,
): void {
  if (!VALUE.test(value)) throw new TypeError('a cookie holds letters, digits, "-", "_" and "."')
  const kept = seconds === undefined ? '' : `; Max-Age=${seconds}`
  reply.header('set-cookie', `${name}=${value}${kept}${attributes(shape)}`)
}

export function clearCookie(reply: FastifyReply, name: string, shape: CookieShape): void {
  reply.header('set-cookie', `${name}=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT${attributes(shape)}`)
}

const attributes = ({ sameSite, secure }: CookieShape): string =>
  `; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=${sameSite}`
