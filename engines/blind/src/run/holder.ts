import { hex } from '../bytes.ts'
import { type Chance, inBulk, shuffled } from '../chance.ts'
import { type Commitment, commitTo } from '../commit/index.ts'
import { canaryInput, canaryKinds } from '../entries/canary.ts'
import { type Entry, type EntryKind, inputOf } from '../entries/entry.ts'
import { type Place, paddedPlaces } from '../entries/padding.ts'
import { deriveKeyPair, type KeyPair, ristretto255, suiteOf } from '../suite/index.ts'
import { Reader } from '../wire/bytes.ts'
import { chunkBytes, chunkCount, chunkItems, chunkOf, readChunk } from '../wire/chunk.ts'
import { type Frame, readFrame } from '../wire/frame.ts'
import { readStatement, state as stateIt } from '../wire/statement.ts'
import { type Closing, isClosing, isCommitted } from './messages.ts'
import { type NoAnswer, noAnswer, type RunProblem } from './problem.ts'
import {
  type Acceptance,
  type Approval,
  approvalProblem,
  isRunRequest,
  type RunRequest,
  timeProblem,
} from './request.ts'
import { type Progress, recorded, refusal, refusedBy, type SideTools, type Step } from './side.ts'
import { heard, runIdOf, said, type Thread, threadOf } from './thread.ts'

export interface HolderTools extends SideTools {
  readonly name: string
  readonly epoch: string
  readonly kinds: readonly EntryKind[]
  readonly mostAsked: number
  /** Remembers a request; true the first time. Must decide atomically: two copies at once, one true. */
  isNewRequest(digest: string): Promise<boolean>
  /** Takes this many questions out of the asker's quota, all or none, atomically. */
  takeQuota(request: RunRequest, questions: number): Promise<boolean>
}

interface Asked {
  readonly request: RunRequest
  readonly requestBody: Uint8Array
  readonly digest: string
  readonly thread: Thread
  readonly answerBy: number
}

interface Accepted extends Asked {
  readonly run: Uint8Array
  readonly entries: readonly Entry[]
}

interface Answering extends Accepted {
  readonly keys: KeyPair
  readonly asked: number
  readonly places: readonly Place[]
  /** The order in which outputs leave: another than that of the committed list. */
  readonly order: readonly Place[]
  readonly commitment: Commitment
  readonly seen: readonly Uint8Array[]
  readonly outputs: readonly Uint8Array[]
}

export type HolderState =
  | ({ readonly at: 'deciding' } & Asked)
  | ({ readonly at: 'accepted' } & Accepted)
  | ({ readonly at: 'evaluating' | 'sending' | 'closing' } & Answering)
  | { readonly at: 'over'; readonly outcome: HolderOutcome }

/** What the holder keeps. It learned how long the asker's padded list was, and nothing else. */
export interface HolderRecord {
  readonly run: string
  readonly transcript: string
  readonly asked: number
  readonly commitment: Commitment
  readonly places: readonly Place[]
  /** Elements of the asker in their order: an audit holds its openings against them. */
  readonly seen: readonly Uint8Array[]
  /** References of own entries by output, for hits that the asker releases; a canary has none. */
  readonly byOutput: ReadonlyMap<string, readonly string[]>
}

export type HolderOutcome = NoAnswer | { readonly is: 'answered'; readonly record: HolderRecord }

const suite = suiteOf(ristretto255, 'oprf')

/** A request comes in. It is checked whole before a person is asked to decide on it. */
export async function holderHearsRequest(
  bytes: Uint8Array,
  tools: HolderTools,
  now: number,
): Promise<Step<HolderState>> {
  const frame = readFrame(bytes)
  if (frame === null) return over(noAnswer('malformed'))
  const next = heard(threadOf(frame.body), bytes, 'request')
  if (typeof next === 'string') return over(noAnswer(next))
  const read = readStatement('request', frame.body, isRunRequest, tools.verifyPeer)
  if (typeof read === 'string') return over(noAnswer(read))
  const request = read.says
  const asked: Asked = {
    request,
    requestBody: frame.body,
    digest: hex(next.thread.id),
    thread: next.thread,
    answerBy: request.expiresAt,
  }
  const problem = requestProblem(request, tools, now)
  if (problem !== null) return refuse(asked, problem, tools)
  if (!(await tools.isNewRequest(asked.digest))) return refuse(asked, 'repeated', tools)
  return { state: { at: 'deciding', ...asked }, send: null }
}

function requestProblem(request: RunRequest, tools: HolderTools, now: number): RunProblem | null {
  if (request.holder !== tools.name || request.asker === tools.name) return 'other-run'
  const problem = timeProblem(request, now) ?? approvalProblem(request.approvals, 'asker')
  if (problem !== null) return problem
  if (request.epoch !== tools.epoch) return 'epoch'
  if (request.kinds.some((kind) => !tools.kinds.includes(kind))) return 'kind'
  if (request.kinds.includes('event') !== (request.grid !== null)) return 'kind'
  return request.mostAsked > tools.mostAsked ? 'size' : null
}

/** A person of the holder says yes, and the entries that the request may meet are fixed. */
export async function holderAccepts(
  state: HolderState,
  approvals: readonly Approval[],
  entries: readonly Entry[],
  tools: HolderTools,
  now: number,
): Promise<Step<HolderState>> {
  if (state.at !== 'deciding') return { state, send: null }
  const problem = timeProblem(state.request, now) ?? approvalProblem(approvals, 'holder')
  if (problem !== null) return refuse(state, problem, tools)
  if (entries.some(({ kind }) => !state.request.kinds.includes(kind))) return refuse(state, 'kind', tools)
  const says: Acceptance = {
    version: 1,
    request: state.digest,
    epoch: tools.epoch,
    nonce: hex(tools.chance(32)),
    acceptedAt: now,
    approvals,
  }
  const { bytes: body } = await stateIt('acceptance', says, tools.sign)
  const { thread, bytes } = said(state.thread, 'acceptance', body)
  const run = runIdOf(state.requestBody, body)
  return { state: { ...state, at: 'accepted', thread, run, entries, answerBy: now + tools.patience }, send: bytes }
}

/** A person of the holder says no, or ends the run. */
export const holderRefuses = (state: HolderState, why: RunProblem, tools: HolderTools): Promise<Step<HolderState>> =>
  state.at === 'over' ? Promise.resolve({ state, send: null }) : refuse(state, why, tools)

export function holderWaits(state: HolderState, now: number): HolderState {
  if (state.at === 'over') return state
  const why = now >= state.request.expiresAt ? 'expired' : now > state.answerBy ? 'silent' : null
  if (why === null) return state
  wipe(state)
  return { at: 'over', outcome: noAnswer(why) }
}

export async function holderHears(
  state: HolderState,
  bytes: Uint8Array,
  tools: HolderTools,
  now: number,
): Promise<Step<HolderState>> {
  const waited = holderWaits(state, now)
  if (waited.at === 'over') return { state: waited, send: null }
  const next = heard(waited.thread, bytes, expected[waited.at], 'refusal')
  if (typeof next === 'string') return refuse(waited, next, tools)
  const { frame, thread } = next
  if (frame.kind === 'refusal') {
    wipe(waited)
    return over(refusedBy(frame.body, waited.digest, tools.verifyPeer))
  }
  const on = { thread, answerBy: now + tools.patience }
  switch (waited.at) {
    case 'deciding':
      return refuse(waited, 'out-of-turn', tools)
    case 'accepted':
      return committed({ ...waited, ...on }, frame, tools)
    case 'evaluating':
      return evaluating({ ...waited, ...on }, frame, tools)
    case 'sending':
      return sending({ ...waited, ...on }, frame, tools)
    case 'closing':
      return closing({ ...waited, ...on }, frame, hex(waited.thread.before), tools)
  }
}

const expected = {
  deciding: 'refusal',
  accepted: 'commitment',
  evaluating: 'blinded',
  sending: 'next',
  closing: 'closing',
} as const

export function holderProgress(state: HolderState): Progress {
  if (state.at === 'over') return { done: 1, of: 1 }
  if (!('seen' in state)) return { done: 0, of: 1 }
  const done = chunkCount(state.seen.length) + chunkCount(state.outputs.length)
  return { done, of: chunkCount(state.asked) + chunkCount(state.places.length) }
}

/** The asker's list is fixed; so is ours then; only after both does the key of the run come into being. */
async function committed(state: Accepted, { body }: Frame, tools: HolderTools): Promise<Step<HolderState>> {
  const read = readStatement('commitment', body, isCommitted, tools.verifyPeer)
  if (typeof read === 'string') return refuse(state, read, tools)
  const { run, side, size } = read.says
  if (run !== hex(state.run) || side !== 'asker') return refuse(state, 'other-run', tools)
  if (size > state.request.mostAsked || !Number.isInteger(Math.log2(size))) return refuse(state, 'size', tools)
  if (!(await tools.isRecorded(read.says))) return refuse(state, 'commitment', tools)
  if (!(await tools.takeQuota(state.request, size))) return refuse(state, 'quota', tools)
  const chance = inBulk(tools.chance)
  const places = ownPlaces(state, chance)
  if (places.length > state.request.mostHeld) return refuse(state, 'size', tools)
  const commitment = commitTo(places)
  const statement = await recorded(run, 'holder', commitment, hex(commitment.root), tools)
  const seed = tools.chance(32)
  const keys = deriveKeyPair(suite, seed, state.run)
  seed.fill(0)
  if (keys === null) return refuse(state, 'stopped', tools)
  const { thread, bytes } = said(state.thread, 'commitment', statement)
  const order = shuffled(places, chance)
  const own = { keys, asked: size, places, order, commitment, seen: [], outputs: [] }
  return { state: { ...state, ...own, at: 'evaluating', thread }, send: bytes }
}

function ownPlaces({ entries, thread, request }: Accepted, chance: Chance): Place[] {
  const inputs = entries.flatMap(({ inputs }, entry) => inputs.map((input) => ({ input, entry })))
  const canaries = canaryKinds.filter((kind) => request.kinds.includes(kind)).map((kind) => canaryInput(kind, chance))
  return paddedPlaces(inputs, inputOf('control', thread.id), canaries, chance)
}

async function evaluating(state: Answering, { body }: Frame, tools: HolderTools): Promise<Step<HolderState>> {
  const chunk = chunkCount(state.seen.length)
  const elements = readChunk(
    body,
    chunk,
    Math.min(chunkItems, state.asked - state.seen.length),
    ristretto255.elementBytes,
  )
  if (elements === null) return refuse(state, 'malformed', tools)
  const evaluated = await tools.compute({ do: 'evaluate', secret: state.keys.secret, elements })
  if (evaluated === null) return refuse(state, 'element', tools)
  const { thread, bytes } = said(state.thread, 'evaluated', chunkBytes(chunk, evaluated))
  const seen = state.seen.concat(elements)
  return {
    state: { ...state, seen, thread, at: seen.length < state.asked ? 'evaluating' : 'sending' },
    send: bytes,
  }
}

async function sending(state: Answering, { body }: Frame, tools: HolderTools): Promise<Step<HolderState>> {
  const chunk = chunkCount(state.outputs.length)
  const reader = new Reader(body)
  if (reader.number(4) !== chunk || reader.left > 0) return refuse(state, 'malformed', tools)
  const inputs = chunkOf(state.order, chunk).map(({ input }) => input)
  const made = await tools.compute({ do: 'output', secret: state.keys.secret, inputs })
  if (made === null) return refuse(state, 'element', tools)
  const { thread, bytes } = said(state.thread, 'outputs', chunkBytes(chunk, made))
  const now = { ...state, thread, outputs: state.outputs.concat(made) }
  if (now.outputs.length < now.order.length) return { state: { ...now, at: 'sending' }, send: bytes }
  wipe(now)
  return { state: { ...now, at: 'closing' }, send: bytes }
}

async function closing(
  state: Answering,
  { body }: Frame,
  transcript: string,
  tools: HolderTools,
): Promise<Step<HolderState>> {
  const read = readStatement('closing', body, isClosing, tools.verifyPeer)
  if (typeof read === 'string') return refuse(state, read, tools)
  const run = hex(state.run)
  if (read.says.run !== run || read.says.side !== 'asker') return refuse(state, 'other-run', tools)
  if (read.says.transcript !== transcript) return refuse(state, 'other-run', tools)
  const publicKey = hex(state.keys.publicKey)
  const says: Closing = { version: 1, run, side: 'holder', transcript, publicKey, keyDestroyed: true }
  const { bytes } = said(state.thread, 'closing', (await stateIt('closing', says, tools.sign)).bytes)
  const { asked, commitment, places, seen } = state
  const record = { run, transcript, asked, commitment, places, seen, byOutput: byOutput(state) }
  return { state: { at: 'over', outcome: { is: 'answered', record } }, send: bytes }
}

function byOutput({ order, outputs, entries }: Answering): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [at, place] of order.entries()) {
    const references = place.entries.flatMap((entry) => entries[entry]?.reference ?? [])
    if (place.is === 'entry' || place.is === 'canary') found.set(hex(outputs[at] ?? new Uint8Array(0)), references)
  }
  return found
}

/** The key is gone from this memory; copies that the runtime made while it worked cannot be reached. */
function wipe(state: Asked | Answering): void {
  if ('keys' in state) state.keys.secret.fill(0)
}

const over = (outcome: HolderOutcome): Step<HolderState> => ({ state: { at: 'over', outcome }, send: null })

async function refuse(state: Asked, why: RunProblem, tools: HolderTools): Promise<Step<HolderState>> {
  wipe(state)
  const { bytes, outcome } = await refusal(state.thread, state.digest, why, tools.sign)
  return { state: { at: 'over', outcome }, send: bytes }
}
