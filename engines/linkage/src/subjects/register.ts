import type { ClusterVersion, Instant, SameRelation } from './events.ts'
import { order } from './facts.ts'

interface Held {
  readonly id: string
  readonly records: readonly string[]
}

/** What became of a subject that was cited. */
export interface Citation {
  /** The records of the version that was cited. */
  readonly cited: readonly string[]
  /** Where those records are now. One entry with all of them, under the same id: nothing changed for the citer. */
  readonly now: readonly { readonly subject: string; readonly records: readonly string[] }[]
}

/** Every version of every subject that was ever shown, so that what an officer cited can be found again. */
export class Register {
  readonly #versions = new Map<string, ClusterVersion[]>()
  readonly #cameFrom = new Map<string, Set<string>>()

  add(event: ClusterVersion): void {
    const versions = this.#versions.get(event.subject) ?? []
    if (versions.some(({ version }) => version === event.version)) return
    versions.push(event)
    versions.sort((a, b) => a.version - b.version)
    this.#versions.set(event.subject, versions)
    for (const became of event.became) {
      const from = this.#cameFrom.get(became) ?? new Set()
      this.#cameFrom.set(became, from.add(event.subject))
    }
  }

  /** Versions of subjects that are other than they were shown last. */
  changed(
    before: ReadonlySet<string>,
    after: ReadonlyMap<string, Held>,
    of: { readonly relation: SameRelation; readonly cause: string; readonly at: Instant },
    subjectOf: (record: string) => Held | undefined,
  ): ClusterVersion[] {
    const made: ClusterVersion[] = []
    for (const subject of [...new Set([...before, ...after.keys()])].sort(order)) {
      const last = this.latest(subject)
      const records = after.get(subject)?.records ?? []
      const shown = last?.records ?? []
      if (records.length === shown.length && records.every((record, at) => record === shown[at])) continue
      const became = new Set<string>()
      for (const record of shown) {
        const now = subjectOf(record)?.id
        if (now !== undefined && now !== subject) became.add(now)
      }
      const version = (last?.version ?? 0) + 1
      made.push({
        kind: 'cluster version',
        id: `${of.relation}/${subject}@${version}`,
        ...of,
        subject,
        version,
        records,
        became: [...became].sort(order),
      })
    }
    for (const event of made) this.add(event)
    return made
  }

  latest(subject: string): ClusterVersion | null {
    return this.#versions.get(subject)?.at(-1) ?? null
  }

  history(subject: string): readonly ClusterVersion[] {
    return this.#versions.get(subject) ?? []
  }

  /** Other ids under which records of this subject were shown before. */
  was(subject: string): string[] {
    return [...(this.#cameFrom.get(subject) ?? [])].filter((id) => id !== subject).sort(order)
  }

  /** An officer cites id and version; null: such a version was never shown. */
  resolve(subject: string, version: number, subjectOf: (record: string) => Held | null): Citation | null {
    const cited = this.#versions.get(subject)?.find((each) => each.version === version)
    if (cited === undefined) return null
    const now = Map.groupBy(cited.records, (record) => subjectOf(record)?.id ?? '')
    return {
      cited: cited.records,
      now: [...now]
        .map(([id, records]) => ({ subject: id, records }))
        .sort((a, b) => b.records.length - a.records.length || order(a.subject, b.subject)),
    }
  }
}
