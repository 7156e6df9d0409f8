import type { z } from 'zod'

/**
 * One route, told once: server, OpenAPI, typed client, CLI and desk derive from it.
 * `access`: who reaches it before any policy is asked: `public`, `sender` (API key) or `session`.
 */
export interface Route {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: `/${string}`
  readonly summary: string
  readonly access: 'public' | 'sender' | 'session'
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** JSON body. `stream`: the body is bytes of a file, not JSON. */
  readonly body?: z.ZodType | 'stream'
  readonly response: z.ZodType
}

export const route = <const R extends Route>(definition: R): R => definition

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
export type ParamsOf<R extends Route> = Parsed<R['params']>
export type QueryOf<R extends Route> = Parsed<R['query']>
export type BodyOf<R extends Route> = R['body'] extends z.ZodType ? z.output<R['body']> : undefined
export type ResponseOf<R extends Route> = z.output<R['response']>
