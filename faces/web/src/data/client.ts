import { problem as problemShape, type ResponseOf, type Route } from '@tandem/contract'
import { noAnswer, notAgreed, ProblemError } from './problem.ts'

type InputOf<Schema> = Schema extends { readonly _zod: { readonly input: infer Input } } ? Input : never

/** A part of a request: required when its shape has a required field, absent when the route has no such part. */
type Part<R, Key extends 'params' | 'query' | 'body'> = R extends { readonly [K in Key]: infer Schema }
  ? object extends InputOf<Schema>
    ? { readonly [K in Key]?: InputOf<Schema> }
    : { readonly [K in Key]: InputOf<Schema> }
  : unknown

export type Ask<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>

interface AnyAsk {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

const fieldsOf = (value: unknown): [string, string][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, field]) => (field === undefined ? [] : [[key, String(field)]]))
    : []

export function addressOf(route: Route, ask: AnyAsk): string {
  let path: string = route.path
  for (const [key, value] of fieldsOf(ask.params)) path = path.replace(`:${key}`, encodeURIComponent(value))
  const query = new URLSearchParams(fieldsOf(ask.query)).toString()
  return query === '' ? path : `${path}?${query}`
}

/** One typed request; a refusal is thrown as `ProblemError`. */
export async function call<R extends Route>(route: R, ask: Ask<R> & AnyAsk): Promise<ResponseOf<R>> {
  const answer = await send(route, ask)
  const read = await answer.json().catch(() => null)
  return readAnswer(route, answer.ok, answer.status, read)
}

async function send(route: Route, ask: AnyAsk): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const init: RequestInit = { method: route.method, credentials: 'same-origin', headers }
  if (route.method === 'POST') {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(ask.body ?? {})
  }
  try {
    return await fetch(addressOf(route, ask), init)
  } catch {
    throw new ProblemError(noAnswer)
  }
}

export function readAnswer<R extends Route>(route: R, ok: boolean, status: number, body: unknown): ResponseOf<R> {
  if (ok) return readAs<R['response']>(route.response, route.name, body)
  const refused = problemShape.safeParse(body)
  throw new ProblemError(refused.success ? refused.data : notAgreed(`${route.name}: status ${status}`))
}

function readAs<S extends Route['response']>(shape: S, name: string, body: unknown) {
  const read = shape.safeParse(body)
  if (read.success) return read.data
  throw new ProblemError(notAgreed(`${name}: ${read.error.issues[0]?.path.join('.') ?? ''}`))
}
