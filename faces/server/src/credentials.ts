import { createHash } from 'node:crypto'
import { Refusal } from '@tandem/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearCookie, cookieOf, setCookie } from './cookie.ts'
import type { FaceOptions } from './options.ts'

export interface Carried {
  readonly token: Buffer
  readonly by: 'cookie' | 'bearer'
}

const TOKEN = /^[\w-]{43}$/

/** 256 random bits as base64url, and nothing else. */
export const tokenFrom = (text: string): Buffer | null => (TOKEN.test(text) ? Buffer.from(text, 'base64url') : null)

/** A key for counting that does not keep the secret itself. */
export const keyOf = (token: Buffer): string => createHash('sha256').update(token).digest('base64url')

export function bearerOf(request: FastifyRequest): Buffer | null {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return given === undefined ? null : tokenFrom(given)
}

export interface SessionCookies {
  /** The session that a request carries, if its origin is in order. */
  carriedBy(request: FastifyRequest): Carried
  give(reply: FastifyReply, token: Buffer): void
  take(reply: FastifyReply): void
}

export function sessionCookies(options: Pick<FaceOptions, 'origin' | 'secureCookies'>): SessionCookies {
  const name = options.secureCookies ? '__Host-tandem' : 'tandem'
  const shape = { sameSite: 'Strict', secure: options.secureCookies } as const
  return {
    carriedBy(request) {
      if (request.headers.authorization !== undefined) {
        refuseForeign(request, options.origin, 'bearer')
        const token = bearerOf(request)
        if (token === null) throw new Refusal('TANDEM-AUTH-001')
        return { token, by: 'bearer' }
      }
      refuseForeign(request, options.origin, 'cookie')
      const token = tokenFrom(cookieOf(request, name))
      if (token === null) throw new Refusal('TANDEM-AUTH-001')
      return { token, by: 'cookie' }
    },
    give: (reply, token) => setCookie(reply, name, token.toString('base64url'), shape),
    take: (reply) => clearCookie(reply, name, shape),
  }
}

/**
 * Browsers say where a request comes from (Fetch Metadata; ASVS 5.0, 3.5.8). A cookie counts only with their word
 * for it; a program that carries its token itself sends no such header and needs none.
 */
export function refuseForeign(request: FastifyRequest, origin: string, by: 'cookie' | 'bearer'): void {
  const site = request.headers['sec-fetch-site']
  const isOurs = site === 'same-origin' || site === 'none' || (site === undefined && by === 'bearer')
  if (!isOurs) throw new Refusal('TANDEM-AUTH-004')
  const from = request.headers.origin
  if (from !== undefined && from !== origin) throw new Refusal('TANDEM-AUTH-004')
  if (from === undefined && by === 'cookie' && request.method !== 'GET') throw new Refusal('TANDEM-AUTH-004')
}
