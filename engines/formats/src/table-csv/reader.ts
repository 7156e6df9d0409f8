import { type ColumnProfile, type Meaning, meaningOf, noProfile, takeCell } from '../bulk/columns.ts'
import { isHashList } from '../bulk/hash-list.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import { type PushParser, readingBy } from '../bulk/push.ts'
import { isSeparatorLine } from '../bulk/separator-line.ts'
import { decodeText, foreignSays, Utf8Source } from '../bulk/text.ts'
import type { Head } from '../head.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { type CutRow, RowCutter } from './cutter.ts'
import { isHeader, sniffTable, type TableDialect } from './dialect.ts'

/** What a person says of the table; what is null is looked for in the first rows. */
export interface TableAnswers {
  readonly dialect: TableDialect | null
  readonly profile: ColumnProfile
}

const headBytes = 65_536
const whole = { name: null, place: 'whole file' }

class TableParser implements PushParser {
  readonly #source = new Utf8Source()
  readonly #limits: Limits
  readonly #answers: TableAnswers
  #head: Buffer | null = Buffer.alloc(0)
  #dialect: TableDialect | null = null
  #cutter: RowCutter | null = null
  #columns: readonly { readonly name: string; readonly meaning: Meaning }[] | null = null
  #number = 0
  #question: string | null = null

  constructor(limits: Limits, answers: TableAnswers) {
    this.#limits = limits
    this.#answers = answers
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    yield* this.#take(this.#source.push(chunk), false)
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    yield* this.#take(this.#source.end(), true)
    if (this.#question !== null) yield wholeFile('table-unclear', this.#question)
    else if (this.#cutter !== null) for (const row of this.#cutter.end()) yield* this.#row(row)
    return { claimedRecords: null, remarks: this.#question === null ? this.#headerRemark() : [] }
  }

  *#take(bytes: Uint8Array, final: boolean): Generator<Entry<ItemRecord>, void, undefined> {
    if (this.#head === null) {
      if (this.#cutter !== null) for (const row of this.#cutter.push(bytes)) yield* this.#row(row)
      return
    }
    this.#head = Buffer.concat([this.#head, bytes])
    if (this.#head.length < headBytes && !final) return
    const head = this.#head
    this.#head = null
    const sniffed = this.#answers.dialect ?? this.#sniff(head, final)
    if (sniffed === null) return
    this.#dialect = sniffed
    this.#cutter = new RowCutter(sniffed.delimiter, this.#limits.maxLineLength)
    for (const row of this.#cutter.push(head)) yield* this.#row(row)
  }

  #sniff(head: Uint8Array, final: boolean): TableDialect | null {
    const sniffed = sniffTable(head, final)
    if (sniffed.kind === 'dialect') return sniffed.dialect
    this.#question = sniffed.says
    return null
  }

  *#row(row: CutRow): Generator<Entry<ItemRecord>, void, undefined> {
    if (this.#columns === null) {
      if (row.line === 1 && isSeparatorLine(row.cells.map((cell) => decodeText(cell).text))) return
      const isNames = this.#dialect?.header === true && !row.faults.some((fault) => fault !== 'stray-quote')
      const names = row.cells.map((cell, at) => (isNames ? decodeText(cell).text.trim() : `column ${at + 1}`))
      this.#columns = names.map((name) => ({ name, meaning: meaningOf(name, this.#answers.profile) }))
      if (isNames) return
    }
    this.#number += 1
    yield this.#entry(row, `row ${this.#number}, line ${row.line}`)
  }

  #entry(row: CutRow, place: string): Entry<ItemRecord> {
    if (row.faults.includes('unclosed-quote')) {
      return setAside('unclosed-quote', place, 'A quote opens a cell and is never closed; the line is set aside.')
    }
    if (row.faults.includes('row-too-long'))
      return setAside('row-too-long', place, 'The row is longer than any real one.')
    if (row.cells.length > this.#limits.maxColumns) {
      return setAside('too-many-columns', place, 'The row has more columns than any real table.')
    }
    const draft = new ItemDraft('table-csv', 'row', place, whole)
    const columns = this.#columns ?? []
    if (row.faults.length > 0) draft.remark('stray-quote', 'Text follows a closing quote in the same cell; it is kept.')
    if (row.cells.length !== columns.length) {
      const says = `The row has ${row.cells.length} cells, the table has ${columns.length} columns; all cells are kept.`
      draft.remark('column-count', says)
    }
    let foreign = false
    row.cells.forEach((cell, at) => {
      const { name, meaning } = columns[at] ?? { name: `column ${at + 1}`, meaning: 'other' }
      const decoded = decodeText(cell)
      foreign ||= decoded.foreign
      takeCell(draft, name, meaning, decoded.text, `${place}, ${name}`)
    })
    if (foreign) draft.remark('not-utf-8', foreignSays)
    return draft.entry()
  }

  #headerRemark(): Remark[] {
    if (this.#columns === null || this.#answers.dialect !== null) return []
    const says = this.#dialect?.header === true ? 'The first row was taken as names.' : 'No row of names was found.'
    return [{ code: 'header-guessed', place: 'row 1', says }]
  }
}

function detect(head: Head): Fit {
  if (head.looksLike !== 'csv') return 'no'
  return isHashList(head) && !speaksOfPeople(head) ? 'no' : 'possible'
}

/** A list of hashes is that, unless it speaks of people: then a person must say which of the two it is. */
function speaksOfPeople(head: Head): boolean {
  if (head.text.includes('@')) return true
  const names = head.firstLine.split(/[,;\t|]/).map((cell) => cell.replaceAll('"', '').trim())
  return isHeader([names, names]) && names.some((name) => personalMeanings.has(meaningOf(name, noProfile)))
}

const personalMeanings: ReadonlySet<Meaning> = new Set(['email', 'ip', 'phone'])

/** With a person's answers about separator, header and columns. */
export const tableCsvReaderWith = (answers: TableAnswers) =>
  ({
    id: 'table-csv',
    title: 'Table (CSV), row by row',
    detect,
    ...readingBy((limits) => new TableParser(limits, answers)),
  }) satisfies Omit<Reader, 'id'> & { readonly id: 'table-csv' }

export const tableCsvReader = tableCsvReaderWith({ dialect: null, profile: noProfile })
