import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Problem } from '@tandem/contract'
import { errorCatalogue, Refusal } from '@tandem/core'
import { type Arrival, type Cell, type LaneInfo, lanesOf, receiveDelivery, sendersOf } from '@tandem/work'
import type { IntakeStep, ReadOutcome } from './control-messages.ts'

const LOOK_EVERY_MILLISECONDS = 60
const LONGEST_WAIT_SECONDS = 3_600

export interface IntakePlace {
  readonly cell: Cell
  /** Something was received: read it now. */
  readonly nudge: () => void
}

/** One file by the command lane of an agency: receipt when it is on disk, then the exact account. */
export async function* intakeFrom(
  { cell, nudge }: IntakePlace,
  query: URLSearchParams,
  body: IncomingMessage,
): AsyncGenerator<IntakeStep> {
  try {
    const { lane, sender } = await laneFor(cell, query.get('agency'), query.get('sender'))
    const arrival: Arrival = {
      lane: lane.lane,
      sender: sender.id,
      idempotencyKey: keyOf(query.get('key')),
      name: (query.get('name') ?? 'unnamed').slice(0, 300),
    }
    const receipt = await receiveDelivery(cell, arrival, body)
    yield { step: 'received', agency: lane.agency, sender: sender.name, receipt }
    nudge()
    const seconds = Math.min(Number(query.get('wait') ?? '0') || 0, LONGEST_WAIT_SECONDS)
    if (seconds === 0 && receipt.state === 'received') return
    const state = await settled(cell, arrival, receipt.state, seconds)
    if (state === 'received') yield { step: 'waiting' }
    else yield { step: 'read', outcome: await outcomeOf(cell, lane.lane, receipt.repeatOf ?? receipt.delivery, state) }
  } catch (error) {
    // The rest of the body is of no use to anybody; the client reads the answer.
    body.resume()
    yield { step: 'problem', problem: problemOf(error) }
  }
}

async function laneFor(
  cell: Cell,
  agency: string | null,
  senderName: string | null,
): Promise<{ lane: LaneInfo; sender: { id: string; name: string } }> {
  const lanes = (await lanesOf(cell)).filter(({ kind }) => kind === 'command')
  const names = lanes.map((lane) => `"${lane.agency}"`).join(', ')
  const lane =
    agency === null ? (lanes.length === 1 ? lanes[0] : undefined) : lanes.find((each) => same(each.agency, agency))
  if (lane === undefined) {
    const detail =
      agency === null ? `say which agency receives it: ${names}` : `no agency of that name; there are ${names}`
    throw new Refusal('TANDEM-INPUT-001', detail)
  }
  const senders = await sendersOf(cell, lane.lane)
  const sender = senders.find((each) => (senderName === null ? each.id === lane.sender : same(each.name, senderName)))
  if (sender === undefined) {
    const known = senders.map(({ name }) => `"${name}"`).join(', ')
    throw new Refusal('TANDEM-INPUT-001', `${lane.agency} knows no sender of that name; it knows ${known}`)
  }
  return { lane, sender }
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.trim().toLowerCase()

function keyOf(key: string | null): string {
  if (key !== null && /^[\x21-\x7e]{8,200}$/.test(key)) return key
  throw new Refusal('TANDEM-INPUT-001', 'the idempotency key has 8 to 200 visible ASCII characters')
}

/** Waits until the delivery was read, refused or parked. Only its state is looked at: nothing of a record is read. */
async function settled(
  cell: Cell,
  arrival: Arrival,
  first: ReadOutcome['state'],
  seconds: number,
): Promise<ReadOutcome['state']> {
  const until = performance.now() + seconds * 1000
  let state = first
  while (state === 'received' && performance.now() < until) {
    await sleep(LOOK_EVERY_MILLISECONDS)
    state = await cell.store.within(
      { kind: 'lane', lane: arrival.lane },
      async (tx) => {
        const [row] = await tx.run('delivery/by_key', {
          lane_id: arrival.lane,
          sender_id: arrival.sender,
          idempotency_key: arrival.idempotencyKey,
        })
        return stateOf(row?.state)
      },
      { reach: 'frame' },
    )
  }
  return state
}

async function outcomeOf(
  cell: Cell,
  lane: string,
  delivery: string,
  state: ReadOutcome['state'],
): Promise<ReadOutcome> {
  const account = { records: 0, accepted: 0, remarked: 0, setAside: 0 }
  if (state === 'awaiting authority') return { state, format: null, account, reason: null, setAside: [] }
  return cell.store.within({ kind: 'lane', lane }, async (tx) => {
    const row = await tx.one('delivery/show', { delivery_id: delivery })
    const setAside = await tx.run('delivery/set_aside_of', { delivery_id: delivery })
    tx.record('delivery.account', { delivery, setAside: setAside.length })
    return {
      state,
      format: row.format,
      account: { records: row.records, accepted: row.accepted, remarked: row.remarked, setAside: row.set_aside },
      reason: row.reason_code === null ? null : { code: row.reason_code, says: row.reason ?? '' },
      setAside,
    }
  })
}

const states = ['received', 'awaiting authority', 'read', 'refused', 'repeat'] as const

function stateOf(text: string | undefined): ReadOutcome['state'] {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new Refusal('TANDEM-STATE-002', 'the delivery is not there any more')
  return state
}

function problemOf(error: unknown): Problem {
  const code = error instanceof Refusal ? error.code : 'TANDEM-BUG-001'
  const detail = error instanceof Refusal ? error.detail : undefined
  return {
    code,
    message: errorCatalogue[code].message,
    ...(detail === undefined ? {} : { detail }),
    reference: 'control',
  }
}
