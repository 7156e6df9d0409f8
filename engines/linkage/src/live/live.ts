import { keyOf } from '../blocking/keys.ts'
import type { Rule } from '../blocking/rules.ts'
import { type Levels, levelsOf, notSaid, same } from '../compare/levels.ts'
import { log2Odds, type Model, weightsOf } from '../model/model.ts'
import { shareOfValue } from '../model/scorer.ts'
import type { ClusterVersion, EdgeEvidence, EdgeScored, Instant, LinkEvent, Millibits } from '../subjects/events.ts'
import type { Subjects } from '../subjects/subjects.ts'
import type { Column } from '../table/columns.ts'
import { normalForm } from '../table/normal.ts'
import { GrowingLetters, textAt } from '../text/letters.ts'
import { BlockIndex, hashOf } from './block-index.ts'

/** What was learned from a table, and is applied to records that come one by one. It stays as it is until it is learned again. */
export interface Learned {
  readonly name: string
  readonly revision: number
  readonly columns: readonly Column[]
  readonly model: Model
  readonly rules: readonly Pick<Rule, 'parts'>[]
}

export interface Arrival {
  readonly record: string
  readonly at: Instant
  /** One list a field, in their order. */
  readonly values: readonly (readonly string[])[]
}

/** A key that so many records have brings nobody together. */
const mostInBlock = 100
/** Every pair of a component is scored up to this size; what is beyond counts as unscored. */
const mostScored = 60

/**
 * Records that arrive one by one: each is compared with what shares a key with it, and then every pair of the component
 * that it joins, so that the edges do not depend on who came first. How rare a value is comes from the learned table,
 * not from what arrived since, for the same reason.
 */
export class Live {
  readonly #learned: Learned
  readonly #fields: readonly LiveField[]
  readonly #indexes: readonly BlockIndex[]
  readonly #weights: readonly Float64Array[]
  readonly #prior: Millibits
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []
  readonly #values: (readonly (readonly number[])[])[] = []

  constructor(learned: Learned) {
    this.#learned = learned
    this.#fields = learned.columns.map((column, field) => new LiveField(column, learned.model.m[field]?.[same] ?? 1))
    this.#indexes = learned.rules.map(() => new BlockIndex())
    this.#weights = weightsOf(learned.model)
    this.#prior = Math.round(1000 * log2Odds(learned.model.prior))
  }

  /** Takes a record into the subjects. What comes back belongs into the log: the record, its edges, the new versions. */
  add({ record, at, values }: Arrival, subjects: Subjects): readonly LinkEvent[] {
    const candidates = this.#hold(record, values)
    const number = this.#numbers.get(record) ?? -1
    const events: LinkEvent[] = [{ kind: 'record added', id: `added ${record}`, at, record, received: at }]
    for (const other of [...candidates].sort((a, b) => a - b)) events.push(this.#edge(other, number, at))
    const versions: ClusterVersion[] = subjects.applyAll(events)
    const rest = this.#rest(subjects.componentOf(record)?.records ?? [], at, subjects)
    if (rest.length > 0) versions.push(...subjects.applyAll(rest))
    return [...events, ...rest, ...versions]
  }

  /** Holds a record to be compared with, whose edges are known already. */
  hold(record: string, values: readonly (readonly string[])[]): void {
    this.#hold(record, values)
  }

  #hold(record: string, values: readonly (readonly string[])[]): Set<number> {
    if (this.#numbers.has(record)) throw new RangeError(`${record} is held already`)
    const number = this.#names.push(record) - 1
    this.#numbers.set(record, number)
    const own = this.#fields.map((field, at) => field.numbersOf(values[at] ?? []))
    this.#values.push(own)
    const candidates = new Set<number>()
    this.#learned.rules.forEach(({ parts }, rule) => {
      let hash = 0x811c9dc5
      for (const { column, form } of parts) {
        const [first] = own[column] ?? []
        const key = first === undefined ? '' : keyOf(form, this.#fields[column]?.textOf(first) ?? '')
        if (key === '') return
        // A unit that no key has keeps the two keys apart.
        hash = hashOf('\uffff', hashOf(key, hash))
      }
      this.#indexes[rule]?.find(hash, mostInBlock, candidates)
      this.#indexes[rule]?.add(number, hash)
    })
    candidates.delete(number)
    return candidates
  }

  /** Pairs of a component that were never compared. */
  #rest(records: readonly string[], at: Instant, subjects: Subjects): EdgeScored[] {
    if (records.length > mostScored) return []
    return records.flatMap((one, place) =>
      records.slice(place + 1).flatMap((other): EdgeScored[] => {
        const [a, b] = [this.#numbers.get(one), this.#numbers.get(other)]
        if (a === undefined || b === undefined || subjects.facts.edge(one, other) !== null) return []
        return [this.#edge(a, b, at)]
      }),
    )
  }

  #edge(one: number, other: number, at: Instant): EdgeScored {
    const [first, second] = [this.#names[one] ?? '', this.#names[other] ?? ''].sort()
    const { name, revision } = this.#learned
    return {
      ...{ kind: 'edge scored', id: `${first} ${second} by ${name} ${revision}`, at, relation: 'same person' },
      ...{ one: first ?? '', other: second ?? '', model: { name, revision }, prior: this.#prior },
      evidence: this.#evidence(one, other),
    }
  }

  #evidence(one: number, other: number): EdgeEvidence[] {
    const [ours, theirs] = [this.#values[one] ?? [], this.#values[other] ?? []]
    const lines: EdgeEvidence[] = []
    this.#fields.forEach((field, at) => {
      const found = field.compare(ours[at] ?? [], theirs[at] ?? [])
      if (found.level === notSaid) return
      const level = field.levels.names[found.level] ?? ''
      lines.push(
        found.level === same
          ? {
              field: field.name,
              level,
              value: `${field.name} ${field.textOf(found.value)}`,
              millibits: field.shared(found.value),
            }
          : { field: field.name, level, millibits: Math.round(1000 * (this.#weights[at]?.[found.level] ?? 0)) },
      )
    })
    return lines
  }
}

/** The values of one field: those of the learned table, and what came since. */
class LiveField {
  readonly name: string
  readonly levels: Levels
  readonly #letters = new GrowingLetters()
  readonly #column: Column
  readonly #numbers = new Map<string, number>()
  readonly #m: number

  constructor(column: Column, m: number) {
    this.name = column.field.name
    this.#column = column
    this.#m = m
    for (let value = 0; value < column.counts.length; value++) this.#number(textAt(column.letters, value))
    this.levels = levelsOf(column.field.kind, this.#letters, column.field.forms)
  }

  #number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#letters.add(text)
    this.#numbers.set(text, number)
    return number
  }

  textOf(value: number): string {
    return textAt(this.#letters, value)
  }

  numbersOf(written: readonly string[]): number[] {
    const normal = written.map((each) => normalForm(this.#column.field.kind, each)).filter((each) => each !== '')
    return [...new Set(normal)].map((each) => this.#number(each))
  }

  /** The best level over all values, and the rarest value in common. */
  compare(ours: readonly number[], theirs: readonly number[]): { readonly level: number; readonly value: number } {
    if (ours.length === 0 || theirs.length === 0) return { level: notSaid, value: -1 }
    let level = this.levels.names.length
    let value = -1
    for (const one of ours) {
      for (const other of theirs) {
        const found = this.levels.of(Math.min(one, other), Math.max(one, other))
        if (found === same && (value < 0 || this.#count(one) < this.#count(value))) value = one
        if (found !== notSaid) level = Math.min(level, found)
      }
    }
    return level === this.levels.names.length ? { level: notSaid, value: -1 } : { level, value }
  }

  #count(value: number): number {
    return this.#column.counts[value] ?? 1
  }

  shared(value: number): Millibits {
    return Math.round(1000 * Math.log2(this.#m / shareOfValue(this.#column, this.#count(value))))
  }
}
