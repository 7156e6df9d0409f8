import type { Problem } from '@tandem/contract'

/** The cell refused, with its reason; or did not answer at all. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

export const codeOf = (error: unknown): string | null => (error instanceof ProblemError ? error.problem.code : null)

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return { code: 'DESK-001', message: 'The desk made an error. Reload the page and try again.', reference: '' }
}

export const noAnswer: Problem = {
  code: 'DESK-002',
  message: 'The cell does not answer. Nothing was changed as far as the desk knows; it tries again by itself.',
  reference: '',
}

export const notAgreed = (what: string): Problem => ({
  code: 'DESK-003',
  message: 'The cell answered in a form that this desk does not know. Reload the page: it may be older than the cell.',
  detail: what,
  reference: '',
})

const noAuthority = ['TANDEM-LAW-001', 'TANDEM-LAW-002']
export const isLackOfAuthority = (error: unknown): boolean => noAuthority.includes(codeOf(error) ?? '')
export const isSignedOut = (error: unknown): boolean => codeOf(error) === 'TANDEM-AUTH-001'
export const needsPasskey = (error: unknown): boolean => codeOf(error) === 'TANDEM-AUTH-005'
export const isConflict = (error: unknown): boolean => codeOf(error) === 'TANDEM-STATE-001'
