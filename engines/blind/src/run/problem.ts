/**
 * Why a run gave no answer. None of these is "nothing found": a person who reads one knows no more than before and
 * must ask in another way.
 */
export const runProblems = {
  silent: 'The other side did not answer in time.',
  refused: 'The other side refused the request.',
  expired: 'The request has expired.',
  malformed: 'The other side sent something that is not a message of this protocol.',
  'out-of-turn': 'The other side sent a message that has no place here.',
  'other-run': 'The other side sent a message of another run, or one that was changed on its way.',
  signature: 'A statement does not carry the signatures of the other side.',
  approval: 'The approvals that are needed are not there.',
  epoch: 'The request is for another epoch than the one in force.',
  kind: 'The request names a kind that is not open to it.',
  size: 'A list is larger than was agreed.',
  commitment: 'A list was not fixed in a ledger before the run.',
  element: 'An element is the identity or not in its one encoding.',
  contradiction: 'What the other side sent does not fit together: its answer proves nothing.',
  'key-reuse': 'The key of this run was used before.',
  quota: 'The quota of questions is used up.',
  repeated: 'This request was answered before.',
  stopped: 'The run was stopped here.',
} as const
export type RunProblem = keyof typeof runProblems

export const isRunProblem = (text: unknown): text is RunProblem =>
  typeof text === 'string' && Object.hasOwn(runProblems, text)

/** The run is over and has no answer. */
export interface NoAnswer {
  readonly is: 'no answer'
  readonly why: RunProblem
  /** When the other side refused: the reason it gave. */
  readonly theirReason: RunProblem | null
  readonly says: string
}

export const noAnswer = (why: RunProblem, theirReason: RunProblem | null = null): NoAnswer => ({
  is: 'no answer',
  why,
  theirReason,
  says: `${runProblems[why]} This is no answer: it does not say that nothing is held.`,
})
