import { isDeepStrictEqual } from 'node:util'
import type {
  Decision,
  EdgeScored,
  Instant,
  LinkEvent,
  Millibits,
  SameRelation,
  TieRelation,
  ValueSuppressed,
} from './events.ts'

/** Each value suppressed, by the acts that suppress it: it stays suppressed until the last of them is taken back. */
type Acts = Map<string, ValueSuppressed>

/**
 * What the log says of one layer, whatever the order in which it was read. Events that refer to what is not there yet
 * wait for it. `add` tells which records may now belong elsewhere.
 */
export class Facts {
  readonly relation: SameRelation
  /** When each record was received first. */
  readonly received = new Map<string, Instant>()
  readonly #seen = new Map<string, LinkEvent>()
  readonly #edges = new Map<string, Map<string, EdgeScored>>()
  readonly #decisions = new Map<string, Map<string, Decision>>()
  readonly #undone = new Set<string>()
  readonly #suppressed = new Map<string, Acts>()
  readonly #unsuppressed = new Set<string>()
  readonly #byValue = new Map<string, Set<EdgeScored>>()
  readonly #ties = new Map<string, Map<string, EdgeScored>>()
  #asOf: Instant

  constructor(relation: SameRelation, asOf: Instant) {
    this.relation = relation
    this.#asOf = asOf
  }

  get asOf(): Instant {
    return this.#asOf
  }

  add(event: LinkEvent): string[] {
    const known = this.#seen.get(event.id)
    if (known !== undefined) {
      if (!isDeepStrictEqual(known, event)) throw new RangeError(`Two different events are called ${event.id}`)
      return []
    }
    // Versions report and change nothing; the register keeps them.
    if (event.kind === 'cluster version') return []
    this.#seen.set(event.id, event)
    switch (event.kind) {
      case 'record added':
        return this.#record(event.record, event.received)
      case 'edge scored':
        return this.#edge(event)
      case 'decision':
        return this.#decide(event)
      case 'decision undone': {
        this.#undone.add(event.decision)
        const decision = this.#seen.get(event.decision)
        return decision?.kind === 'decision' && decision.relation === this.relation
          ? [decision.one, decision.other]
          : []
      }
      case 'value suppressed':
        of(this.#suppressed, event.value).set(event.id, event)
        return this.holders(event.value)
      case 'value unsuppressed': {
        this.#unsuppressed.add(event.suppression)
        const act = this.#seen.get(event.suppression)
        return act?.kind === 'value suppressed' ? this.holders(act.value) : []
      }
    }
  }

  /** Another instant: records whose decisions came to their end by it, or have not yet. */
  advance(asOf: Instant): string[] {
    const [from, to] = [Math.min(asOf, this.#asOf), Math.max(asOf, this.#asOf)]
    this.#asOf = asOf
    const touched: string[] = []
    for (const decisions of this.#decisions.values()) {
      for (const { one, other, expires } of decisions.values()) {
        if (expires !== null && expires > from && expires <= to) touched.push(one, other)
      }
    }
    return touched
  }

  #record(record: string, received: Instant): string[] {
    const before = this.received.get(record)
    if (before !== undefined && before <= received) return []
    this.received.set(record, received)
    return [record]
  }

  #edge(event: EdgeScored): string[] {
    if (event.one === event.other) throw new RangeError(`${event.id} links ${event.one} with itself`)
    if (event.relation !== this.relation) {
      if (isTie(event.relation)) this.#keepTie(event)
      return []
    }
    const before = this.#edges.get(event.one)?.get(event.other)
    if (before !== undefined && !isNewer(event, before)) return []
    of(this.#edges, event.one).set(event.other, event)
    of(this.#edges, event.other).set(event.one, event)
    for (const { value } of before?.evidence ?? [])
      if (value !== undefined && before !== undefined) this.#byValue.get(value)?.delete(before)
    for (const { value } of event.evidence) {
      if (value === undefined) continue
      const edges = this.#byValue.get(value)
      if (edges === undefined) this.#byValue.set(value, new Set([event]))
      else edges.add(event)
    }
    return [event.one, event.other]
  }

  #keepTie(event: EdgeScored): void {
    for (const [one, other] of [
      [event.one, event.other],
      [event.other, event.one],
    ] as const) {
      const key = `${event.relation}\n${other}`
      const before = this.#ties.get(one)?.get(key)
      if (before === undefined || isNewer(event, before)) of(this.#ties, one).set(key, event)
    }
  }

  #decide(event: Decision): string[] {
    if (event.one === event.other) throw new RangeError(`${event.id} is about ${event.one} and itself`)
    if (event.relation !== this.relation) return []
    of(this.#decisions, event.one).set(event.id, event)
    of(this.#decisions, event.other).set(event.id, event)
    return [event.one, event.other]
  }

  /** Acts that suppress a value now. Empty: it counts. */
  suppressions(value: string): ValueSuppressed[] {
    return [...(this.#suppressed.get(value)?.values() ?? [])]
      .filter(({ id }) => !this.#unsuppressed.has(id))
      .sort((a, b) => order(a.id, b.id))
  }

  isSuppressed(value: string): boolean {
    const acts = this.#suppressed.get(value)
    if (acts === undefined) return false
    for (const id of acts.keys()) if (!this.#unsuppressed.has(id)) return true
    return false
  }

  /** Every value that is suppressed now. */
  suppressedValues(): string[] {
    return [...this.#suppressed.keys()].filter((value) => this.isSuppressed(value)).sort(order)
  }

  /** Records of which any edge rests on the value. */
  holders(value: string): string[] {
    return [...(this.#byValue.get(value) ?? [])].flatMap(({ one, other }) => [one, other])
  }

  /**
   * What an edge weighs now: a suppressed value says nothing, neither for nor against. Null: without what is suppressed
   * nothing speaks for it, and it is as if the two had never been compared.
   */
  weight({ prior, evidence }: EdgeScored): Millibits | null {
    let sum = prior
    let [speaks, fell] = [false, false]
    for (const { millibits, value } of evidence) {
      if (value !== undefined && this.isSuppressed(value)) fell = true
      else {
        sum += millibits
        speaks ||= millibits > 0
      }
    }
    return fell && !speaks ? null : sum
  }

  edgesOf(record: string): ReadonlyMap<string, EdgeScored> {
    return this.#edges.get(record) ?? none
  }

  edge(one: string, other: string): EdgeScored | null {
    return this.#edges.get(one)?.get(other) ?? null
  }

  /** Decisions about a record that count now. */
  decisionsOf(record: string): Decision[] {
    return [...(this.#decisions.get(record)?.values() ?? [])].filter((decision) => this.#counts(decision))
  }

  *decisions(): Iterable<Decision> {
    for (const [record, decisions] of this.#decisions) {
      for (const decision of decisions.values()) {
        if (decision.one === record && this.#counts(decision)) yield decision
      }
    }
  }

  #counts({ id, expires }: Decision): boolean {
    return !this.#undone.has(id) && (expires === null || expires > this.#asOf)
  }

  tiesOf(record: string): EdgeScored[] {
    return [...(this.#ties.get(record)?.values() ?? [])].sort((a, b) => order(a.id, b.id))
  }
}

const none: ReadonlyMap<string, EdgeScored> = new Map()

export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isTie = (relation: EdgeScored['relation']): relation is TieRelation => !relation.startsWith('same ')

/** The later revision of the model; of one revision the later event, and of one instant the one whose id sorts last. */
function isNewer(a: EdgeScored, b: EdgeScored): boolean {
  const newer = a.model.revision - b.model.revision || a.at - b.at || order(a.id, b.id)
  return newer > 0
}

function of<K, V>(map: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = new Map<K, V>()
  map.set(key, made)
  return made
}
