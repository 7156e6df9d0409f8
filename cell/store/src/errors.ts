import { Refusal } from '@tandem/core'
import pg from 'pg'

/**
 * Every database error becomes a code of the catalogue. Message, DETAIL and HINT never leave this file: they
 * print values of rows that the caller may not see.
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof pg.DatabaseError) return new Refusal(codeOf(error), `database state ${error.code}`)
  if (isConnectionFailure(error)) return new Refusal('TANDEM-STORE-001')
  throw error
}

function codeOf({ code: state = '', constraint }: pg.DatabaseError): ConstructorParameters<typeof Refusal>[0] {
  // The key that wraps new records was replaced in this very moment.
  if (constraint === 'record_key_of_slot') return 'TANDEM-STATE-001'
  if (state === 'TD001') return 'TANDEM-AUTH-001'
  if (state === 'TD005') return 'TANDEM-AUTH-005'
  // The lease of a job ran out, and another worker has it.
  if (state === 'TD006') return 'TANDEM-STATE-001'
  if (state === '42501') return 'TANDEM-AUTH-002'
  if (state === '23505' || state === '40001' || state === '40P01' || state === '55P03') return 'TANDEM-STATE-001'
  if (state === '23503' || state === '23514') return 'TANDEM-STATE-002'
  if (/^(08|53|57|58)/.test(state)) return 'TANDEM-STORE-001'
  return 'TANDEM-STORE-003'
}

function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(ECONN|EPIPE|ENOENT|EACCES|ETIMEDOUT)/.test(code) ||
    /^(Connection terminated|timeout exceeded|Client has)/.test(error.message)
  )
}
