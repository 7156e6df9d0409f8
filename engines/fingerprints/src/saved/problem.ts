/** Why a saved file was refused. `says` is one line for the person who has to act on it. */
export interface SavedProblem {
  readonly code: 'foreign' | 'truncated' | 'altered' | 'newer' | 'unreadable' | 'missing-section' | 'failed-self-test'
  readonly says: string
}

export const problem = (code: SavedProblem['code'], says: string): SavedProblem => ({ code, says })

export const truncated = (expected: number, found: number): SavedProblem =>
  problem(
    'truncated',
    `The file is cut short: ${expected} bytes are expected, ${found} are there. Copy it again or build it anew.`,
  )

export const altered = (where: string): SavedProblem =>
  problem('altered', `The file was altered or damaged: ${where}. Copy it again or build it anew.`)

export const newer = (what: string, found: number, known: number): SavedProblem =>
  problem(
    'newer',
    `The file has ${what} version ${found}; this program knows versions up to ${known}. Use a newer program.`,
  )
