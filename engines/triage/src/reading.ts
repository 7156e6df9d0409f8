import type { Evidence, Priority, ThreeValued } from '@tandem/core'
import { type FactEvidence, type FactName, type InstantName, instantNames, type TriageFacts } from './facts.ts'
import { epochOf, plusDays } from './instants.ts'
import { byCodeUnits } from './order-text.ts'
import type { FlagRule, NumberRule, WeightSet } from './weight-set.ts'

/** One fact as the engine takes it: a value, a number where it is one, and where it stands. */
export interface Spoken {
  readonly value: ThreeValued
  readonly number: number | null
  readonly evidence: readonly Evidence[]
  /** The value follows from this instant, so stating another value would not change it. */
  readonly fixedBy: InstantName | null
}

export interface TriageRemark {
  readonly code:
    | 'bad-number'
    | 'bad-instant'
    | 'future-instant'
    | 'contradiction'
    | 'child-suspect-lane'
    | 'below-declared'
  readonly about: string
  readonly says: string
}

export interface Reading {
  readonly spoken: ReadonlyMap<FactName, Spoken>
  readonly declared: Priority | null
  readonly declaredEvidence: readonly Evidence[]
  readonly bySender: readonly { readonly sender: string | null; readonly level: Priority }[]
  readonly remarks: readonly TriageRemark[]
}

/** Facts to spoken values. Whatever cannot be used is remarked and then counts as not said, never as no. */
export function readFacts(facts: TriageFacts, weights: WeightSet, now: number): Reading {
  const remarks: TriageRemark[] = []
  const spoken = new Map<FactName, Spoken>()
  for (const name of instantNames) remarkInstant(facts, name, now, remarks)
  for (const rule of weights.factors) {
    spoken.set(
      rule.factor,
      rule.type === 'flag' ? readFlag(rule, facts, now, remarks) : readNumber(rule, facts, remarks),
    )
  }
  const declared = [...(facts.declared ?? [])].sort(
    (a, b) => byCodeUnits(a.level, b.level) || byCodeUnits(a.sender ?? '', b.sender ?? ''),
  )
  const level = declared[0]?.level ?? null
  return {
    spoken,
    declared: level,
    declaredEvidence: placesOf(declared.filter((one) => one.level === level).flatMap((one) => one.evidence)),
    bySender: declared.map(({ sender, level }) => ({ sender, level })),
    remarks,
  }
}

function readFlag(rule: FlagRule, facts: TriageFacts, now: number, remarks: TriageRemark[]): Spoken {
  const fact = facts[rule.factor]
  const stated: Spoken = {
    value: fact?.value ?? 'not said',
    number: null,
    evidence: placesOf(fact?.evidence ?? []),
    fixedBy: null,
  }
  if (rule.recent === null) return stated
  const source = facts[rule.recent.instant]
  const epoch = readInstant(facts, rule.recent.instant)
  if (epoch === null) return stated
  const recent = epoch >= plusDays(now, -rule.recent.days)
  const evidence = placesOf([...(fact?.evidence ?? []), ...(source?.evidence ?? [])])
  if (!recent) return stated.value === 'not said' ? { ...stated, value: 'no', evidence } : stated
  if (stated.value === 'no') {
    remarks.push({
      code: 'contradiction',
      about: rule.factor,
      says: `Stated as no, but ${rule.recent.instant} is recent; it counts as yes.`,
    })
  }
  return { value: 'yes', number: null, evidence, fixedBy: rule.recent.instant }
}

/** Milliseconds, or null when the fact is not said or is no instant. */
export function readInstant(facts: TriageFacts, name: InstantName): number | null {
  const instant = facts[name]?.instant ?? null
  return instant === null ? null : epochOf(instant)
}

function remarkInstant(facts: TriageFacts, name: InstantName, now: number, remarks: TriageRemark[]): void {
  const epoch = readInstant(facts, name)
  if (epoch === null && (facts[name]?.instant ?? null) !== null) {
    remarks.push({
      code: 'bad-instant',
      about: name,
      says: 'Not an instant with a stated zone; it counts as not said.',
    })
  }
  if (epoch !== null && epoch > now && name !== 'dataExpiryAt') {
    remarks.push({
      code: 'future-instant',
      about: name,
      says: 'This instant lies in the future: check the clock or zone of the source. It is never read as old.',
    })
  }
}

function readNumber(rule: NumberRule, facts: TriageFacts, remarks: TriageRemark[]): Spoken {
  const fact = facts[rule.factor]
  const stated = fact?.number ?? null
  const usable = stated !== null && Number.isSafeInteger(stated) && stated >= 0
  if (stated !== null && !usable) {
    remarks.push({
      code: 'bad-number',
      about: rule.factor,
      says: 'Not a whole number of 0 or more; it counts as not said.',
    })
  }
  const said = usable ? stated : null
  const evidence = fact?.evidence ?? []
  if (rule.factor !== 'knownFiles') return spokenNumber(rule, said, placesOf(evidence))
  const hits = facts.listHits ?? []
  const different = new Set(hits.map((hit) => hit.file)).size
  const number = hits.length === 0 ? said : Math.max(said ?? 0, different)
  return spokenNumber(rule, number, placesOf([...evidence, ...hits.map(hitEvidence)]))
}

export const spokenNumber = (rule: NumberRule, number: number | null, evidence: readonly Evidence[]): Spoken => ({
  value: number === null ? 'not said' : reachedStep(rule, number) === null ? 'no' : 'yes',
  number,
  evidence,
  fixedBy: null,
})

/** The furthest step that the number reaches, or null. */
export function reachedStep(rule: NumberRule, number: number): NumberRule['steps'][number] | null {
  const reached = rule.steps.filter((step) => (rule.reachedWhen === 'at least' ? number >= step.at : number <= step.at))
  return reached.at(-1) ?? null
}

const hitEvidence = (hit: NonNullable<TriageFacts['listHits']>[number]): FactEvidence => ({
  place: hit.place,
  quote: `${hit.list} ${hit.listVersion}${hit.category === null ? '' : `, ${hit.category.scheme}: ${hit.category.value}`}`,
  quoteIs: 'field value',
})

/** Narrative never travels with a score. Sorted and without repeats, so that the order of reading leaves no trace. */
function placesOf(evidence: readonly FactEvidence[]): readonly Evidence[] {
  const kept = new Map<string, Evidence>()
  for (const { place, quote, quoteIs } of evidence) {
    const shown = quote !== undefined && quoteIs === 'field value' ? { place, quote } : { place }
    kept.set(`${place}\u0000${shown.quote ?? ''}`, shown)
  }
  return [...kept].sort(([a], [b]) => byCodeUnits(a, b)).map(([, one]) => one)
}
