import type { ReaderEnd } from '../reader.ts'
import type { Account, Entry, ListEntryRecord, Remark } from '../record.ts'

/**
 * How a list ended. A list is all or nothing: on `complete: false` every entry already yielded must be rolled back.
 * Nothing here says that a listed file is harmless, and no caller can ask for that: the category decides, not the list.
 */
export type ListEnd =
  | {
      readonly complete: true
      readonly account: Account
      /** What the sender says the file holds; tools count differently, so it is shown and never enforced. */
      readonly claimedCount: number | null
      readonly notes: ListNotes
    }
  | { readonly complete: false; readonly reason: Remark; readonly account: Account; readonly notes: ListNotes }

export interface ListNotes {
  /** Fields or columns that were not read, with the number of entries that have them. */
  readonly unknownFields: { readonly [name: string]: number }
  readonly remarks: readonly Remark[]
}

export type ListReading = AsyncGenerator<Entry<ListEntryRecord>, ListEnd, undefined>

/** Counts what was yielded, so that the account cannot drift from the entries. */
export class Tally {
  #accepted = 0
  #remarked = 0
  #setAside = 0

  count<T>(entry: Entry<T>): Entry<T> {
    if (entry.outcome === 'accepted') this.#accepted++
    else if (entry.outcome === 'remarked') this.#remarked++
    else this.#setAside++
    return entry
  }

  get records(): number {
    return this.#accepted + this.#remarked + this.#setAside
  }

  account(): Account {
    return {
      records: this.records,
      accepted: this.#accepted,
      remarked: this.#remarked,
      setAside: this.#setAside,
    }
  }
}

/** Names seen beyond the fields we read; bounded, because a hostile file may invent a new name for every entry. */
export class UnknownFields {
  readonly #counts = new Map<string, number>()

  add(name: string): void {
    const known = this.#counts.get(name)
    if (known !== undefined) this.#counts.set(name, known + 1)
    else if (this.#counts.size < 500) this.#counts.set(name.slice(0, 200).toWellFormed(), 1)
    else this.#counts.set('(further names)', (this.#counts.get('(further names)') ?? 0) + 1)
  }

  counted(): { readonly [name: string]: number } {
    return Object.fromEntries(this.#counts)
  }
}

/** A list that ends badly closes with one entry set aside for the part that is missing. */
export function* closeList(end: ListEnd): Generator<Entry<ListEntryRecord>, ReaderEnd, undefined> {
  if (!end.complete) yield { outcome: 'set-aside', place: end.reason.place, reason: end.reason }
  const unknown = Object.entries(end.notes.unknownFields).map(([name, count]) => ({
    code: 'unknown-field',
    place: name,
    says: `A field that is not read, in ${count} entries.`,
  }))
  const remarks = [...end.notes.remarks, ...unknown]
  return { claimedRecords: end.complete ? end.claimedCount : null, remarks }
}

/** A list of any size record by record; `skip` passes over those that an interrupted reading has given already. */
export async function* streamList(
  reading: ListReading,
  skip = 0,
): AsyncGenerator<Entry<ListEntryRecord>, ReaderEnd, undefined> {
  let left = skip
  let step = await reading.next()
  while (step.done !== true) {
    if (left > 0) left -= 1
    else yield step.value
    step = await reading.next()
  }
  const end = closeList(step.value)
  let last = end.next()
  while (last.done !== true) {
    if (left > 0) left -= 1
    else yield last.value
    last = end.next()
  }
  return last.value
}
