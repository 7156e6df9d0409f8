import { NumberColumn, TextColumn } from './columns.ts'
import type { EntryAbout, ListAbout, NewEntry } from './list.ts'

/** Categories of one list are few; more than this are no categories. */
const mostCategories = 0xffff

/** A list's entries without their hashes, which are in the indexes. Plain hash lists take no room here at all. */
export class LoadedList {
  readonly handle: number
  readonly about: ListAbout
  readonly ids: TextColumn
  /** Index into `categories` plus one. */
  readonly categoryOf: NumberColumn
  readonly categories: { readonly scheme: string | null; readonly value: string }[]
  /** Quality plus one. */
  readonly qualities: NumberColumn
  readonly #numbers = new Map<string, number>()
  #entries: number

  constructor(handle: number, about: ListAbout, entries = 0, columns?: ListColumns) {
    this.handle = handle
    this.about = about
    this.#entries = entries
    this.ids = columns?.ids ?? new TextColumn()
    this.categoryOf = columns?.categoryOf ?? new NumberColumn()
    this.categories = [...(columns?.categories ?? [])]
    this.qualities = columns?.qualities ?? new NumberColumn()
  }

  get entries(): number {
    return this.#entries
  }

  get byteLength(): number {
    return this.ids.byteLength + this.categoryOf.byteLength + this.qualities.byteLength
  }

  /** False when the list has more categories than can be kept. */
  add(entry: Omit<NewEntry, 'hashes'>): boolean {
    const { entryId, category, scheme, quality } = entry
    // 0 is a category; null is none.
    const number =
      category === null || category === undefined ? 0 : this.#numberOf(scheme ?? this.about.scheme, category)
    if (number > mostCategories) return false
    const at = this.#entries++
    this.ids.set(at, entryId ?? '')
    this.categoryOf.set(at, number)
    this.qualities.set(at, quality === null || quality === undefined ? 0 : quality + 1)
    return true
  }

  entry(at: number): EntryAbout {
    const quality = this.qualities.get(at)
    return {
      entry: at,
      entryId: this.ids.get(at),
      category: this.categories[this.categoryOf.get(at) - 1] ?? null,
      quality: quality === 0 ? null : quality - 1,
    }
  }

  #numberOf(scheme: string | null, value: string): number {
    const key = JSON.stringify([scheme, value])
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.categories.length + 1
    if (number > mostCategories) return number
    this.categories.push({ scheme, value })
    this.#numbers.set(key, number)
    return number
  }
}

export interface ListColumns {
  readonly ids: TextColumn
  readonly categoryOf: NumberColumn
  readonly categories: readonly { readonly scheme: string | null; readonly value: string }[]
  readonly qualities: NumberColumn
}
