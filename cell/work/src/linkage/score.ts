import { canonicalJson, type Json } from '@tandem/core'
import type { Subject } from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'
import { evidenceOf, type LinkedReferral, rankSubject, type SubjectScore, type TriageFacts } from '@tandem/triage'
import type { Linked } from './load.ts'

export interface Scored {
  readonly score: SubjectScore
  readonly isNew: boolean
}

/** The rank of each subject by everything that is linked to it. */
export async function scoreSubjects(
  tx: Transaction,
  linked: Linked,
  subjects: readonly Subject[],
): Promise<Map<string, Scored>> {
  const [linksOf, before] = await Promise.all([
    linkedReferrals(tx, linked, subjects),
    tx.run('subject/scores_of', { subjects: subjects.map(({ id }) => id) }),
  ])
  const last = new Map(before.map((row) => [row.subject_id, canonicalJson(row.score)]))
  return new Map(
    subjects.flatMap(({ id }): [string, Scored][] => {
      const links = linksOf.get(id) ?? []
      if (links.length === 0) return []
      const score = rankSubject(links)
      return [[id, { score, isNew: canonical(score) !== last.get(id) }]]
    }),
  )
}

/** What each subject is ranked by: its referrals with their latest facts, and how sure each link is. */
export async function linkedReferrals(
  tx: Transaction,
  linked: Linked,
  subjects: readonly Subject[],
): Promise<Map<string, LinkedReferral[]>> {
  const referralsOf = new Map(subjects.map((subject) => [subject.id, linksOf(linked, subject)]))
  const referrals = [...new Set([...referralsOf.values()].flatMap((links) => [...links.keys()]))]
  const facts = await tx.run('score/facts_of', { referrals })
  const factsOf = new Map(facts.map((row) => [row.referral_id, row]))
  return new Map(
    [...referralsOf].map(([id, links]) => [
      id,
      withoutCopies([...links].flatMap(([referral, link]) => ({ row: factsOf.get(referral), link }))).map(
        ({ row, link }) => linkedReferral(tx.standing.now, row, link),
      ),
    ]),
  )
}

/** PostgreSQL orders the keys of jsonb by itself: both sides go through the same. */
function canonical(score: SubjectScore): string {
  const json: Json = JSON.parse(JSON.stringify(score))
  return canonicalJson(json)
}

type Facts = Row<'score/facts_of'>

/** A copy that was folded or merged speaks in its bundle already: it counts by itself only where nothing else does. */
function withoutCopies(links: readonly { readonly row: Facts | undefined; readonly link: number }[]) {
  const known = links.flatMap(({ row, link }) => (row === undefined ? [] : [{ row, link }]))
  const whole = known.filter(({ row }) => row.state !== 'folded' && row.state !== 'merged')
  return whole.length > 0 ? whole : known
}

function linkedReferral(now: string, row: Row<'score/facts_of'>, link: number): LinkedReferral {
  // A stored fact sheet is our own engine's input, kept with its score.
  const facts: TriageFacts = JSON.parse(JSON.stringify(row.facts))
  const expires = facts.dataExpiryAt?.instant ?? null
  return {
    id: row.referral_id,
    evidence: evidenceOf(facts, { now }),
    link,
    lookedAt: row.state === 'declined',
    hoursLeft: expires === null ? null : Math.floor((Date.parse(expires) - Date.parse(now)) / 3_600_000),
  }
}

/**
 * The referrals that tell of the subject, each by how sure its link is. Where the person was reported, those alone rank:
 * what was done to somebody as a child does not make that person dangerous.
 */
function linksOf({ subjects, held }: Linked, subject: Subject): Map<string, number> {
  const reported = subject.records.filter((record) => held.get(record)?.role === 'reported')
  const links = new Map<string, number>()
  for (const record of reported.length > 0 ? reported : subject.records) {
    const referral = held.get(record)?.referral_id
    if (referral === undefined) continue
    const sure = subject.records.length === 1 || record === subject.id ? 1000 : surenessOf(subjects, subject, record)
    links.set(referral, Math.max(sure, links.get(referral) ?? 0))
  }
  return links
}

function surenessOf({ facts }: Linked['subjects'], { records }: Subject, record: string): number {
  const inside = new Set(records)
  if (
    facts
      .decisionsOf(record)
      .some(({ verb, one, other }) => verb === 'must link' && inside.has(one === record ? other : one))
  )
    return 1000
  let best = Number.NEGATIVE_INFINITY
  for (const [other, edge] of facts.edgesOf(record))
    if (inside.has(other)) best = Math.max(best, facts.weight(edge) ?? best)
  return chanceOf(best)
}

/** 2^w / (1 + 2^w) at whole bits, rounded down, in thousandths: the same on every machine. */
const chances = [500, 666, 800, 888, 941, 969, 984, 992, 996, 998, 999] as const
function chanceOf(millibits: number): number {
  const bits = Math.floor(millibits / 1000)
  return chances[Math.min(chances.length - 1, Math.max(0, bits))] ?? 500
}

/** A stored score is our own engine's output, kept with its weight set. */
export function parseSubjectScore(json: Json): SubjectScore {
  const score: SubjectScore = JSON.parse(JSON.stringify(json))
  return score
}
