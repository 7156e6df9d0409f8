import { moreNumbers, sharedNumbers } from '../share/shared-memory.ts'
import { GrowingLetters, type Letters } from '../text/letters.ts'
import { ByteNumbers, hashOf } from './byte-numbers.ts'
import type { Field, Table } from './field.ts'
import { isNormalBytes, normalForm } from './normal.ts'

/** One field of all records: letters of its distinct normal forms, and which of them each record has. */
export interface Column {
  readonly field: Field
  readonly letters: Letters
  /** Values of record r: `values` from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Int32Array
  readonly values: Int32Array
  /** In how many records each value stands. */
  readonly counts: Int32Array
  /** Records that say anything here. */
  readonly saidBy: number
}

export function columnsOf({ fields, records }: Table): Column[] {
  return fields.map((field, index) => {
    const column = new ColumnMaker(field, records.length)
    for (const record of records) column.add(record.values[index] ?? [])
    return column.made()
  })
}

/** The same from columns, with one value a record or '': for tables too large to be held as records. */
export function columnOfCells(field: Field, cells: readonly string[]): Column {
  const column = new ColumnMaker(field, cells.length)
  for (const cell of cells) column.add(cell === '' ? [] : [cell])
  return column.made()
}

/** One field of records that come one after the other; only what is new in it is kept. */
export class ColumnMaker {
  readonly #field: Field
  /** By what was written and by its normal form, which is its own: most values are written more than once. */
  readonly #numbers = new ByteNumbers()
  readonly #letters = new GrowingLetters()
  #counts = sharedNumbers(1024)
  #starts: Int32Array<SharedArrayBuffer>
  #values: Int32Array<SharedArrayBuffer>
  #count = 0
  #records = 0
  #saidBy = 0
  #written = new Uint8Array(512)

  /** `expected`: about how many records will come. */
  constructor(field: Field, expected = 1024) {
    this.#field = field
    this.#starts = sharedNumbers(expected + 2)
    this.#values = sharedNumbers(expected + 2)
  }

  /** A record and what it says here. */
  add(written: readonly string[]): void {
    const first = this.#count
    for (const each of written) {
      // Three bytes of UTF-8 at most for a unit of UTF-16.
      if (3 * each.length > this.#written.length) this.#written = new Uint8Array(6 * each.length)
      const { written: length } = encoder.encodeInto(each, this.#written)
      const number = this.#number(this.#written, 0, length)
      if (number >= 0 && !this.#values.subarray(first, this.#count).includes(number)) this.#push(number)
    }
    this.#end(first)
  }

  /** A record and its one value, as a file has it: bytes of UTF-8 from `from` to `to`; none: not said. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    const first = this.#count
    const number = from === to ? -1 : this.#number(bytes, from, to)
    if (number >= 0) this.#push(number)
    this.#end(first)
  }

  /** -1: nothing was said. */
  #number(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const known = this.#numbers.find(bytes, from, to, hash)
    if (known >= 0) return known
    const number = isNormalBytes(this.#field.kind, bytes, from, to)
      ? this.#letters.addBytes(bytes, from, to)
      : this.#numberOf(textOf(bytes, from, to))
    if (number >= 0) this.#numbers.give(bytes, from, to, hash, number)
    return number
  }

  #numberOf(written: string): number {
    const normal = normalForm(this.#field.kind, written)
    if (normal === '') return -1
    // What is no UTF-8 may be written in several ways.
    if (normal === written && !written.includes('\ufffd')) return this.#letters.add(normal)
    const own = encoder.encode(normal)
    const hash = hashOf(own, 0, own.length)
    const same = this.#numbers.find(own, 0, own.length, hash)
    if (same >= 0) return same
    const number = this.#letters.add(normal)
    this.#numbers.give(own, 0, own.length, hash, number)
    return number
  }

  #push(number: number): void {
    if (this.#count === this.#values.length) this.#values = moreNumbers(this.#values)
    this.#values[this.#count++] = number
    if (number >= this.#counts.length) this.#counts = moreNumbers(this.#counts)
    this.#counts[number] = (this.#counts[number] ?? 0) + 1
  }

  #end(first: number): void {
    if (this.#count > first) this.#saidBy++
    if (++this.#records === this.#starts.length) this.#starts = moreNumbers(this.#starts)
    this.#starts[this.#records] = this.#count
  }

  made(): Column {
    return {
      field: this.#field,
      letters: this.#letters.made(),
      starts: this.#starts.subarray(0, this.#records + 1),
      values: this.#values.subarray(0, this.#count),
      counts: this.#counts.subarray(0, this.#letters.count),
      saidBy: this.#saidBy,
    }
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Short texts of plain letters are put together here: to call the decoder costs more than to decode. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > 64) return decoder.decode(bytes.slice(from, to))
  const units: number[] = []
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte > 127) return decoder.decode(bytes.slice(from, to))
    units.push(byte)
  }
  return String.fromCharCode(...units)
}
