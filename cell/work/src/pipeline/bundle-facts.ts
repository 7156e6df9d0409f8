import type {
  DeclaredPriority,
  FactEvidence,
  FlagFact,
  FlagName,
  InstantFact,
  ListHit,
  NumberFact,
  TriageFacts,
} from '@tandem/triage'
import { flagNames, instantNames, numberNames } from '@tandem/triage'

/**
 * The facts of a bundle: what any of its referrals states. "Yes" anywhere stands, and each piece of evidence says
 * which referral it comes from.
 */
export function bundleFacts(canonical: TriageFacts, added: TriageFacts, addedNumber: number): TriageFacts {
  const from = (evidence: readonly FactEvidence[]): FactEvidence[] =>
    evidence.map((each) => ({ ...each, place: `R-${addedNumber} ${each.place}` }))
  const flags = flagNames.flatMap((name) => {
    const [a, b] = [canonical[name], added[name]]
    const merged = mergeFlag(a, b === undefined ? undefined : { ...b, evidence: from(b.evidence) })
    return merged === undefined || (isCalm(name) && !isCalmTogether(name, canonical, added))
      ? []
      : [[name, merged] as const]
  })
  const numbers = numberNames.flatMap((name) => {
    const [a, b] = [canonical[name], added[name]]
    const merged = mergeNumber(
      name === 'childAge' ? 'least' : 'most',
      a,
      b === undefined ? undefined : { ...b, evidence: from(b.evidence) },
    )
    return merged === undefined ? [] : [[name, merged] as const]
  })
  const instants = instantNames.flatMap((name) => {
    const merged = mergeInstant(canonical[name], added[name])
    return merged === undefined ? [] : [[name, merged] as const]
  })
  return {
    ...Object.fromEntries(flags),
    ...Object.fromEntries(numbers),
    ...Object.fromEntries(instants),
    listHits: mergeHits(canonical.listHits ?? [], added.listHits ?? []),
    declared: mergeDeclared(canonical.declared ?? [], added.declared ?? [], from),
  }
}

const isCalm = (name: FlagName): boolean => name === 'viralOrMeme' || name === 'knownMaterialOnly'

/** That everything is viral or known holds for a bundle only when each part that names files says so. */
function isCalmTogether(name: FlagName, ...parts: readonly TriageFacts[]): boolean {
  return parts.every(
    (part) => part[name]?.value === 'yes' || (part.novelFiles === undefined && part.knownFiles === undefined),
  )
}

function mergeFlag(a: FlagFact | undefined, b: FlagFact | undefined): FlagFact | undefined {
  if (a === undefined || b === undefined) return a ?? b
  for (const value of ['yes', 'no'] as const) {
    const speaking = [a, b].filter((fact) => fact.value === value)
    if (speaking.length > 0) return { value, evidence: speaking.flatMap((fact) => fact.evidence).slice(0, 20) }
  }
  return a
}

function mergeNumber(
  keep: 'least' | 'most',
  a: NumberFact | undefined,
  b: NumberFact | undefined,
): NumberFact | undefined {
  if (a === undefined || b === undefined || a.number === null || b.number === null) {
    return a === undefined || a.number === null ? (b ?? a) : a
  }
  return (keep === 'least' ? a.number <= b.number : a.number >= b.number) ? a : b
}

/** The later instant is the more recent danger. */
function mergeInstant(a: InstantFact | undefined, b: InstantFact | undefined): InstantFact | undefined {
  if (a === undefined || a.instant === null) return b ?? a
  if (b === undefined || b.instant === null) return a
  return Date.parse(a.instant) >= Date.parse(b.instant) ? a : b
}

function mergeHits(a: readonly ListHit[], b: readonly ListHit[]): ListHit[] {
  return [...new Map([...a, ...b].map((hit) => [`${hit.file} ${hit.list} ${hit.listVersion}`, hit])).values()]
}

function mergeDeclared(
  a: readonly DeclaredPriority[],
  b: readonly DeclaredPriority[],
  from: (evidence: readonly FactEvidence[]) => FactEvidence[],
): DeclaredPriority[] {
  const known = new Set(a.map(({ level, sender }) => `${level} ${sender}`))
  return [
    ...a,
    ...b
      .filter(({ level, sender }) => !known.has(`${level} ${sender}`))
      .map((each) => ({ ...each, evidence: from(each.evidence) })),
  ]
}
