import { type EntryKind, entryKinds } from '../entries/entry.ts'
import { type Check, hexText, integer, listOf, oneOf, orNull, record, text } from '../wire/shape.ts'
import type { RunProblem } from './problem.ts'

/** A named person's yes, as the agency that signs the statement vouches for it. */
export type Approval = {
  /** The agency's own reference to the person; not a name. */
  readonly person: string
  readonly role: 'requester' | 'approver'
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What is asked for, by whom, on what ground and how far it may go. Everything else of a run follows from it. */
export type RunRequest = {
  readonly version: 1
  readonly suite: 'ristretto255-SHA512'
  readonly asker: string
  readonly holder: string
  readonly operation: string
  readonly authority: string
  readonly purpose: string
  readonly kinds: readonly EntryKind[]
  /** Padded sizes: powers of two. */
  readonly mostAsked: number
  readonly mostHeld: number
  readonly epoch: string
  /** How places and times are cut when events are among the kinds. */
  readonly grid: { readonly reachMetres: number; readonly slotMinutes: number } | null
  readonly issuedAt: number
  readonly expiresAt: number
  readonly nonce: string
  readonly approvals: readonly Approval[]
}

export type Acceptance = {
  readonly version: 1
  /** Digest of the request. */
  readonly request: string
  readonly epoch: string
  readonly nonce: string
  readonly acceptedAt: number
  readonly approvals: readonly Approval[]
}

/** No list is longer: four million places are 128 MiB of elements. */
export const mostPlaces = 2 ** 22

const time = integer(0, 8_640_000_000_000_000)
const isPowerOfTwo: Check<number> = (value): value is number =>
  integer(16, mostPlaces)(value) && Number.isInteger(Math.log2(value))

export const isApproval = record<Approval>({ person: text(128), role: oneOf('requester', 'approver'), at: time })

export const isSortedKinds: Check<readonly EntryKind[]> = (value): value is readonly EntryKind[] =>
  listOf(oneOf(...entryKinds), 1, entryKinds.length)(value) &&
  value.every((kind, at) => at === 0 || (value[at - 1] ?? '') < kind)

export const isRunRequest: Check<RunRequest> = record<RunRequest>({
  version: oneOf(1),
  suite: oneOf('ristretto255-SHA512'),
  asker: text(128),
  holder: text(128),
  operation: text(256),
  authority: text(256),
  purpose: text(1024),
  kinds: isSortedKinds,
  mostAsked: isPowerOfTwo,
  mostHeld: isPowerOfTwo,
  epoch: text(64),
  grid: orNull(record({ reachMetres: integer(50, 100_000), slotMinutes: integer(1, 1440) })),
  issuedAt: time,
  expiresAt: time,
  nonce: hexText(32),
  approvals: listOf(isApproval, 1, 8),
})

export const isAcceptance: Check<Acceptance> = record<Acceptance>({
  version: oneOf(1),
  request: hexText(32),
  epoch: text(64),
  nonce: hexText(32),
  acceptedAt: time,
  approvals: listOf(isApproval, 1, 8),
})

export type Refused = { readonly version: 1; readonly request: string; readonly reason: string }
export const isRefused: Check<Refused> = record<Refused>({ version: oneOf(1), request: hexText(32), reason: text(32) })

/** The asker needs a requester and another person who approved; the holder one person who approved. */
export function approvalProblem(approvals: readonly Approval[], of: 'asker' | 'holder'): RunProblem | null {
  const requesters = new Set(approvals.filter(({ role }) => role === 'requester').map(({ person }) => person))
  const approvers = new Set(approvals.filter(({ role }) => role === 'approver').map(({ person }) => person))
  if (approvers.size === 0 || [...approvers].some((person) => requesters.has(person))) return 'approval'
  return of === 'asker' && requesters.size !== 1 ? 'approval' : null
}

/** No request lives longer than a week; clocks of two agencies may differ by a few minutes. */
const longestLife = 7 * 24 * 3_600_000
export const clockSkew = 5 * 60_000

export function timeProblem(
  { issuedAt, expiresAt }: Pick<RunRequest, 'issuedAt' | 'expiresAt'>,
  now: number,
): RunProblem | null {
  if (now >= expiresAt) return 'expired'
  return issuedAt > now + clockSkew || expiresAt <= issuedAt || expiresAt - issuedAt > longestLife ? 'malformed' : null
}
