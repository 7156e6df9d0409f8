import { type Letters, lettersOf } from '../text/letters.ts'
import type { Field, Table } from './field.ts'
import { normalForm } from './normal.ts'

/** One field of all records: distinct normal forms, and which of them each record has. */
export interface Column {
  readonly field: Field
  readonly texts: readonly string[]
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
  for (const cell of cells) column.addOne(cell)
  return column.made()
}

class ColumnMaker {
  readonly #field: Field
  /** By what was written and by its normal form, which is its own: most values are written more than once. */
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []
  readonly #counts: number[] = []
  readonly #starts: Int32Array
  #values: Int32Array
  #count = 0
  #records = 0
  #saidBy = 0

  constructor(field: Field, records: number) {
    this.#field = field
    this.#starts = new Int32Array(records + 1)
    this.#values = new Int32Array(records + 16)
  }

  add(written: readonly string[]): void {
    const first = this.#count
    for (const each of written) {
      const number = this.#number(each)
      if (number >= 0 && !this.#values.subarray(first, this.#count).includes(number)) this.#push(number)
    }
    this.#end(first)
  }

  addOne(written: string): void {
    const first = this.#count
    const number = written === '' ? -1 : this.#number(written)
    if (number >= 0) this.#push(number)
    this.#end(first)
  }

  /** -1: nothing was said. */
  #number(written: string): number {
    const known = this.#numbers.get(written)
    if (known !== undefined) return known
    const normal = normalForm(this.#field.kind, written)
    if (normal === '') return -1
    let number = this.#numbers.get(normal)
    if (number === undefined) {
      number = this.#texts.push(normal) - 1
      this.#counts.push(0)
      this.#numbers.set(normal, number)
    }
    if (normal !== written) this.#numbers.set(written, number)
    return number
  }

  #push(number: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(2 * this.#values.length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = number
    this.#counts[number] = (this.#counts[number] ?? 0) + 1
  }

  #end(first: number): void {
    if (this.#count > first) this.#saidBy++
    this.#starts[++this.#records] = this.#count
  }

  made(): Column {
    return {
      field: this.#field,
      texts: this.#texts,
      letters: lettersOf(this.#texts),
      starts: this.#starts,
      values: this.#values.slice(0, this.#count),
      counts: Int32Array.from(this.#counts),
      saidBy: this.#saidBy,
    }
  }
}
