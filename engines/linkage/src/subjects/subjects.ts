import { type Component, clusterComponent, groundOf, reachOf, type Settings, usualSettings } from './component.ts'
import type { Contradiction } from './contradictions.ts'
import type { ClusterVersion, Instant, LinkEvent, SameRelation } from './events.ts'
import { Facts, order } from './facts.ts'
import { Register } from './register.ts'

/** One subject as the log tells it now. */
export interface Subject {
  /** The record that was received first, and of one instant the one whose id sorts first. */
  readonly id: string
  readonly records: readonly string[]
}

export interface Snapshot {
  readonly relation: SameRelation
  readonly subjects: readonly Subject[]
  /** Of each contradiction the decision that keeps apart, and those that join. */
  readonly contradictions: readonly { readonly cannot: string; readonly must: readonly string[] }[]
  readonly suppressed: readonly string[]
}

/**
 * Subjects told from an event log, kept up to date event by event: only the components that an event touches are
 * clustered again. Any order of arrival gives the same subjects, and what is undone leaves no trace in them; the versions
 * that were shown on the way stay in the register.
 */
export class Subjects {
  readonly facts: Facts
  readonly register = new Register()
  readonly settings: Settings
  readonly #components = new Map<string, Component>()
  readonly #subjects = new Map<string, Subject>()

  constructor(
    options: { readonly relation?: SameRelation; readonly asOf?: Instant; readonly settings?: Partial<Settings> } = {},
  ) {
    this.facts = new Facts(options.relation ?? 'same person', options.asOf ?? 0)
    this.settings = { ...usualSettings, ...options.settings }
  }

  /** From a whole log. Versions in it are the history; what differs from the last of them is told as a new version. */
  static open(
    log: readonly LinkEvent[],
    options?: ConstructorParameters<typeof Subjects>[0],
  ): { readonly subjects: Subjects; readonly versions: readonly ClusterVersion[] } {
    const subjects = new Subjects(options)
    for (const event of log) {
      if (event.kind === 'cluster version') {
        if (event.relation === subjects.facts.relation) subjects.register.add(event)
      } else subjects.facts.add(event)
    }
    const last = log.at(-1)
    const versions = subjects.#again([...subjects.facts.received.keys()], last?.id ?? '', last?.at ?? 0)
    return { subjects, versions }
  }

  /** Versions of the subjects that changed; the caller adds them to the log. */
  apply(event: LinkEvent): ClusterVersion[] {
    if (event.kind === 'cluster version') {
      if (event.relation === this.facts.relation) this.register.add(event)
      return []
    }
    return this.#again(this.facts.add(event), event.id, event.at)
  }

  /** Events that came together: one version for each subject that they change. */
  applyAll(events: readonly LinkEvent[]): ClusterVersion[] {
    const touched = events.flatMap((event) => {
      if (event.kind !== 'cluster version') return this.facts.add(event)
      if (event.relation === this.facts.relation) this.register.add(event)
      return []
    })
    const last = events.at(-1)
    return last === undefined ? [] : this.#again(touched, last.id, last.at)
  }

  /** Time passes: decisions come to their end. `cause` names what let it pass. */
  advance(asOf: Instant, cause: string): ClusterVersion[] {
    return this.#again(this.facts.advance(asOf), cause, asOf)
  }

  #again(touched: readonly string[], cause: string, at: Instant): ClusterVersion[] {
    const pool = new Set<string>()
    for (const record of touched) {
      if (!this.facts.received.has(record)) continue
      for (const member of this.#components.get(record)?.records ?? [record]) pool.add(member)
    }
    const before = new Set<string>()
    for (const record of pool) {
      const subject = this.#subjects.get(record)
      if (subject !== undefined) before.add(subject.id)
    }
    const after = new Map<string, Subject>()
    const done = new Set<string>()
    const ground = groundOf(this.facts)
    for (const record of pool) {
      if (done.has(record)) continue
      const component = clusterComponent(reachOf(record, ground, this.settings), ground, this.settings)
      for (const member of component.records) {
        done.add(member)
        this.#components.set(member, component)
      }
      for (const records of component.clusters) {
        const subject = { id: this.#idOf(records), records }
        after.set(subject.id, subject)
        for (const member of records) this.#subjects.set(member, subject)
      }
    }
    return this.register.changed(before, after, { relation: this.facts.relation, cause, at }, (record) =>
      this.#subjects.get(record),
    )
  }

  #idOf(records: readonly string[]): string {
    const { received } = this.facts
    let first = records[0] ?? ''
    // Records are sorted, so that of one instant the first stays.
    for (const record of records) if ((received.get(record) ?? 0) < (received.get(first) ?? 0)) first = record
    return first
  }

  /** The subject of a record, or null when the record is not known. */
  subjectOf(record: string): Subject | null {
    return this.#subjects.get(record) ?? null
  }

  componentOf(record: string): Component | null {
    return this.#components.get(record) ?? null
  }

  *all(): Iterable<Subject> {
    for (const [record, subject] of this.#subjects) if (subject.records[0] === record) yield subject
  }

  contradictions(): Contradiction[] {
    return [...new Set(this.#components.values())]
      .flatMap(({ contradictions }) => contradictions)
      .sort((a, b) => order(a.cannot.id, b.cannot.id))
  }

  /** The whole state in a form that is equal when the state is: compare it as canonical JSON. */
  snapshot(): Snapshot {
    return {
      relation: this.facts.relation,
      subjects: [...this.all()].sort((a, b) => order(a.id, b.id)),
      contradictions: this.contradictions().map(({ cannot, must }) => ({
        cannot: cannot.id,
        must: must.map(({ id }) => id),
      })),
      suppressed: this.facts.suppressedValues(),
    }
  }
}
