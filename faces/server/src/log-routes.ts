import { Refusal } from '@tandem/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Sessions } from './sessions.ts'
import type { Work } from './work.ts'

/** A checkpoint with a proof of 63 hashes and many cosignatures is far below. */
const MOST_BYTES = 128 * 1024

const fileOf = z.object({ name: z.string(), '*': z.string() })
const witnessOf = z.object({ name: z.string() })

/** The log in the forms of C2SP: static files for whoever may read the ledger (tlog-tiles). */
export function registerLogFiles(app: FastifyInstance, work: Work, sessions: Sessions): void {
  app.get('/ledger/:name/*', async (request, reply) => {
    const { caller } = await sessions.caller(request)
    const given = fileOf.parse(request.params)
    const bytes = await work.logFile(caller, given.name, given['*'])
    const type = given['*'] === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
    return reply.type(type).send(bytes)
  })
}

/** The witness's door (tlog-witness): no session; a checkpoint counts by the signatures of a log that is known. */
export function registerWitness(app: FastifyInstance, work: Work): void {
  app.post('/witness/:name/add-checkpoint', async (request, reply) => {
    const { name } = witnessOf.parse(request.params)
    const answer = await work.witness(name, await textOf(request))
    if (answer === null) throw new Refusal('TANDEM-FIND-001')
    return reply.code(answer.status).type(answer.contentType).send(answer.body)
  })
}

async function textOf(request: FastifyRequest): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request.raw) {
    const bytes = Buffer.from(part)
    length += bytes.length
    if (length > MOST_BYTES) throw new Refusal('TANDEM-INPUT-002', 'a checkpoint is not that long')
    parts.push(bytes)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts))
  } catch {
    throw new Refusal('TANDEM-INPUT-001', 'a checkpoint is UTF-8 text')
  }
}
