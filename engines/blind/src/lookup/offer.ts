import { concat } from '../bytes.ts'
import type { EntryKind } from '../entries/entry.ts'
import { outputBytes } from '../run/compute.ts'
import type { RunProblem } from '../run/problem.ts'
import { type Approval, approvalProblem, isApproval, isSortedKinds, timeProblem } from '../run/request.ts'
import { numberBytes, Reader } from '../wire/bytes.ts'
import { type Check, hexText, integer, listOf, oneOf, record, text } from '../wire/shape.ts'
import { type EpochList, isEpochList } from './list.ts'
import { type Grant, isGrant, type Token, tokenBytes } from './token.ts'

/** What an asker asks to be let ask later, one value at a time: two of its people stand behind it. */
export type LookupRequest = {
  readonly version: 1
  readonly suite: 'ristretto255-SHA512'
  readonly asker: string
  readonly holder: string
  readonly operation: string
  readonly authority: string
  readonly purpose: string
  readonly kinds: readonly EntryKind[]
  readonly lookups: number
  readonly issuedAt: number
  readonly expiresAt: number
  readonly nonce: string
  readonly approvals: readonly Approval[]
}

/** Few by design: whoever needs more has a list, and a run for it. */
export const mostLookups = 1000

const time = integer(0, 8_640_000_000_000_000)

export const isLookupRequest: Check<LookupRequest> = record<LookupRequest>({
  version: oneOf(1),
  suite: oneOf('ristretto255-SHA512'),
  asker: text(128),
  holder: text(128),
  operation: text(256),
  authority: text(256),
  purpose: text(1024),
  kinds: isSortedKinds,
  lookups: integer(1, mostLookups),
  issuedAt: time,
  expiresAt: time,
  nonce: hexText(32),
  approvals: listOf(isApproval, 1, 8),
})

/** What the holder gives: the grant, and the list and key that it fixed in its ledger for this grant alone. */
export type LookupOffer = {
  readonly version: 1
  /** Digest of the request. */
  readonly request: string
  readonly grant: Grant
  readonly list: EpochList
  readonly listedAt: number
  /** Whom to call at the holder, whatever an answer says. */
  readonly desk: string
  readonly approvals: readonly Approval[]
}

export const isLookupOffer: Check<LookupOffer> = record<LookupOffer>({
  version: oneOf(1),
  request: hexText(32),
  grant: isGrant,
  list: isEpochList,
  listedAt: time,
  desk: text(256),
  approvals: listOf(isApproval, 1, 8),
})

/** Why a holder does not even show the request to its people. An event is many values: it needs a run. */
export function lookupRequestProblem(
  request: LookupRequest,
  between: { readonly asker: string; readonly holder: string },
  now: number,
): RunProblem | null {
  if (request.asker !== between.asker || request.holder !== between.holder) return 'other-run'
  if (request.kinds.includes('event')) return 'kind'
  return timeProblem(request, now) ?? approvalProblem(request.approvals, 'asker')
}

/** One token more than there are lookups: with it the asker tests once whether list and key belong together. */
export const grantFor = (request: LookupRequest, digest: string): Grant => ({
  version: 1,
  id: digest.slice(0, 32),
  asker: request.asker,
  operation: request.operation,
  authority: request.authority,
  kinds: request.kinds,
  tokens: request.lookups + 1,
  epoch: digest.slice(0, 32),
  expiresAt: request.expiresAt,
})

/** Why what the holder gave is not what was asked for. */
export function offerProblem(
  offer: LookupOffer,
  { request, digest }: { readonly request: LookupRequest; readonly digest: string },
  now: number,
): RunProblem | null {
  const { grant, list } = offer
  const wanted = grantFor(request, digest)
  if (offer.request !== digest || grant.id !== wanted.id || list.holder !== request.holder) return 'other-run'
  if (grant.epoch !== wanted.epoch || list.epoch !== wanted.epoch) return 'epoch'
  if (grant.asker !== wanted.asker || grant.operation !== wanted.operation || grant.authority !== wanted.authority)
    return 'other-run'
  if (grant.kinds.join() !== wanted.kinds.join()) return 'kind'
  if (grant.tokens !== wanted.tokens) return 'size'
  if (grant.expiresAt !== wanted.expiresAt || list.expiresAt !== wanted.expiresAt || now >= list.expiresAt)
    return 'expired'
  return approvalProblem(offer.approvals, 'holder')
}

/** The offer as it travels: the signed statement, the proof of the ledger, the outputs, and what makes each token one. */
export interface Offered {
  readonly statement: Uint8Array
  readonly receipt: Uint8Array
  readonly outputs: readonly Uint8Array[]
  readonly macs: readonly Uint8Array[]
}

export const offerBytes = ({ statement, receipt, outputs, macs }: Offered): Uint8Array =>
  concat(
    ...[statement, receipt].flatMap((part) => [numberBytes(part.length, 4), part]),
    numberBytes(outputs.length, 4),
    ...outputs,
    ...macs,
  )

/** Exactly one offer, or null. How many tokens there are is what is left: the statement says how many there must be. */
export function readOffer(bytes: Uint8Array): Offered | null {
  const reader = new Reader(bytes)
  const statement = reader.take(reader.number(4) ?? -1)
  const receipt = reader.take(reader.number(4) ?? -1)
  const size = reader.number(4)
  if (statement === null || receipt === null || size === null || size * outputBytes > reader.left) return null
  const outputs = Array.from({ length: size }, () => reader.take(outputBytes) ?? new Uint8Array(0))
  if (reader.left % tokenBytes !== 0) return null
  const macs = Array.from({ length: reader.left / tokenBytes }, () => reader.take(tokenBytes) ?? new Uint8Array(0))
  return { statement, receipt, outputs, macs }
}

export const tokenOf = (grant: Grant, macs: readonly Uint8Array[], number: number): Token | null => {
  const mac = macs[number]
  return mac === undefined || macs.length !== grant.tokens ? null : { grant: grant.id, number, mac }
}
