import { canonicalJson, err, ok, type Result } from '@tandem/core'
import type { SigningKey, VerificationKey } from '../statement/signing-key.ts'
import { readStatement, type SignedStatement, signStatement } from '../statement/statement.ts'

/** What is to be opened, why, and for how long. One named set of records, never "everything". */
export interface OpeningRequest {
  readonly opening: string
  readonly cell: string
  readonly owner: string
  readonly requestedBy: { readonly agency: string; readonly person: string }
  readonly records: readonly string[]
  readonly reason: string
  /** RFC 3339, UTC. */
  readonly requestedAt: string
  readonly minutes: number
}

/** An opening that two people of two agencies signed. */
export interface Opening {
  readonly request: OpeningRequest
  readonly approvedBy: { readonly agency: string; readonly person: string }
  /** RFC 3339, UTC: from here the minutes count. */
  readonly approvedAt: string
  readonly statement: SignedStatement
}

export interface OpeningProblem {
  readonly code: 'request-incomplete' | 'same-person' | 'same-agency' | 'too-late' | 'not-signed'
  readonly says: string
}

export const openingType = 'application/vnd.tandem.break-glass-opening+json'

/** An hour opens what is needed tonight; a longer need is a new request. */
export const longestOpeningMinutes = 60
/** An approval answers a request of now. */
export const requestStandsMinutes = 60
/** The review of an opening is due after three days. */
export const reviewWithinHours = 72

export function checkRequest(request: OpeningRequest): Result<OpeningRequest, OpeningProblem> {
  const missing =
    request.reason.trim().length < 20
      ? 'Say in a sentence why the records must be opened now.'
      : request.records.length === 0
        ? 'Name the records that must be opened.'
        : new Set(request.records).size !== request.records.length
          ? 'A record is named twice.'
          : !Number.isInteger(request.minutes) || request.minutes < 1 || request.minutes > longestOpeningMinutes
            ? `An opening lasts one to ${longestOpeningMinutes} minutes.`
            : Number.isNaN(Date.parse(request.requestedAt))
              ? 'The time of the request is missing.'
              : null
  return missing === null ? ok(request) : err({ code: 'request-incomplete', says: missing })
}

/** Requester and approver differ in person and in agency; both sign the same words. */
export function approveOpening(
  request: OpeningRequest,
  approvedBy: Opening['approvedBy'],
  approvedAt: string,
  keys: { readonly requester: SigningKey; readonly approver: SigningKey },
): Result<Opening, OpeningProblem> {
  const refused = checkRequest(request)
  if (!refused.ok) return refused
  if (approvedBy.person === request.requestedBy.person || keys.requester.keyId === keys.approver.keyId) {
    return err({ code: 'same-person', says: 'Nobody approves their own request.' })
  }
  if (approvedBy.agency === request.requestedBy.agency) {
    return err({ code: 'same-agency', says: 'The approval comes from the other agency.' })
  }
  const age = Date.parse(approvedAt) - Date.parse(request.requestedAt)
  if (!(age >= 0 && age <= requestStandsMinutes * 60_000)) {
    return err({ code: 'too-late', says: `A request stands for ${requestStandsMinutes} minutes. Ask again.` })
  }
  const statement = signStatement(openingType, words(request, approvedBy, approvedAt), [keys.requester, keys.approver])
  return ok({ request, approvedBy, approvedAt, statement })
}

/** For whoever reads it later: both signed just this. */
export function checkOpening(
  opening: Opening,
  keys: { readonly requester: VerificationKey; readonly approver: VerificationKey },
): Result<Opening, OpeningProblem> {
  const said = readStatement(openingType, opening.statement, [keys.requester, keys.approver])
  if (!said.ok) return err({ code: 'not-signed', says: said.error.says })
  const claimed = canonicalJson(words(opening.request, opening.approvedBy, opening.approvedAt))
  return canonicalJson(said.value) === claimed
    ? ok(opening)
    : err({ code: 'not-signed', says: 'What was signed is another opening.' })
}

/** Half open: at the minute of its end an opening is over. */
export function isOpenAt(opening: Opening, instant: string): boolean {
  const since = Date.parse(instant) - Date.parse(opening.approvedAt)
  return since >= 0 && since < opening.request.minutes * 60_000
}

function words(request: OpeningRequest, approvedBy: Opening['approvedBy'], approvedAt: string) {
  return {
    ...request,
    requestedBy: { ...request.requestedBy },
    records: [...request.records],
    approvedBy: { ...approvedBy },
    approvedAt,
  }
}
