import type { Problem } from '@tandem/contract'
import { type ErrorCode, errorCatalogue, Refusal } from '@tandem/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'

export function problemOf(refusal: Refusal, reference: string): Problem {
  return {
    code: refusal.code,
    message: refusal.message,
    ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    reference,
  }
}

/** Names fields and rules; what was sent in them is not repeated. */
export function refusalOfParsing(error: ZodError, part: string): Refusal {
  const told = error.issues.slice(0, 5).map((issue) => {
    const place = [part, ...issue.path.map(String)].join('.').slice(0, 120)
    const rule = issue.code === 'unrecognized_keys' ? 'has a field that is not known here' : issue.message
    return `${place}: ${rule.slice(0, 200)}`
  })
  return new Refusal('TANDEM-INPUT-001', told.join('; '))
}

/** The framework's own refusals, in the catalogue's words. Anything else is an error of ours. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  if (error instanceof ZodError || !(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('TANDEM-INPUT-002')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('TANDEM-INPUT-001', 'the body is not JSON')
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return new Refusal('TANDEM-INPUT-001', 'the body is empty')
  if (status === 404) return new Refusal('TANDEM-FIND-001')
  if (status >= 400 && status < 500) return new Refusal('TANDEM-INPUT-001')
  return null
}

/** An unknown error is told by a reference alone; the log has its name and place, never its message. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = refusalOf(error)
  if (known === null) request.log.error({ reference: request.id, ...placeOf(error) }, 'error of ours')
  const refusal = known ?? new Refusal('TANDEM-BUG-001')
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(problemOf(refusal, request.id))
}

export function placeOf(error: unknown): { name: string; code?: string; stack?: string[] } {
  if (!(error instanceof Error)) return { name: typeof error }
  const stack = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: stack.slice(0, 8).map((line) => line.trim()),
  }
}

export const statusesOf = (...codes: readonly ErrorCode[]): number[] => [
  ...new Set(codes.map((code) => errorCatalogue[code].status)),
]
