import { err, ok, type Result } from '@tandem/core'
import { hex } from '../bytes.ts'
import { inBulk } from '../chance.ts'
import { type Commitment, commitTo } from '../commit/index.ts'
import { type CanaryKind, canaryInput, canaryKinds } from '../entries/canary.ts'
import { type Entry, inputOf } from '../entries/entry.ts'
import { type Place, paddedPlaces } from '../entries/padding.ts'
import { ristretto255 } from '../suite/index.ts'
import { numberBytes } from '../wire/bytes.ts'
import { chunkBytes, chunkCount, chunkItems, chunkOf, readChunk } from '../wire/chunk.ts'
import type { Frame } from '../wire/frame.ts'
import { readStatement, state as stateIt } from '../wire/statement.ts'
import { outputBytes } from './compute.ts'
import { type Found, findHits } from './hits.ts'
import { type Closing, isClosing, isCommitted } from './messages.ts'
import { type NoAnswer, noAnswer, type RunProblem } from './problem.ts'
import { approvalProblem, isAcceptance, isRunRequest, type RunRequest, timeProblem } from './request.ts'
import { type Progress, recorded, refusal, refusedBy, type SideTools, type Step } from './side.ts'
import { heard, requestDigest, runIdOf, said, type Thread, threadOf } from './thread.ts'

export interface AskerTools extends SideTools {
  /** Remembers a holder's key; true when it was known already. */
  isKeyKnown(publicKey: string): Promise<boolean>
}

/** What the asker keeps for oversight: with it every element it sent can be traced to a committed entry. */
export interface AskerRecord {
  readonly run: string
  readonly commitment: Commitment
  readonly places: readonly Place[]
  /** Null where the element is the hash of a dummy. */
  readonly scalars: readonly (Uint8Array | null)[]
}

interface Prepared {
  readonly request: RunRequest
  readonly requestBody: Uint8Array
  readonly digest: string
  readonly thread: Thread
  readonly entries: readonly Entry[]
  readonly places: readonly Place[]
  readonly scalars: readonly (Uint8Array | null)[]
  readonly blinded: readonly Uint8Array[]
  readonly answerBy: number
}

interface Running extends Prepared {
  readonly run: string
  readonly commitment: Commitment
}

interface Exchanging extends Running {
  readonly held: number
  readonly evaluated: readonly Uint8Array[]
  readonly outputs: readonly Uint8Array[]
}

interface Ending extends Exchanging {
  readonly transcript: string
}

export type AskerState =
  | ({ readonly at: 'asking' } & Prepared)
  | ({ readonly at: 'committed' } & Running)
  | ({ readonly at: 'evaluating' | 'fetching' } & Exchanging)
  | ({ readonly at: 'closing' } & Ending)
  | { readonly at: 'over'; readonly outcome: AskerOutcome }

export type AskerOutcome =
  | NoAnswer
  | ({ readonly is: 'answered'; readonly run: string; readonly transcript: string } & Found & {
        readonly record: AskerRecord
      })

/**
 * Makes everything ready before a word is said, so that no time taken later tells how much of the list is padding,
 * and sends the request. Refused here is what the holder would refuse anyway.
 */
export async function ask(
  request: RunRequest,
  entries: readonly Entry[],
  tools: AskerTools,
  now: number,
): Promise<Result<Step<AskerState>, RunProblem>> {
  if (!isRunRequest(request)) return err('malformed')
  const problem = timeProblem(request, now) ?? approvalProblem(request.approvals, 'asker')
  if (problem !== null) return err(problem)
  if (entries.some(({ kind }) => !request.kinds.includes(kind))) return err('kind')
  const { bytes: requestBody } = await stateIt('request', request, tools.sign)
  const digest = requestDigest(requestBody)
  const inputs = entries.flatMap(({ inputs }, entry) => inputs.map((input) => ({ input, entry })))
  const chance = inBulk(tools.chance)
  const canaries = plantable(request).map((kind) => canaryInput(kind, chance))
  const places = paddedPlaces(inputs, inputOf('control', digest), canaries, chance)
  if (places.length > request.mostAsked) return err('size')
  const scalars = places.map(({ is }) => (is === 'dummy' ? null : ristretto255.randomScalar(chance)))
  const blinded = await tools.compute({ do: 'blind', inputs: places.map(({ input }) => input), scalars })
  if (blinded === null) return err('element')
  const { thread, bytes } = said(threadOf(requestBody), 'request', requestBody)
  // People decide on a request: they have as long as it lives.
  const answerBy = request.expiresAt
  const prepared = { request, requestBody, digest: hex(digest), thread, entries, places, scalars, blinded, answerBy }
  return ok({ state: { at: 'asking', ...prepared }, send: bytes })
}

const plantable = ({ kinds }: RunRequest): CanaryKind[] => canaryKinds.filter((kind) => kinds.includes(kind))

/** The next message of the holder. */
export async function askerHears(
  state: AskerState,
  bytes: Uint8Array,
  tools: AskerTools,
  now: number,
): Promise<Step<AskerState>> {
  const waited = askerWaits(state, now)
  if (waited.at === 'over') return { state: waited, send: null }
  const next = heard(waited.thread, bytes, expected[waited.at], 'refusal')
  if (typeof next === 'string') return stop(waited, next, tools)
  const { frame, thread } = next
  if (frame.kind === 'refusal') return over(refusedBy(frame.body, waited.digest, tools.verifyPeer))
  const on = { thread, answerBy: now + tools.patience }
  switch (waited.at) {
    case 'asking':
      return accepted({ ...waited, ...on }, frame, tools)
    case 'committed':
      return bothCommitted({ ...waited, ...on }, frame, tools)
    case 'evaluating':
      return evaluated({ ...waited, ...on }, frame, tools)
    case 'fetching':
      return fetched({ ...waited, ...on }, frame, tools)
    case 'closing':
      return closed(waited, frame, tools)
  }
}

const expected = {
  asking: 'acceptance',
  committed: 'commitment',
  evaluating: 'evaluated',
  fetching: 'outputs',
  closing: 'closing',
} as const

/** Called when time has passed: a peer that is late, or a request that ran out, ends the run without an answer. */
export function askerWaits(state: AskerState, now: number): AskerState {
  if (state.at === 'over') return state
  if (now >= state.request.expiresAt) return { at: 'over', outcome: noAnswer('expired') }
  return now > state.answerBy ? { at: 'over', outcome: noAnswer('silent') } : state
}

/** A person ends the run. */
export const askerStops = (state: AskerState, tools: AskerTools): Promise<Step<AskerState>> =>
  state.at === 'over' ? Promise.resolve({ state, send: null }) : stop(state, 'stopped', tools)

export function askerProgress(state: AskerState): Progress {
  if (state.at === 'over') return { done: 1, of: 1 }
  if (!('held' in state)) return { done: 0, of: chunkCount(state.places.length) }
  const done = chunkCount(state.evaluated.length) + chunkCount(state.outputs.length)
  return { done, of: chunkCount(state.places.length) + chunkCount(state.held) }
}

async function accepted(state: Prepared, { body }: Frame, tools: AskerTools): Promise<Step<AskerState>> {
  const read = readStatement('acceptance', body, isAcceptance, tools.verifyPeer)
  if (typeof read === 'string') return stop(state, read, tools)
  const { request, epoch, approvals } = read.says
  if (request !== state.digest) return stop(state, 'other-run', tools)
  if (epoch !== state.request.epoch) return stop(state, 'epoch', tools)
  const problem = approvalProblem(approvals, 'holder')
  if (problem !== null) return stop(state, problem, tools)
  const run = hex(runIdOf(state.requestBody, body))
  const commitment = commitTo(state.places)
  const committed = await recorded(run, 'asker', commitment, hex(commitment.root), tools)
  const { thread, bytes } = said(state.thread, 'commitment', committed)
  return { state: { ...state, at: 'committed', run, commitment, thread }, send: bytes }
}

async function bothCommitted(state: Running, { body }: Frame, tools: AskerTools): Promise<Step<AskerState>> {
  const read = readStatement('commitment', body, isCommitted, tools.verifyPeer)
  if (typeof read === 'string') return stop(state, read, tools)
  const { run, side, size } = read.says
  if (run !== state.run || side !== 'holder') return stop(state, 'other-run', tools)
  if (size > state.request.mostHeld || !Number.isInteger(Math.log2(size))) return stop(state, 'size', tools)
  if (!(await tools.isRecorded(read.says))) return stop(state, 'commitment', tools)
  return sendBlinded({ ...state, held: size, evaluated: [], outputs: [] })
}

function sendBlinded(state: Exchanging): Step<AskerState> {
  const chunk = chunkCount(state.evaluated.length)
  const { thread, bytes } = said(state.thread, 'blinded', chunkBytes(chunk, chunkOf(state.blinded, chunk)))
  return { state: { ...state, at: 'evaluating', thread }, send: bytes }
}

async function evaluated(state: Exchanging, { body }: Frame, tools: AskerTools): Promise<Step<AskerState>> {
  const chunk = chunkCount(state.evaluated.length)
  const items = readChunk(body, chunk, chunkOf(state.blinded, chunk).length, ristretto255.elementBytes)
  if (items === null) return stop(state, 'malformed', tools)
  if (!items.every((item) => ristretto255.isElement(item))) return stop(state, 'element', tools)
  const now = { ...state, evaluated: state.evaluated.concat(items) }
  return now.evaluated.length < now.blinded.length ? sendBlinded(now) : fetchNext(now)
}

function fetchNext(state: Exchanging): Step<AskerState> {
  const { thread, bytes } = said(state.thread, 'next', numberBytes(chunkCount(state.outputs.length), 4))
  return { state: { ...state, at: 'fetching', thread }, send: bytes }
}

async function fetched(state: Exchanging, { body }: Frame, tools: AskerTools): Promise<Step<AskerState>> {
  const chunk = chunkCount(state.outputs.length)
  const count = Math.min(chunkItems, state.held - state.outputs.length)
  const items = readChunk(body, chunk, count, outputBytes)
  if (items === null) return stop(state, 'malformed', tools)
  const now = { ...state, outputs: state.outputs.concat(items) }
  if (now.outputs.length < now.held) return fetchNext(now)
  const transcript = hex(now.thread.before)
  const says: Closing = {
    version: 1,
    run: now.run,
    side: 'asker',
    transcript,
    publicKey: '-',
    keyDestroyed: false,
  }
  const { thread, bytes } = said(now.thread, 'closing', (await stateIt('closing', says, tools.sign)).bytes)
  return { state: { ...now, at: 'closing', thread, transcript }, send: bytes }
}

/** Only now, when the holder has signed for the same messages, the answer is worked out. */
async function closed(state: Ending, { body }: Frame, tools: AskerTools): Promise<Step<AskerState>> {
  const read = readStatement('closing', body, isClosing, tools.verifyPeer)
  if (typeof read === 'string') return over(noAnswer(read))
  const { run, side, transcript, publicKey, keyDestroyed } = read.says
  if (run !== state.run || side !== 'holder' || transcript !== state.transcript) return over(noAnswer('other-run'))
  if (!keyDestroyed || publicKey === '-') return over(noAnswer('contradiction'))
  if (await tools.isKeyKnown(publicKey)) return over(noAnswer('key-reuse'))
  const found = await findHits(state, tools.compute)
  if (typeof found === 'string') return over(noAnswer(found))
  const { commitment, places, scalars } = state
  return over({ is: 'answered', run, transcript, ...found, record: { run, commitment, places, scalars } })
}

const over = (outcome: AskerOutcome): Step<AskerState> => ({ state: { at: 'over', outcome }, send: null })

async function stop(state: Prepared, why: RunProblem, tools: AskerTools): Promise<Step<AskerState>> {
  const { bytes, outcome } = await refusal(state.thread, state.digest, why, tools.sign)
  return { state: { at: 'over', outcome }, send: bytes }
}
