/**
 * The one catalogue of what can go wrong, as users and machines see it. A code never changes its meaning.
 * `status` is the HTTP status; `message` is one line an officer can act on and never repeats a value.
 */
export const errorCatalogue = {
  'TANDEM-AUTH-001': { status: 401, message: 'Sign in first: there is no valid session.' },
  'TANDEM-AUTH-002': { status: 403, message: 'Your role may not do this.' },
  'TANDEM-AUTH-003': { status: 401, message: 'The sign-in did not succeed. Try again, or ask your administrator.' },
  'TANDEM-AUTH-004': { status: 403, message: 'The request did not come from the desk. Reload the page and try again.' },
  'TANDEM-AUTH-005': {
    status: 403,
    message: 'A passkey is required as second factor before this session can be used.',
  },
  'TANDEM-LAW-001': {
    status: 403,
    message: 'No live authority covers this. Choose one that is in force, or ask for a new one.',
  },
  'TANDEM-LAW-002': { status: 403, message: 'State the purpose of this step: a task under the operation you work on.' },
  'TANDEM-FIND-001': { status: 404, message: 'Nothing here, or not for you.' },
  'TANDEM-FIND-002': {
    status: 410,
    message: 'This was erased by law. That it existed, and what was decided on it, stays in the ledger.',
  },
  'TANDEM-SEAL-001': {
    status: 503,
    message: 'The records of your agency are sealed. Its officers open them with their shares: tandem unseal.',
  },
  'TANDEM-INPUT-001': { status: 400, message: 'The request is not in the agreed form.' },
  'TANDEM-INPUT-002': { status: 413, message: 'The delivery is larger than this lane accepts.' },
  'TANDEM-INPUT-003': {
    status: 422,
    message: 'The file could not be read. The reason is given; send it again corrected.',
  },
  'TANDEM-STATE-001': {
    status: 409,
    message: 'Somebody else was faster: the record has changed. Reload and look again.',
  },
  'TANDEM-STATE-002': { status: 409, message: 'This step is not possible in the present state of the record.' },
  'TANDEM-STATE-003': { status: 409, message: 'The same idempotency key came with a different body.' },
  'TANDEM-STATE-004': { status: 409, message: 'A second person must approve this; the proposer cannot.' },
  'TANDEM-STATE-005': {
    status: 409,
    message: 'The ledger cannot prove this entry. Tell the inspector: what was recorded may have been changed.',
  },
  'TANDEM-RATE-001': { status: 429, message: 'Too many requests. Wait a moment and try again.' },
  'TANDEM-STORE-001': { status: 503, message: 'The database does not answer. Nothing was changed; try again shortly.' },
  'TANDEM-STORE-002': { status: 503, message: 'The step could not be recorded in the ledger, so it was not done.' },
  'TANDEM-STORE-003': { status: 500, message: 'The database refused the step. Nothing was changed.' },
  'TANDEM-BUG-001': { status: 500, message: 'An error of ours. Nothing was changed; the reference helps us find it.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorCatalogue

/** An expected failure. `detail` may name fields and rules, never values of personal data. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  constructor(code: ErrorCode, detail?: string) {
    super(errorCatalogue[code].message)
    this.name = 'Refusal'
    this.code = code
    this.detail = detail
  }
  get status(): number {
    return errorCatalogue[this.code].status
  }
}
