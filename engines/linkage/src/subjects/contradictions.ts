import { onCycleWith } from '../graph/cycles.ts'
import type { Decision } from './events.ts'
import { order } from './facts.ts'

/**
 * Somebody said that two records are one, somebody else that they are two, at once or by a chain. Nothing is chosen
 * between them: while it stands, the records are kept apart, and every must-link on a way between the two rests.
 */
export interface Contradiction {
  readonly cannot: Decision
  /** Every must-link on a way from one record to the other. Undo one or several of them, or the cannot-link. */
  readonly must: readonly Decision[]
}

export interface Settled {
  /** Must-links that hold: none of them joins what another decision keeps apart. */
  readonly must: readonly Decision[]
  readonly cannot: readonly Decision[]
  readonly contradictions: readonly Contradiction[]
}

/** Which decisions of a component hold together. The answer does not depend on their order. */
export function settle(decisions: readonly Decision[]): Settled {
  const sorted = [...decisions].sort((a, b) => order(a.id, b.id))
  const must = sorted.filter(({ verb }) => verb === 'must link')
  const cannot = sorted.filter(({ verb }) => verb === 'cannot link')
  if (must.length === 0 || cannot.length === 0) return { must, cannot, contradictions: [] }
  const numbers = new Map<string, number>()
  const number = (record: string): number => {
    const known = numbers.get(record) ?? numbers.size
    numbers.set(record, known)
    return known
  }
  const edges = must.map(({ one, other }): readonly [number, number] => [number(one), number(other)])
  const resting = new Set<Decision>()
  const contradictions = cannot.flatMap((decision): Contradiction[] => {
    const [one, other] = [numbers.get(decision.one), numbers.get(decision.other)]
    if (one === undefined || other === undefined) return []
    const ways = onCycleWith(numbers.size, edges, [one, other]).flatMap((at) => must[at] ?? [])
    for (const each of ways) resting.add(each)
    return ways.length === 0 ? [] : [{ cannot: decision, must: ways }]
  })
  return { must: must.filter((decision) => !resting.has(decision)), cannot, contradictions }
}
