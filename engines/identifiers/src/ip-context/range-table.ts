import type { AddressKey, AddressRange } from './address-key.ts'

export interface RangeEntry<T> extends AddressRange {
  readonly value: T
}

/** Ranges of any overlap, looked up by binary search: every range that holds the address, the narrowest first. */
export class RangeTable<T> {
  readonly #four: Side<T>
  readonly #six: Side<T>
  readonly size: number

  constructor(entries: readonly RangeEntry<T>[]) {
    this.#four = sideOf(entries.filter(({ first }) => first.length === 8))
    this.#six = sideOf(entries.filter(({ first }) => first.length === 32))
    this.size = entries.length
  }

  find(key: AddressKey): RangeEntry<T>[] {
    const { entries, furthest } = key.length === 8 ? this.#four : this.#six
    const found: RangeEntry<T>[] = []
    // `furthest` never falls: once it is before the address, no earlier range can reach it.
    for (let at = lastStart(entries, key); at >= 0 && (furthest[at] ?? '') >= key; at -= 1) {
      const entry = entries[at]
      if (entry !== undefined && entry.last >= key) found.push(entry)
    }
    return found
  }
}

interface Side<T> {
  readonly entries: readonly RangeEntry<T>[]
  /** The greatest end of all ranges up to this one. */
  readonly furthest: readonly AddressKey[]
}

/** By start, and of one start the wider first, so that going back meets the narrower first. */
function sideOf<T>(given: readonly RangeEntry<T>[]): Side<T> {
  const entries = [...given].sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last))
  const furthest: AddressKey[] = []
  let most = ''
  for (const { last } of entries) {
    if (last > most) most = last
    furthest.push(most)
  }
  return { entries, furthest }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function lastStart<T>(entries: readonly RangeEntry<T>[], key: AddressKey): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.first ?? '') <= key) low = middle + 1
    else high = middle
  }
  return low - 1
}
