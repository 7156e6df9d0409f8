import { Refusal } from '@tandem/core'
import type { FastifyRequest } from 'fastify'

export const noStream: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}

/** The body as it comes, up to a limit that holds whatever its headers claim. */
export function deliveredStream(request: FastifyRequest, most: number): AsyncIterable<Uint8Array> {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Refusal('TANDEM-INPUT-001', 'the body comes compressed; send it as it is')
  }
  if (Number(request.headers['content-length'] ?? 0) > most) throw new Refusal('TANDEM-INPUT-002')
  return {
    async *[Symbol.asyncIterator]() {
      let length = 0
      // Destroying the request would cut the connection before the refusal is told.
      for await (const chunk of request.raw.iterator({ destroyOnReturn: false })) {
        if (!(chunk instanceof Uint8Array)) throw new TypeError('a request gives bytes')
        length += chunk.length
        if (length > most) throw new Refusal('TANDEM-INPUT-002')
        yield chunk
      }
    },
  }
}
