import type { Ground } from './component.ts'
import type { EdgeScored, Millibits } from './events.ts'
import type { Fact } from './explain.ts'

/** A component of which every edge is weighed once, to be looked at without one fact after the other. */
export class Weighed {
  readonly ground: Ground
  readonly #edges = new Map<EdgeScored, Millibits | null>()
  readonly #byValue = new Map<string, EdgeScored[]>()
  readonly #facts: Ground

  constructor(facts: Ground, records: readonly string[]) {
    this.#facts = facts
    for (const record of records) {
      for (const [, edge] of facts.edgesOf(record)) {
        if (this.#edges.has(edge)) continue
        this.#edges.set(edge, facts.weight(edge))
        for (const value of new Set(edge.evidence.flatMap((line) => line.value ?? []))) {
          const known = this.#byValue.get(value)
          if (known === undefined) this.#byValue.set(value, [edge])
          else known.push(edge)
        }
      }
    }
    this.ground = { ...facts, weight: (edge) => this.#weight(edge) }
  }

  #weight(edge: EdgeScored): Millibits | null {
    const known = this.#edges.get(edge)
    return known === undefined ? this.#facts.weight(edge) : known
  }

  without(fact: Fact): Ground {
    if (fact.kind === 'decision')
      return {
        ...this.ground,
        decisionsOf: (record) => this.#facts.decisionsOf(record).filter(({ id }) => id !== fact.decision),
      }
    const changed = new Map<EdgeScored, Millibits | null>()
    for (const edge of this.#resting(fact)) changed.set(edge, this.#weightWithout(edge, fact))
    return {
      ...this.ground,
      weight: (edge) => {
        const other = changed.get(edge)
        return other === undefined ? this.#weight(edge) : other
      },
    }
  }

  #resting(fact: Exclude<Fact, { readonly kind: 'decision' }>): readonly EdgeScored[] {
    if (fact.kind === 'value') return this.#byValue.get(fact.value) ?? []
    return [...this.#facts.edgesOf(fact.one)].flatMap(([, edge]) =>
      edge.one === fact.one && edge.other === fact.other ? [edge] : [],
    )
  }

  /** Null: without it nothing speaks for the pair, and it is as if the two had never been compared. */
  #weightWithout(edge: EdgeScored, fact: Exclude<Fact, { readonly kind: 'decision' }>): Millibits | null {
    const evidence = edge.evidence.filter((line) =>
      fact.kind === 'value' ? line.value !== fact.value : line.field !== fact.field || line.value !== undefined,
    )
    if (evidence.length === edge.evidence.length) return this.#weight(edge)
    return evidence.some(({ millibits }) => millibits > 0) ? this.#facts.weight({ ...edge, evidence }) : null
  }
}
