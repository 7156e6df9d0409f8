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
