import { setImmediate } from 'node:timers/promises'
import { canonicalJson, type Json } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { type Moved, replayWeights, type TriageFacts, tandem1, type WeightSet } from '@tandem/triage'
import { parsePriority } from '../commands/referrals/decide.ts'

/** As much of the open queue, from its head, as is replayed at once. */
const MOST = 2000
/** What is told one by one; the counts are of all. */
const TOLD = 500
/** Others are served in between. */
const AT_ONCE = 20

export interface OpenQueue {
  readonly now: string
  readonly open: number
  readonly cases: readonly Row<'weights/cases'>[]
}

export async function openQueue(tx: Transaction): Promise<OpenQueue> {
  const [cases, counts] = await Promise.all([tx.run('weights/cases', { limit: MOST }), tx.one('queue/counts', {})])
  return { now: tx.standing.now, open: Math.max(counts.queue + counts.held, cases.length), cases }
}

/** Computed without a transaction: nothing is held while it takes its time, and nothing is written. */
export async function replayOver({ now, open, cases }: OpenQueue, after: WeightSet) {
  const found: { raised: Moved[]; lowered: Moved[]; shifted: Moved[] } = { raised: [], lowered: [], shifted: [] }
  for (let at = 0; at < cases.length; at += AT_ONCE) {
    const part = cases
      .slice(at, at + AT_ONCE)
      .map((row) => ({ id: row.referral_id, facts: factsOfScore(row.facts), receivedAt: row.received_at }))
    const replay = replayWeights(tandem1, after, part, now)
    for (const way of ways) found[way].push(...replay[way])
    await setImmediate()
  }
  const rows = new Map(cases.map((row) => [row.referral_id, row]))
  const told = (moved: readonly Moved[]) =>
    moved.slice(0, TOLD).flatMap(({ id, ...rest }) => {
      const row = rows.get(id)
      return row === undefined
        ? []
        : [{ referral: id, number: row.number, effective: parsePriority(row.effective_priority), ...rest }]
    })
  const moved = found.raised.length + found.lowered.length + found.shifted.length
  const counts = {
    cases: cases.length,
    open,
    raised: found.raised.length,
    lowered: found.lowered.length,
    shifted: found.shifted.length,
    unchanged: cases.length - moved,
  }
  return { counts, raised: told(found.raised), lowered: told(found.lowered), shifted: told(found.shifted) }
}

const ways = ['raised', 'lowered', 'shifted'] as const

/** Stored facts are our own, kept with their score. */
export function factsOfScore(json: Json): TriageFacts {
  const facts: TriageFacts = JSON.parse(JSON.stringify(json))
  return facts
}

/** What differs from the set in force: points of a stated "yes" one by one, everything else by its name. */
export function differencesOf(after: WeightSet) {
  const points: { factor: string; axis: string; was: number; yes: number }[] = []
  const others: string[] = []
  const plain = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)))
  for (const part of ['band', 'thresholds', 'groups', 'clocks'] as const)
    if (plain(tandem1[part]) !== plain(after[part])) others.push(part)
  const rules = new Map(after.factors.map((rule) => [rule.factor, rule]))
  for (const rule of tandem1.factors) {
    const other = rules.get(rule.factor)
    if (other === undefined) others.push(`${rule.factor}: left out`)
    else if (rule.type === 'flag' && other.type === 'flag') {
      for (const axis of ['child urgency', 'offender danger'] as const) {
        const [was, yes] = [rule.points[axis]?.yes ?? 0, other.points[axis]?.yes ?? 0]
        if (was !== yes) points.push({ factor: rule.factor, axis, was, yes })
      }
      if (plain(withoutYes(rule)) !== plain(withoutYes(other))) others.push(rule.factor)
    } else if (plain(rule) !== plain(other)) others.push(rule.factor)
  }
  for (const factor of rules.keys())
    if (!tandem1.factors.some((rule) => rule.factor === factor)) others.push(`${factor}: new`)
  return { points, others }
}

const withoutYes = (rule: WeightSet['factors'][number]): unknown =>
  rule.type !== 'flag'
    ? rule
    : {
        ...rule,
        points: Object.fromEntries(Object.entries(rule.points).map(([axis, pair]) => [axis, { ...pair, yes: 0 }])),
      }
