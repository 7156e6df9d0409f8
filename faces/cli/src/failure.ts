import type { Problem } from '@tandem/contract'
import { type ExitCode, exitCodes } from './exit-codes.ts'

/** Why a command did not do what was asked, in one line. */
export interface Failure {
  readonly exit: ExitCode
  /** From the error catalogue, where there is one. */
  readonly code: string | null
  readonly says: string
}

export const failure = (exit: ExitCode, says: string): Failure => ({ exit, code: null, says })
export const usageFailure = (says: string): Failure => failure(exitCodes.usage, says)

export function failureOf(problem: Problem): Failure {
  const detail = problem.detail === undefined ? '' : ` (${problem.detail})`
  const hint = problem.code === 'TANDEM-AUTH-001' ? ' Use: tandem sign-in' : ''
  const reference = problem.code === 'TANDEM-BUG-001' ? ` Reference ${problem.reference}.` : ''
  return { exit: exitOf(problem.code), code: problem.code, says: `${problem.message}${detail}${hint}${reference}` }
}

function exitOf(code: string): ExitCode {
  if (/^TANDEM-(AUTH|LAW)-/.test(code)) return exitCodes.notAllowed
  if (code === 'TANDEM-INPUT-001') return exitCodes.usage
  if (code === 'TANDEM-STORE-001') return exitCodes.unreachable
  return exitCodes.refused
}
