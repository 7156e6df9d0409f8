import type { Priority } from '@tandem/core'
import type { ReferralRecord } from '@tandem/formats'
import type { Row, Transaction } from '@tandem/store'
import { effectivePriority, type ListHit, type TriageFacts, type TriageScore, triage } from '@tandem/triage'
import { type Item, lockItem, parsePriority } from '../commands/referrals/decide.ts'
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
  const facts = factsOf(record, {
    sender: delivery.sender,
    hits: hits.map(({ file, row, ...hit }) => hitFact(record, { ...hit, ...row, file })),
    repeatReports,
  })
  return rankBy(tx, facts, delivery.received_at, hits.length)
}

/** The rank of a referral with everything that stands behind it. */
async function rankOf(tx: Transaction, referral: string): Promise<Ranked> {
  const own = await ownFacts(tx, referral)
  const members = await tx.run('fold/members', { referral_id: referral })
  let facts = own.facts
  for (const member of members) {
    facts = bundleFacts(facts, (await ownFacts(tx, member.referral_id)).facts, member.number)
  }
  return rankBy(tx, facts, own.receivedAt, own.hits)
}

function rankBy(tx: Transaction, facts: TriageFacts, receivedAt: string, hits: number): Ranked {
  const score = triage(facts, { now: tx.standing.now, receivedAt })
  return { facts, score, because: inBrief(score), actBy: firstDecisionBy(score, receivedAt), hits }
}

async function ownFacts(tx: Transaction, referral: string) {
  const row = await tx.one('referral/for_ranking', { referral_id: referral })
  const record = openRecord(tx, referral, row.record_sealed)
  const standing = await tx.run('hit/standing', { referral_id: referral })
  const [repeats] = await tx.run('fold/repeats', { referrals: [referral] })
  const hits = standing.map((hit) => hitFact(record, hit))
  return {
    facts: factsOf(record, { sender: row.sender, hits, repeatReports: repeats?.others ?? 0 }),
    receivedAt: row.received_at,
    hits: standing.length,
  }
}

function hitFact(record: ReferralRecord, hit: Row<'hit/standing'>): ListHit {
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
async function keepScore(tx: Transaction, operation: string, referral: string, ranked: Ranked): Promise<void> {
  await tx.run('score/insert', {
    operation_id: operation,
    referral_id: referral,
    weight_set: ranked.score.weightSetId,
    because: ranked.because,
    score: JSON.stringify(ranked.score),
    facts: JSON.stringify(ranked.facts),
  })
}

/**
 * Ranks again a referral at work: something behind it is new, or a list it was on is withdrawn. A computed priority
 * may rise by itself; what a person confirmed holds against everything that person saw.
 */
export async function rankAgain(tx: Transaction, referral: string): Promise<void> {
  const item = await lockItem(tx, referral)
  const ranked = await rankOf(tx, referral)
  const effective = await effectiveOf(tx, item, ranked.score, parsePriority(item.effective_priority))
  await keepScore(tx, item.operation_id, referral, ranked)
  await tx.run('item/rescore', {
    referral_id: referral,
    computed_priority: ranked.score.computedPriority,
    effective_priority: effective,
    child_urgency: ranked.score.childUrgency.hundredths,
    offender_danger: ranked.score.offenderDanger.hundredths,
    act_by: ranked.actBy,
    hits: ranked.hits,
  })
  await tx.run('outbox/add', { operation_id: item.operation_id, topic: 'referral', subject_id: referral })
}

/** Ranks a referral again, and whatever stands for it: what is behind a bundle speaks in the bundle's rank. */
export async function rankWithBundle(tx: Transaction, referral: string): Promise<void> {
  await rankAgain(tx, referral)
  let item = await lockItem(tx, referral)
  for (let hops = 0; item.merged_into !== null && hops < 20; hops++) {
    item = await lockItem(tx, item.merged_into)
    await rankAgain(tx, item.referral_id)
  }
}

/** The effective priority under what a person confirmed, by the latest score. `standing`: what only a person lowers. */
export async function effectiveWith(
  tx: Transaction,
  item: Pick<Item, 'referral_id' | 'confirmed_priority' | 'confirmed_score'>,
  standing: Priority | null,
): Promise<Priority> {
  const latest = await tx.one('score/latest', { referral_id: item.referral_id })
  return effectiveOf(tx, item, parseScore(latest.score), standing)
}

async function effectiveOf(
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
