import { Refusal } from '@tandem/core'
import type { FastifyInstance } from 'fastify'
import { Windows } from './rates.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Requests a minute from one address, where a route has a limit of its own. */
    perAddress?: number
  }
}

const MINUTE = 60_000

/** So many requests a minute from one address; a route with its own limit is counted by itself. */
export function limitPerAddress(app: FastifyInstance, most: number): void {
  const all = new Windows(MINUTE, most)
  const ofRoutes = new Map<string, Windows>()
  app.addHook('onRequest', async (request, reply) => {
    const { url = '', method, config } = request.routeOptions
    const own = config.perAddress
    const windows = own === undefined ? all : windowsOf(`${String(method)} ${url}`, own)
    if (windows.count(request.ip) <= 0) return
    reply.header('retry-after', windows.secondsLeft)
    throw new Refusal('TANDEM-RATE-001')
  })

  function windowsOf(route: string, mostOfRoute: number): Windows {
    const known = ofRoutes.get(route)
    if (known !== undefined) return known
    const fresh = new Windows(MINUTE, mostOfRoute)
    ofRoutes.set(route, fresh)
    return fresh
  }
}
