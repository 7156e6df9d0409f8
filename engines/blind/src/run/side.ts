import type { Chance } from '../chance.ts'
import type { Commitment } from '../commit/index.ts'
import type { Signer, Verifier } from '../sign/signature.ts'
import { readStatement, state } from '../wire/statement.ts'
import type { Compute } from './compute.ts'
import type { Committed } from './messages.ts'
import { isRunProblem, type NoAnswer, noAnswer, type RunProblem } from './problem.ts'
import { isRefused, type Refused } from './request.ts'
import { said, type Thread } from './thread.ts'

/** What a side of a run needs from the world around it. */
export interface SideTools {
  readonly chance: Chance
  readonly compute: Compute
  readonly sign: Signer
  readonly verifyPeer: Verifier
  /** Writes the side's own list into its ledger and gives the receipt, once the entry can no longer be changed. */
  record(run: string, commitment: Commitment): Promise<string>
  /** Whether the peer's list stands in the peer's ledger, as its receipt claims. */
  isRecorded(committed: Committed): Promise<boolean>
  /** Milliseconds that the peer may take for its next message. */
  readonly patience: number
}

/** Where a side stands after one event, and the one message it has for the peer, if any. */
export interface Step<S> {
  readonly state: S
  readonly send: Uint8Array | null
}

export interface Progress {
  readonly done: number
  readonly of: number
}

/** Ends a run here and tells the peer why, under the side's name. */
export async function refusal(
  thread: Thread,
  request: string,
  why: RunProblem,
  sign: Signer,
): Promise<{ readonly bytes: Uint8Array; readonly outcome: NoAnswer }> {
  const says: Refused = { version: 1, request, reason: why }
  const { bytes } = await state('refusal', says, sign)
  return { bytes: said(thread, 'refusal', bytes).bytes, outcome: noAnswer(why) }
}

/** A refusal that the peer signed for this request; anything else is what it is. */
export function refusedBy(body: Uint8Array, request: string, verify: Verifier): NoAnswer {
  const read = readStatement('refusal', body, isRefused, verify)
  if (typeof read === 'string') return noAnswer(read)
  if (read.says.request !== request) return noAnswer('other-run')
  return noAnswer('refused', isRunProblem(read.says.reason) ? read.says.reason : null)
}

export async function recorded(
  run: string,
  side: Committed['side'],
  commitment: Commitment,
  rootHex: string,
  tools: Pick<SideTools, 'record' | 'sign'>,
): Promise<Uint8Array> {
  const receipt = await tools.record(run, commitment)
  const says: Committed = { version: 1, run, side, size: commitment.size, root: rootHex, receipt }
  return (await state('commitment', says, tools.sign)).bytes
}
