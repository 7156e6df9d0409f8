import { routes } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { FastifyInstance } from 'fastify'
import { send } from './api.ts'
import { bearerOf, keyOf, refuseForeign, type SessionCookies } from './credentials.ts'
import type { Feed } from './feed.ts'
import { describe } from './openapi.ts'
import { type Rates, Windows } from './rates.ts'
import type { Sessions } from './sessions.ts'
import { deliveredStream } from './streams.ts'
import type { Work } from './work.ts'

export function registerAlive(app: FastifyInstance, work: Work): void {
  const document = JSON.stringify(describe())
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(document))
  app.get(routes.alive.path, async (_request, reply) => {
    const database = await work.latestChange().then(
      () => true,
      () => false,
    )
    return send(reply.code(database ? 200 : 503), routes.alive, { alive: true, database })
  })
}

export function registerSignOut(
  app: FastifyInstance,
  work: Work,
  sessions: Sessions,
  cookies: SessionCookies,
  feed: Feed,
): void {
  app.post(routes.signOut.path, async (request, reply) => {
    const { token } = await sessions.guest(request)
    await work.signOut(token)
    await feed.check(keyOf(token))
    cookies.take(reply)
    return send(reply.header('clear-site-data', '"cache", "cookies"'), routes.signOut, { signedOut: true })
  })
}

/** The sender's door: an API key as bearer, never a cookie. */
export function registerReceive(app: FastifyInstance, work: Work, origin: string, rates: Rates): void {
  const deliveries = new Windows(60_000, rates.perSender)
  app.post(routes.receive.path, async (request, reply) => {
    refuseForeign(request, origin, 'bearer')
    const apiKey = bearerOf(request)
    if (apiKey === null) throw new Refusal('TANDEM-AUTH-001')
    if (deliveries.count(keyOf(apiKey)) > 0) throw new Refusal('TANDEM-RATE-001')
    const idempotencyKey = request.headers['idempotency-key']
    if (typeof idempotencyKey !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(idempotencyKey)) {
      throw new Refusal('TANDEM-INPUT-001', 'the Idempotency-Key header has 8 to 200 visible ASCII characters')
    }
    const stream = deliveredStream(request, work.limits.deliveryBytes)
    const given = { idempotencyKey, name: deliveryName(request.headers['delivery-name']) }
    return send(reply, routes.receive, await work.receive(apiKey, given, stream))
  })
}

/** The file's name, percent-encoded UTF-8, in a header: in the address it would stand in logs. */
function deliveryName(header: string | string[] | undefined): string {
  if (header === undefined) return 'unnamed'
  const refusal = new Refusal('TANDEM-INPUT-001', 'the Delivery-Name header is a percent-encoded name')
  if (typeof header !== 'string') throw refusal
  try {
    const name = decodeURIComponent(header).trim()
    if (name.length === 0 || name.length > 300 || /\p{Cc}/u.test(name)) throw refusal
    return name
  } catch {
    throw refusal
  }
}
