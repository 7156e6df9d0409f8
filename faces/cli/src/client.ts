import type { Readable } from 'node:stream'
import { type BodyOf, problem, type ResponseOf, type Route } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import { z } from 'zod'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure, failureOf } from './failure.ts'

export interface Call<R extends Route> {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly body?: BodyOf<R>
  readonly stream?: Readable
}

/** The HTTP client: path, form and answer come from the contract. */
export class Client {
  readonly server: string
  readonly #token: string | null

  constructor(server: string, token: string | null) {
    this.server = server.replace(/\/+$/, '')
    this.#token = token
  }

  async call<const R extends Route>(route: R, call: Call<R> = {}): Promise<Result<ResponseOf<R>, Failure>> {
    const sent = await this.#send(route, call)
    if (!sent.ok) return sent
    const { status, body } = sent.value
    const refused = status >= 400 ? problem.safeParse(body) : null
    if (refused?.success === true) return err(failureOf(refused.data))
    // The health route tells with 503 that the database is away, in its own form.
    const answer = z.safeParse<R['response']>(route.response, body)
    if (answer.success) return ok(answer.data)
    if (status >= 400) return err(failure(exitCodes.refused, `${this.server} answered ${status}.`))
    return err(failure(exitCodes.refused, `${this.server} answers in another form: it runs another version of Tandem.`))
  }

  async #send(route: Route, call: Call<Route>): Promise<Result<{ status: number; body: unknown }, Failure>> {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(call.params?.[name] ?? ''))
    const url = new URL(`${this.server}${path}`)
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value))
    const headers: Record<string, string> = { accept: 'application/json' }
    if (this.#token !== null) headers['authorization'] = `Bearer ${this.#token}`
    let body: RequestInit = {}
    if (call.stream !== undefined) {
      headers['content-type'] = 'application/octet-stream'
      body = { body: asBody(call.stream), ...halfDuplex }
    } else if (route.method === 'POST') {
      headers['content-type'] = 'application/json'
      body = { body: JSON.stringify(call.body ?? {}) }
    }
    try {
      const response = await fetch(url, { method: route.method, headers, redirect: 'error', ...body })
      const text = await response.text()
      return ok({ status: response.status, body: parsed(text) })
    } catch {
      return err(failure(exitCodes.unreachable, `No cell answers at ${this.server}.`))
    }
  }
}

/** A streamed body is sent before the answer is read; `fetch` wants that said. */
const halfDuplex: RequestInit & { readonly duplex: 'half' } = { duplex: 'half' }

/** Read from disk only as fast as it is sent: a list may be larger than the memory. */
function asBody(stream: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = stream[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done === true) controller.close()
      else if (value instanceof Uint8Array) controller.enqueue(value)
    },
    cancel: () => void stream.destroy(),
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
