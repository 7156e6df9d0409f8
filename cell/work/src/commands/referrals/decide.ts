import { createHash } from 'node:crypto'
import { isHigher, type Json, type Priority, priorities, Refusal } from '@tandem/core'
import { newId, type Row, type Transaction } from '@tandem/store'
import { tandem1 } from '@tandem/triage'
import { rankSubjectsLater } from '../../linkage/rank-again.ts'
import { sealText } from '../../sealed.ts'

export type Item = Row<'item/lock'>
export type State = 'open' | 'taken' | 'held' | 'merged' | 'declined' | 'closed' | 'folded'

/** The fields that a decision may change, and nothing else. */
export interface Position {
  readonly state: State
  readonly taken_by: string | null
  readonly held_until: string | null
  readonly merged_into: string | null
  readonly confirmed_priority: Priority | null
  readonly confirmed_score: number | null
  readonly effective_priority: Priority
}

export interface Decided {
  readonly decision: string
  readonly referral: string
  readonly version: number
  readonly state: State
  readonly effectivePriority: Priority
}

export async function lockItem(tx: Transaction, referral: string): Promise<Item> {
  return tx.one('item/lock', { referral_id: referral })
}

/** The version named by the officer must be the present one: nobody decides on a record that has moved on. */
export function mustBeVersion(item: Item, version: number): void {
  if (item.version !== version) throw new Refusal('TANDEM-STATE-001')
}

export function mustBeIn(item: Item, states: readonly State[]): void {
  if (!states.some((state) => state === item.state)) {
    throw new Refusal('TANDEM-STATE-002', `the referral is ${item.state}`)
  }
}

/** A referral taken by a colleague is theirs until they release it; a duty manager may step in. */
export function mustNotBeAnothers(tx: Transaction, item: Item): void {
  if (item.state === 'taken' && item.taken_by !== tx.standing.person && tx.standing.role !== 'duty manager') {
    throw new Refusal('TANDEM-STATE-002', 'another officer has taken it')
  }
}

export function positionOf(item: Item): Position {
  return {
    state: parseState(item.state),
    taken_by: item.taken_by,
    held_until: item.held_until,
    merged_into: item.merged_into,
    confirmed_priority: item.confirmed_priority === null ? null : parsePriority(item.confirmed_priority),
    confirmed_score: item.confirmed_score,
    effective_priority: parsePriority(item.effective_priority),
  }
}

/** Ending a P1 as nothing weighs more than lowering it, and lowering takes two people (NCA P1; two-person rule). */
export function mustNotEndP1Alone(item: Item): void {
  if (item.effective_priority === 'P1') {
    throw new Refusal(
      'TANDEM-STATE-004',
      'a P1 is not ended by one person: propose a lower priority first, or pass it on',
    )
  }
}

/** Leaves the item in no one's hands and nowhere else: what each decision starts its change from. */
export const atRest = { taken_by: null, held_until: null, merged_into: null } as const

/** Change, decision, ledger entry and notice, in one transaction. */
export async function decide(
  tx: Transaction,
  item: Item,
  decision: {
    readonly verb: string
    readonly change: Partial<Position>
    readonly reason?: string
    /** What another person proposed and this one now carries out. */
    readonly proposal?: { readonly id: string; readonly by: string }
    readonly undoes?: string
    /** What it was closed with: a code, to be counted. */
    readonly outcome?: string
  },
): Promise<Decided> {
  const before = positionOf(item)
  const after = awakeWhenRisen(before, { ...before, ...decision.change })
  const [changed] = await tx.run('item/change', {
    referral_id: item.referral_id,
    version: item.version,
    ...after,
    act_by: actByUnder(tx, item, after),
  })
  if (changed === undefined) throw new Refusal('TANDEM-STATE-001')
  // What stands behind a referral speaks in its rank: whoever got or lost something is ranked again.
  if (before.merged_into !== after.merged_into) {
    for (const bundle of [before.merged_into, after.merged_into]) {
      if (bundle !== null) await tx.run('job/insert', { job_id: newId(), kind: 'rank again', subject_id: bundle })
    }
  }
  // A look that found nothing to act on is told to the ranks of whoever the referral tells of.
  if ((before.state === 'declined') !== (after.state === 'declined')) await rankSubjectsLater(tx, [item.referral_id])
  const id = newId()
  const reason = decision.reason === undefined ? null : await sealReason(tx, item, id, decision.reason)
  await tx.run('decision/insert', {
    operation_id: item.operation_id,
    decision_id: id,
    referral_id: item.referral_id,
    verb: decision.verb,
    reason_sealed: reason,
    second_person: decision.proposal?.by ?? null,
    proposal_id: decision.proposal?.id ?? null,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
    undoes: decision.undoes ?? null,
    outcome: decision.outcome ?? null,
  })
  // The ledger commits to what was decided and to the sealed reason, so that neither can be changed unseen.
  const object: { [key: string]: Json } = { referral: item.referral_id, decision: id, version: changed.version }
  if (reason !== null) object['reasonSha256'] = createHash('sha256').update(reason).digest('hex')
  if (decision.undoes !== undefined) object['undoes'] = decision.undoes
  if (decision.proposal !== undefined) object['proposal'] = decision.proposal.id
  tx.record(`referral.${decision.verb}`, { ...object, before: { ...before }, after: { ...after } })
  await notify(tx, item.operation_id, 'referral', item.referral_id)
  return {
    decision: id,
    referral: item.referral_id,
    version: changed.version,
    state: after.state,
    effectivePriority: after.effective_priority,
  }
}

async function sealReason(tx: Transaction, item: Item, decision: string, reason: string): Promise<Buffer> {
  await tx.vault.prepare(item.operation_id, item.referral_id)
  return sealText(tx, item.referral_id, 'decision', 'reason_sealed', decision, reason)
}

/** The clock follows the priority: a rise starts the shorter clock now, a lowering counts from the receipt. */
function actByUnder(tx: Transaction, item: Item, after: Position): string {
  const before = parsePriority(item.effective_priority)
  if (after.effective_priority === before) return item.act_by
  const minutes = tandem1.clocks.firstDecisionMinutes[after.effective_priority]
  const from = isHigher(after.effective_priority, before) ? tx.standing.now : item.received_at
  const due = new Date(Date.parse(from) + minutes * 60_000).toISOString()
  return isHigher(after.effective_priority, before) && item.act_by < due ? item.act_by : due
}

/** Nobody sleeps on a risk that has grown: the database says the same (0006_second_person.sql). */
function awakeWhenRisen(before: Position, after: Position): Position {
  const risen = isHigher(after.effective_priority, before.effective_priority)
  return risen && before.state === 'held' && after.state === 'held'
    ? { ...after, state: 'open', held_until: null }
    : after
}

export async function notify(tx: Transaction, operation: string, topic: string, subject: string): Promise<void> {
  await tx.run('outbox/add', { operation_id: operation, topic, subject_id: subject })
}

const states: readonly State[] = ['open', 'taken', 'held', 'merged', 'declined', 'closed', 'folded']

export function parseState(text: string): State {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of a referral: ${text}`)
  return state
}

export function parsePriority(text: string): Priority {
  const priority = priorities.find((each) => each === text)
  if (priority === undefined) throw new TypeError(`not a priority: ${text}`)
  return priority
}
