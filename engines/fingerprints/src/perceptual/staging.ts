import { hashBytes } from '../bits/index.ts'
import { Arena, type Kernel, kernelOn } from './kernel.ts'
import { nobody, RowOwners } from './owners.ts'

const recordWords = 10
const recordBytes = recordWords * 4
const rawRows = 1024
const sortRoom = 41 * 2048
/** A distinct pair as the kernel tells it: row, list, entry. */
const pairWords = 3

/** A record: the hash in ring order, list, entry. Records come in any order and are sorted to make equal ones meet. */
export class Staging {
  readonly #arena = new Arena(0)
  readonly #kernel: Kernel = kernelOn(this.#arena.memory)
  readonly #rawAt = this.#arena.take(rawRows * hashBytes)
  readonly #roomAt = this.#arena.take(sortRoom)
  readonly #at = this.#arena.take(0)
  #words = this.#arena.words(this.#at, 0)
  #capacity = 0
  #sortedAs = ''
  length = 0

  /** Hashes in text form, 32 bytes each; `owner` tells whose the n-th is. */
  addHashes(hashes: Uint8Array, lists: Uint32Array, entries: Uint32Array): void {
    const total = hashes.length / hashBytes
    this.#makeRoom(total)
    const raw = this.#arena.bytes(this.#rawAt, rawRows * hashBytes)
    for (let from = 0; from < total; from += rawRows) {
      const count = Math.min(rawRows, total - from)
      raw.set(hashes.subarray(from * hashBytes, (from + count) * hashBytes))
      this.#kernel.toRing(this.#rawAt, this.#at + this.length * recordBytes, count, recordBytes)
      for (let index = 0; index < count; index++) {
        const at = (this.length + index) * recordWords + 8
        this.#words[at] = lists[from + index] ?? 0
        this.#words[at + 1] = entries[from + index] ?? 0
      }
      this.length += count
    }
  }

  /** A row that is in ring order already. */
  addRow(rows: Uint32Array, row: number, list: number, entry: number): void {
    if (this.length === this.#capacity) this.#makeRoom(1)
    const to = this.length * recordWords
    const from = row * 8
    for (let word = 0; word < 8; word++) this.#words[to + word] = rows[from + word] ?? 0
    this.#words[to + 8] = list
    this.#words[to + 9] = entry
    this.length++
  }

  /** Sorted by the value of the first band, then by everything else. The view holds until the next addition. */
  sorted(firstWidth: number): Uint32Array {
    const state = `${this.length} by ${firstWidth}`
    if (this.#sortedAs !== state) this.#kernel.sortRecords(this.#at, this.length, firstWidth, this.#roomAt)
    this.#sortedAs = state
    return this.#words.subarray(0, this.length * recordWords)
  }

  /**
   * Folds the records, in place, to distinct rows that begin at `at` in this memory, which is the caller's from then on:
   * a large table is built where its hashes arrived, for memory touched first is the dearest. Nothing is left here.
   */
  fold(firstWidth: number): Folded {
    this.sorted(firstWidth)
    const records = this.length
    const rows = this.#kernel.countRows(this.#at, records)
    const pairs = this.#kernel.countPairs(this.#at, records)
    const owners = new RowOwners(rows, pairs - rows)
    const told = this.#arena.words(this.#rawAt, rawRows * pairWords)
    let row = -1
    let more = 0
    this.#kernel.beginFold(this.#at)
    for (let from = 0; from < records; from += rawRows) {
      const count = this.#kernel.fold(this.#at, from, Math.min(rawRows, records - from), this.#rawAt)
      for (let at = 0; at < count * pairWords; at += pairWords) {
        const own = told[at] ?? 0
        const list = told[at + 1] ?? nobody
        const entry = told[at + 2] ?? 0
        if (own === row) owners.setMore(more++, row, list, entry)
        else owners.set(own, list, entry)
        row = own
      }
    }
    this.length = 0
    this.#capacity = 0
    return { arena: this.#arena, kernel: this.#kernel, at: this.#at, rows, owners }
  }

  #makeRoom(more: number): void {
    const wanted = this.length + more
    if (wanted <= this.#capacity) return
    const capacity = Math.max(wanted, Math.min(2 * this.#capacity, this.#capacity + 2 ** 20))
    // The records are the last thing in this memory, so it grows behind them, in place.
    if (this.#capacity === 0) this.#arena.take(capacity * recordBytes)
    else this.#arena.extend((capacity - this.#capacity) * recordBytes)
    this.#capacity = capacity
    this.#words = this.#arena.words(this.#at, capacity * recordWords)
  }
}

/** Distinct hashes in order, one row after the other, and whose they are. */
export interface Folded {
  readonly arena: Arena
  readonly kernel: Kernel
  readonly at: number
  readonly rows: number
  readonly owners: RowOwners
}

/** Calls `visit` with each distinct hash and pair once: where its record begins, and whether the hash is a new one. */
export function eachDistinct(records: Uint32Array, visit: (at: number, isNewHash: boolean) => void): void {
  for (let at = 0; at < records.length; at += recordWords) {
    if (at === 0) {
      visit(at, true)
      continue
    }
    let word = 0
    while (word < recordWords && records[at + word] === records[at - recordWords + word]) word++
    if (word < recordWords) visit(at, word < 8)
  }
}
