export interface Failure {
  readonly where: string
  readonly why: string
}

/** What one step of the run gave. */
export interface Outcome {
  readonly passed: number
  readonly skipped: number
  readonly failures: readonly Failure[]
}

export const passedOnce: Outcome = { passed: 1, skipped: 0, failures: [] }

export const failedOnce = (where: string, why: string): Outcome => ({
  passed: 0,
  skipped: 0,
  failures: [{ where, why }],
})

export const together = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  skipped: outcomes.reduce((sum, { skipped }) => sum + skipped, 0),
  failures: outcomes.flatMap(({ failures }) => failures),
})

/** The line that closes a run; others read it. */
export function totalLine({ passed, failures, skipped }: Outcome): string {
  return `${passed} passed, ${failures.length} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`
}

/** A run in which nothing was tried proves nothing. */
export const isGreen = ({ passed, failures }: Outcome): boolean => failures.length === 0 && passed > 0
