import type { Priority } from '@tandem/core'
import type { ReferralRecord } from '@tandem/formats'
import type { Row, Transaction } from '@tandem/store'
import { effectivePriority, type ListHit, type TriageFacts, type TriageScore, triage } from '@tandem/triage'
import { type Item, parsePriority } from '../commands/referrals/decide.ts'
import { rankSubjectsLater } from '../linkage/rank-again.ts'
import { parseScore } from '../presenters/score.ts'
import { openRecord } from '../sealed-record.ts'
import { bundleFacts } from './bundle-facts.ts'
import { digestOf, factsOf } from './facts.ts'
import { inBrief } from './in-brief.ts'
import type { StoredReferral } from './store-referral.ts'

export interface Ranked {
  readonly facts: TriageFacts
  readonly score: TriageScore
  readonly because: string
  readonly actBy: string
  readonly hits: number
}

/** The rank of a fresh referral by what it says itself, with the hits that were just found. */
export function rankAlone(tx: Transaction, { record, delivery, hits }: StoredReferral, repeatReports: number): Ranked {
  const standing = hits.filter(({ row }) => isReliable(row.quality)).map(({ row, ...hit }) => ({ ...row, ...hit }))
  const facts = factsOf(record, { sender: delivery.sender, ...hitFacts(record, standing), repeatReports })
  return rankBy(tx, facts, delivery.received_at, standing.length)
}

/** The ranks of referrals with everything that stands behind each. */
async function ranksOf(tx: Transaction, referrals: readonly string[]): Promise<Map<string, Ranked>> {
  const behind = await tx.run('fold/members', { referrals: [...referrals] })
  const bundleOf = Map.groupBy(behind, ({ bundle_id }) => bundle_id)
  const all = await ownFacts(tx, [...new Set([...referrals, ...behind.map(({ referral_id }) => referral_id)])])
  const ranks = new Map<string, Ranked>()
  for (const referral of referrals) {
    const own = all.get(referral)
    if (own === undefined) continue
    const members = (bundleOf.get(referral) ?? []).flatMap(({ referral_id }) => all.get(referral_id) ?? [])
    members.sort((a, b) => a.number - b.number)
    const facts = members.reduce((sum, member) => bundleFacts(sum, member.facts, member.number), own.facts)
    ranks.set(referral, rankBy(tx, facts, own.receivedAt, own.hits))
  }
  return ranks
}

function rankBy(tx: Transaction, facts: TriageFacts, receivedAt: string, hits: number): Ranked {
  const score = triage(facts, { now: tx.standing.now, receivedAt })
  return { facts, score, because: inBrief(score), actBy: firstDecisionBy(score, receivedAt), hits }
}

interface OwnFacts {
  readonly number: number
  readonly facts: TriageFacts
  readonly receivedAt: string
  readonly hits: number
}

/** What each of these says itself. */
async function ownFacts(tx: Transaction, referrals: readonly string[]): Promise<Map<string, OwnFacts>> {
  const [rows, hitsStanding, repeats] = await Promise.all([
    tx.run('referral/for_ranking', { referrals: [...referrals] }),
    tx.run('hit/standing', { referrals: [...referrals] }),
    tx.run('fold/repeats', { referrals: [...referrals] }),
  ])
  const standing = Map.groupBy(hitsStanding, (hit) => hit.referral_id)
  const others = new Map(repeats.map((row) => [row.referral_id, row.others]))
  await tx.vault.unlock(rows.map(({ referral_id }) => referral_id))
  // Of an erased record nothing can be read, so it says nothing any more.
  const readable = rows.filter(({ referral_id }) => !tx.vault.isErased(referral_id))
  const own = readable.map((row): [string, OwnFacts] => {
    const id = row.referral_id
    const record = openRecord(tx, id, row.record_sealed)
    const hits = hitFacts(record, standing.get(id) ?? [])
    const facts = factsOf(record, { sender: row.sender, ...hits, repeatReports: others.get(id) ?? 0 })
    return [id, { number: row.number, facts, receivedAt: row.received_at, hits: hits.hits.length }]
  })
  return new Map(own)
}

/** Under 50 a perceptual hash is not reliable (PDQ): the hit is shown and counts for nothing. */
const isReliable = (quality: number | null): boolean => quality === null || quality >= 50

type StandingHit = Omit<Row<'hit/standing'>, 'referral_id' | 'list_id'>

function hitFacts(record: ReferralRecord, standing: readonly StandingHit[]) {
  const hits = standing.map((hit) => ({ fact: hitFact(record, hit), isExact: hit.kind !== 'pdq' }))
  return {
    hits: hits.map(({ fact }) => fact),
    knownFiles: new Set(hits.filter(({ isExact }) => isExact).map(({ fact }) => fact.file)),
  }
}

function hitFact(record: ReferralRecord, hit: StandingHit): ListHit {
  const file = record.files[hit.file]
  return {
    file: file === undefined ? hit.value.toString('hex') : digestOf(file),
    list: hit.list,
    listVersion: String(hit.version),
    category:
      hit.category === null || hit.category_scheme === null
        ? null
        : { scheme: hit.category_scheme, value: hit.category },
    place: hit.place,
  }
}

/** Kept with every score, so that a rank can be replayed years later. */
export async function keepScores(
  tx: Transaction,
  ranked: readonly { readonly operation: string; readonly referral: string; readonly rank: Ranked }[],
): Promise<void> {
  await tx.run('score/insert', {
    weight_set: ranked[0]?.rank.score.weightSetId ?? '',
    operations: ranked.map(({ operation }) => operation),
    referrals: ranked.map(({ referral }) => referral),
    because: ranked.map(({ rank }) => rank.because),
    scores: ranked.map(({ rank }) => JSON.stringify(rank.score)),
    facts: ranked.map(({ rank }) => JSON.stringify(rank.facts)),
  })
}

/**
 * Ranks referrals again: something behind them is new, or a list they were on is withdrawn. A computed priority may
 * rise by itself; what a person confirmed holds against everything that person saw.
 */
export async function rankAgain(tx: Transaction, referrals: readonly string[]): Promise<void> {
  if (referrals.length === 0) return
  const items = await tx.run('item/lock_all', { referrals: [...referrals] })
  const ranks = await ranksOf(
    tx,
    items.map(({ referral_id }) => referral_id),
  )
  const ranked = items.flatMap((item) => {
    const rank = ranks.get(item.referral_id)
    return rank === undefined ? [] : [{ item, operation: item.operation_id, referral: item.referral_id, rank }]
  })
  const effective: Priority[] = []
  for (const { item, rank } of ranked) {
    effective.push(await effectiveOf(tx, item, rank.score, parsePriority(item.effective_priority)))
  }
  const kept = keepScores(tx, ranked)
  const rescored = tx.run('item/rescore', {
    referrals: ranked.map(({ referral }) => referral),
    computed_priorities: ranked.map(({ rank }) => rank.score.computedPriority),
    effective_priorities: effective,
    child_urgencies: ranked.map(({ rank }) => rank.score.childUrgency.hundredths),
    offender_dangers: ranked.map(({ rank }) => rank.score.offenderDanger.hundredths),
    // A new score may shorten the clock of a first decision; it never lengthens one.
    act_bys: ranked.map(({ item, rank }) => (rank.actBy < item.act_by ? rank.actBy : item.act_by)),
    hits: ranked.map(({ rank }) => rank.hits),
    own_priorities: ranked.map(({ rank }) => rank.score.untilConfirmed),
  })
  const told = tx.run('outbox/add_many', {
    topic: 'referral',
    operations: ranked.map(({ operation }) => operation),
    subjects: ranked.map(({ referral }) => referral),
  })
  const linked = rankSubjectsLater(
    tx,
    ranked.map(({ referral }) => referral),
  )
  await Promise.all([kept, rescored, told, linked])
}

/** Ranks referrals again, and whatever stands for them: what is behind a bundle speaks in the bundle's rank. */
export async function rankWithBundles(tx: Transaction, referrals: readonly string[]): Promise<void> {
  const all = new Set(referrals)
  let step = [...all]
  for (let hops = 0; step.length > 0 && hops < 20; hops++) {
    const items = await tx.run('item/lock_all', { referrals: step })
    step = items.flatMap(({ merged_into }) => (merged_into === null || all.has(merged_into) ? [] : [merged_into]))
    for (const bundle of step) all.add(bundle)
  }
  const sorted = [...all].sort()
  for (let at = 0; at < sorted.length; at += AT_ONCE) await rankAgain(tx, sorted.slice(at, at + AT_ONCE))
}

const AT_ONCE = 200

/** The effective priority under what a person confirmed, by the latest score. `standing`: what only a person lowers. */
export async function effectiveWith(
  tx: Transaction,
  item: Pick<Item, 'referral_id' | 'confirmed_priority' | 'confirmed_score'>,
  standing: Priority | null,
): Promise<Priority> {
  const latest = await tx.one('score/latest', { referral_id: item.referral_id })
  return effectiveOf(tx, item, parseScore(latest.score), standing)
}

export async function effectiveOf(
  tx: Transaction,
  item: Pick<Item, 'referral_id' | 'confirmed_priority' | 'confirmed_score'>,
  score: TriageScore,
  standing: Priority | null,
): Promise<Priority> {
  return effectivePriority({
    declared: score.declaredPriority?.level ?? null,
    computed: { level: score.computedPriority, openGates: score.openGates },
    confirmed: await confirmedOf(tx, item),
    standing,
  }).level
}

/** The person's level with what that person had before their eyes. */
async function confirmedOf(
  tx: Transaction,
  item: Pick<Item, 'referral_id' | 'confirmed_priority' | 'confirmed_score'>,
) {
  if (item.confirmed_priority === null || item.confirmed_score === null) return null
  const row = await tx.one('score/numbered', { referral_id: item.referral_id, number: item.confirmed_score })
  const saw = parseScore(row.score)
  return {
    level: parsePriority(item.confirmed_priority),
    saw: {
      declared: saw.declaredPriority?.level ?? null,
      computed: { level: saw.computedPriority, openGates: saw.openGates },
    },
  }
}

function firstDecisionBy(score: TriageScore, receivedAt: string): string {
  return score.actBy.find(({ clock, dueAt }) => clock === 'first decision' && dueAt !== null)?.dueAt ?? receivedAt
}
