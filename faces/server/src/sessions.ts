import { Refusal } from '@tandem/core'
import type { Caller } from '@tandem/work'
import type { FastifyRequest } from 'fastify'
import { keyOf, type SessionCookies } from './credentials.ts'
import type { Rates } from './rates.ts'
import { Windows } from './rates.ts'
import type { Held, Work } from './work.ts'

export interface Guest {
  readonly token: Buffer
  readonly held: Held
}

export interface Sessions {
  /** Whoever holds a session, second factor given or not: enough to give it or to sign out. */
  guest(request: FastifyRequest): Promise<Guest>
  /** A whole session. */
  caller(request: FastifyRequest): Promise<Guest & { readonly caller: Caller }>
  /** Counts an opened record for the person; refuses when it looks like copying the register. */
  opened(request: FastifyRequest, held: Held): void
}

export function makeSessions(work: Work, cookies: SessionCookies, rates: Rates): Sessions {
  const requests = new Windows(60_000, rates.perSession)
  const openings = new Windows(3_600_000, rates.openingsPerHour)

  const guest = async (request: FastifyRequest): Promise<Guest> => {
    const { token } = cookies.carriedBy(request)
    const held = await work.sessionOf(token)
    if (held === null) throw new Refusal('TANDEM-AUTH-001')
    if (requests.count(keyOf(token)) > 0) throw new Refusal('TANDEM-RATE-001')
    return { token, held }
  }

  return {
    guest,
    async caller(request) {
      const { token, held } = await guest(request)
      if (held.secondFactor === 'awaited') throw new Refusal('TANDEM-AUTH-005')
      return { token, held, caller: { credential: { kind: 'session', login: held.login, token } } }
    },
    opened(request, held) {
      const over = openings.count(held.person)
      if (over <= 0) return
      if (over === 1) request.log.warn({ alarm: 'many records opened', person: held.person, agency: held.agency })
      throw new Refusal('TANDEM-RATE-001', 'more records were opened in this hour than work explains')
    },
  }
}
