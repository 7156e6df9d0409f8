import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Chance } from '../src/chance.ts'
import type { Commitment } from '../src/commit/index.ts'
import { type Entry, readEntry } from '../src/entries/index.ts'
import {
  type Approval,
  type AskerOutcome,
  type AskerState,
  type AskerTools,
  ask,
  askerHears,
  type Committed,
  type HolderOutcome,
  type HolderState,
  type HolderTools,
  holderAccepts,
  holderHears,
  holderHearsRequest,
  inThisThread,
  type RunRequest,
} from '../src/run/index.ts'
import { signerOf, verifierOf } from '../src/sign/signature.ts'

/** Two agencies in one memory: each message is bytes, and a test may hold every one of them up. */

export const now = Date.UTC(2026, 4, 4, 12)
export const hour = 3_600_000
export const chance: Chance = (length) => new Uint8Array(randomBytes(length))

const keysOf = () => {
  const [ed, ml] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ml-dsa-65')]
  return {
    sign: signerOf({ ed25519: ed.privateKey, mlDsa65: ml.privateKey }),
    verify: verifierOf({ ed25519: ed.publicKey, mlDsa65: ml.publicKey }),
  }
}

/** Generated once: the keys of an agency outlive a run. */
const [crime, revenue] = [keysOf(), keysOf()]

/** A ledger that knows what was written into it, as both sides' witnesses would. */
export function testLedger() {
  const written = new Map<string, string>()
  return {
    record: async (run: string, { root }: Commitment) => {
      const receipt = `entry ${written.size}`
      written.set(receipt, `${run} ${Buffer.from(root).toString('hex')}`)
      return receipt
    },
    isRecorded: async ({ run, root, receipt }: Committed) => written.get(receipt) === `${run} ${root}`,
  }
}

export interface Pair {
  readonly asker: AskerTools
  readonly holder: HolderTools
}

export function testPair(change: { asker?: Partial<AskerTools>; holder?: Partial<HolderTools> } = {}): Pair {
  const ledger = testLedger()
  const [keys, requests] = [new Set<string>(), new Set<string>()]
  const isFirst = (set: Set<string>, value: string): boolean => set.size !== set.add(value).size
  const shared = { chance, compute: inThisThread, patience: 60_000, ...ledger }
  return {
    asker: {
      ...shared,
      sign: crime.sign,
      verifyPeer: revenue.verify,
      isKeyKnown: async (key) => !isFirst(keys, key),
      ...change.asker,
    },
    holder: {
      ...shared,
      sign: revenue.sign,
      verifyPeer: crime.verify,
      name: 'Revenue Agency',
      epoch: '2026-05',
      kinds: ['account', 'email', 'event', 'ip', 'phone', 'wallet'],
      mostAsked: 2 ** 15,
      isNewRequest: async (digest) => isFirst(requests, digest),
      takeQuota: async () => true,
      ...change.holder,
    },
  }
}

export const approved: readonly Approval[] = [{ person: 'r-desk', role: 'approver', at: now }]

export const requestOf = (change: Partial<RunRequest> = {}): RunRequest => ({
  version: 1,
  suite: 'ristretto255-SHA512',
  asker: 'Crime Agency',
  holder: 'Revenue Agency',
  operation: 'Operation Test',
  authority: 'A-2026-0001',
  purpose: 'Whether the other agency holds an interest before an arrest',
  kinds: ['phone'],
  mostAsked: 2 ** 15,
  mostHeld: 2 ** 15,
  epoch: '2026-05',
  grid: null,
  issuedAt: now,
  expiresAt: now + hour,
  nonce: Buffer.from(chance(32)).toString('hex'),
  approvals: [
    { person: 'c-analyst', role: 'requester', at: now },
    { person: 'c-manager', role: 'approver', at: now },
  ],
  ...change,
})

/** Invented numbers out of the range that Ofcom keeps for drama, and beyond. */
export function phones(from: number, count: number): Entry[] {
  return Array.from({ length: count }, (_, at) => {
    const entry = readEntry('phone', `+4477${String(10_000_000 + from + at)}`, `p${from + at}`)
    if (!entry.ok) throw new Error(entry.error.code)
    return entry.value
  })
}

export type Direction = 'to holder' | 'to asker'

export type OnTheWay = (bytes: Uint8Array, direction: Direction, at: number) => Uint8Array | null

export interface RunOptions {
  readonly request?: RunRequest
  readonly pair?: Pair
  readonly approvals?: readonly Approval[]
  /** May change, drop (null) or swap a message on its way. */
  readonly onTheWay?: OnTheWay
  readonly clock?: () => number
}

export interface RunResult {
  readonly asker: AskerState
  readonly holder: HolderState | null
  readonly messages: readonly { readonly bytes: Uint8Array; readonly direction: Direction }[]
}

/** A whole run, message by message, until nobody has anything more to say. */
export async function runBetween(
  asked: readonly Entry[],
  held: readonly Entry[],
  { request = requestOf(), pair = testPair(), approvals = approved, onTheWay, clock = () => now }: RunOptions = {},
): Promise<RunResult> {
  const messages: { bytes: Uint8Array; direction: Direction }[] = []
  const carry = (bytes: Uint8Array | null, direction: Direction): Uint8Array | null => {
    if (bytes === null) return null
    const carried = onTheWay === undefined ? bytes : onTheWay(bytes, direction, messages.length)
    if (carried !== null) messages.push({ bytes: carried, direction })
    return carried
  }
  const begun = await ask(request, asked, pair.asker, clock())
  if (!begun.ok) throw new Error(begun.error)
  let asker: AskerState = begun.value.state
  let holder: HolderState | null = null
  let waiting = carry(begun.value.send, 'to holder')
  while (waiting !== null) {
    const heard: { state: HolderState; send: Uint8Array | null } =
      holder === null
        ? await holderHearsRequest(waiting, pair.holder, clock())
        : await holderHears(holder, waiting, pair.holder, clock())
    const answered =
      heard.state.at === 'deciding' ? await holderAccepts(heard.state, approvals, held, pair.holder, clock()) : heard
    holder = answered.state
    const back = carry(answered.send, 'to asker')
    if (back === null) break
    const next = await askerHears(asker, back, pair.asker, clock())
    asker = next.state
    waiting = carry(next.send, 'to holder')
  }
  return { asker, holder, messages }
}

export const outcomeOf = (state: AskerState): AskerOutcome => {
  if (state.at !== 'over') throw new Error(`the run is still ${state.at}`)
  return state.outcome
}

export const holderOutcome = (state: HolderState | null): HolderOutcome => {
  if (state?.at !== 'over') throw new Error(`the run is still ${state?.at}`)
  return state.outcome
}
