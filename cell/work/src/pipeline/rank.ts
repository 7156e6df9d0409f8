import type { Priority } from '@tandem/core'
import type { Transaction } from '@tandem/store'
import { effectivePriority, type ListHit, type TriageFacts, type TriageScore, triage } from '@tandem/triage'
import { type Item, lockItem, parsePriority } from '../commands/referrals/decide.ts'
import { parseScore } from '../presenters/score.ts'
import { openRecord } from '../sealed-record.ts'
import { bundleFacts } from './bundle-facts.ts'
import { digestOf, factsOf } from './facts.ts'
import { inBrief } from './in-brief.ts'

export interface Ranked {
  readonly facts: TriageFacts
  readonly score: TriageScore
  readonly because: string
  readonly actBy: string
  readonly hits: number
}

/** The rank of a referral with everything that stands behind it. */
export async function rankOf(
  tx: Transaction,
  referral: string,
): Promise<Ranked & { receivedAt: string; operation: string }> {
  const own = await ownFacts(tx, referral)
  const members = await tx.run('fold/members', { referral_id: referral })
  let facts = own.facts
  for (const member of members)
    facts = bundleFacts(facts, (await ownFacts(tx, member.referral_id)).facts, member.number)
  const score = triage(facts, { now: tx.standing.now, receivedAt: own.receivedAt })
  return {
    facts,
    score,
    because: inBrief(score),
    actBy: firstDecisionBy(score, own.receivedAt),
    hits: own.hits,
    receivedAt: own.receivedAt,
    operation: own.operation,
  }
}

async function ownFacts(tx: Transaction, referral: string) {
  const row = await tx.one('referral/for_ranking', { referral_id: referral })
  const record = openRecord(tx, referral, row.record_sealed)
  const standing = await tx.run('hit/standing', { referral_id: referral })
  const { others } = await tx.one('fold/repeats', { referral_id: referral })
  const hits = standing.map((hit): ListHit => {
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
  })
  return {
    facts: factsOf(record, { sender: row.sender, hits, repeatReports: others }),
    receivedAt: row.received_at,
    operation: row.operation_id,
    hits: standing.length,
  }
}

/** Kept with every score, so that a rank can be replayed years later. */
export async function keepScore(tx: Transaction, operation: string, referral: string, ranked: Ranked): Promise<void> {
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
  const effective = await effectiveOf(tx, item, ranked.score)
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

async function effectiveOf(tx: Transaction, item: Item, score: TriageScore): Promise<Priority> {
  return effectivePriority({
    declared: score.declaredPriority?.level ?? null,
    computed: { level: score.computedPriority, openGates: score.openGates },
    confirmed: await confirmedOf(tx, item),
    standing: parsePriority(item.effective_priority),
  }).level
}

async function confirmedOf(tx: Transaction, item: Item) {
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
