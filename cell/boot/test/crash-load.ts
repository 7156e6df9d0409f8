import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '@tandem/core'
import { type Random, seeded, worldReferrals } from '@tandem/testkit'
import { type Caller, type Cell, handlers, lanesOf, receiveDelivery, sessionOf, signIn } from '@tandem/work'
import type { Told } from './crash-journal.ts'
import { issuer } from './crash-open.ts'

type Tell = (told: Told) => void

const ROUND = 400

/** Deliveries of one round, the same for the same seed: a key names its bytes for ever. */
function* bytesOf(seed: string, round: number): Generator<[key: string, bytes: Uint8Array]> {
  let index = 0
  for (const { bytes } of worldReferrals({ seed: `${seed}/${round}`, count: ROUND }))
    yield [`crash/${round}/${index++}`, bytes]
}

function bytesOfKey(seed: string, key: string): Uint8Array {
  const round = Number(key.split('/')[1])
  for (const [each, bytes] of bytesOf(seed, round)) if (each === key) return bytes
  throw new Error(`no such key: ${key}`)
}

/** First what got no answer before, then this round's flow, each until it is acknowledged. Never ends by itself. */
export async function deliver(
  cell: Cell,
  seed: string,
  round: number,
  unanswered: readonly string[],
  tell: Tell,
): Promise<void> {
  const lanes = (await insist(tell, () => lanesOf(cell))).filter(({ kind }) => kind === 'command')
  const waiting = (function* () {
    for (const key of unanswered) yield [key, bytesOfKey(seed, key)] as const
    yield* bytesOf(seed, round)
  })()
  const carry = async (): Promise<void> => {
    for (const [key, bytes] of waiting) {
      const lane = lanes[Number(key.split('/')[2]) % lanes.length]
      if (lane === undefined) throw new Error('a cell without lanes')
      tell({ told: 'delivering', key })
      const receipt = await insist(tell, () =>
        receiveDelivery(
          cell,
          { lane: lane.lane, sender: lane.sender, idempotencyKey: key, name: `${key}.json` },
          inOnePiece(bytes),
        ),
      )
      tell({ told: 'delivered', key, delivery: receipt.delivery, sha256: receipt.sha256 })
    }
  }
  await Promise.all([carry(), carry(), carry()])
}

/** An officer who works the queue as fast as the cell lets them. Never ends by itself. */
export async function decide(cell: Cell, subject: string, random: Random, tell: Tell): Promise<void> {
  const caller = await insist(tell, () => signedIn(cell, subject))
  for (;;) {
    const done = await attempt(tell, () => oneTurn(cell, caller, random, tell))
    await sleep(done === null ? 50 : 5)
  }
}

async function oneTurn(cell: Cell, caller: Caller, random: Random, tell: Tell): Promise<true> {
  const { items } = await handlers.queue(cell, caller, {
    params: undefined,
    body: undefined,
    query: { view: random.chance(80) ? 'queue' : 'held', limit: 20 },
    stream: nothing(),
  })
  const item = items[random.below(items.length)]
  if (item === undefined) return true
  const at = { params: { id: item.id }, query: undefined, stream: nothing() }
  const said = (verb: string, { decision, referral }: { decision: string; referral: string }) =>
    tell({ told: 'decided', decision, verb, referral })
  const taken = await handlers.take(cell, caller, { ...at, body: { version: item.version } })
  said('take', taken)
  const { version } = taken
  const words = 'Test reason: an invented sentence for an invented report.'
  if (random.chance(30)) {
    const { note } = await handlers.note(cell, caller, { ...at, body: { text: words } })
    tell({ told: 'noted', note, referral: item.id })
  }
  const turn = random.below(5)
  if (turn === 0) said('release', await handlers.release(cell, caller, { ...at, body: { version } }))
  if (turn === 1) {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    said('hold', await handlers.hold(cell, caller, { ...at, body: { version, until, reason: words } }))
  }
  if (turn === 2) said('decline', await handlers.decline(cell, caller, { ...at, body: { version, reason: words } }))
  if (turn === 3) {
    const undone = await handlers.undo(cell, caller, {
      params: { id: taken.decision },
      query: undefined,
      body: {},
      stream: nothing(),
    })
    said('undo', undone)
  }
  return true
}

async function signedIn(cell: Cell, subject: string): Promise<Caller> {
  const { token } = await signIn(cell, { issuer, subject }, false)
  const session = await sessionOf(cell, token)
  if (session === null) throw new Error(`${subject} cannot sign in`)
  return { credential: { kind: 'session', login: session.login, token } }
}

/** A refusal is an answer (a colleague was faster, the database is away); anything else is an error of ours. */
async function attempt<T>(tell: Tell, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const expected = error instanceof Refusal && !['TANDEM-STORE-003', 'TANDEM-BUG-001'].includes(error.code)
    if (!expected)
      tell({ told: 'problem', says: error instanceof Error ? `${error.message} ${error.stack}` : String(error) })
    return null
  }
}

/** The same again until there is an answer, as a client does whose line was cut. */
async function insist<T>(tell: Tell, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const done = await attempt(tell, work)
    if (done !== null) return done
    await sleep(50)
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

export const officers = ['a-duty', 'a-triage', 'b-triage'] as const
export const chanceOf = (seed: string, round: number, who: string): Random => seeded(`${seed}/${round}/${who}`)
