import type { FactEvidence, FlagFact, FlagName, TriageFacts } from '../facts.ts'
import type { TextSignal } from './find-signals.ts'

/** One stage of grooming alone is what young people who flirt write too. */
const stagesNeeded = 2

/**
 * The facts that these words would state, for an officer to agree with or not; nothing in this engine takes them by
 * itself. Left out: an offender's words when nobody knows who wrote them, and a single stage.
 */
export function textFacts(signals: readonly TextSignal[], placeOf: (turn: number) => string): TriageFacts {
  const stagesOf = new Map<string, Set<string>>()
  for (const { stage, signal, writtenBy, author } of signals) {
    if (stage === null) continue
    const key = `${signal}|${writtenBy}|${author ?? ''}`
    stagesOf.set(key, (stagesOf.get(key) ?? new Set()).add(stage))
  }
  const facts = new Map<FlagName, FactEvidence[]>()
  for (const one of signals) {
    const { stage, signal, spokenBy, writtenBy, author } = one
    if (spokenBy === 'reported' && writtenBy !== 'reported') continue
    const stages = stagesOf.get(`${signal}|${writtenBy}|${author ?? ''}`)?.size ?? 0
    if (stage !== null && stages < stagesNeeded) continue
    const evidence = facts.get(signal) ?? []
    evidence.push({ place: placeIn(one, placeOf) })
    facts.set(signal, evidence)
  }
  return Object.fromEntries(
    [...facts].map(([name, evidence]): [FlagName, FlagFact] => [
      name,
      { value: 'yes', evidence: evidence.slice(0, 20) },
    ]),
  )
}

function placeIn({ from, to, pack, version, rule }: TextSignal, placeOf: (turn: number) => string): string {
  const end = from.turn === to.turn ? `${to.at}` : `${placeOf(to.turn)} ${to.at}`
  return `${placeOf(from.turn)} characters ${from.at} to ${end} (${pack}/${version} ${rule})`
}
