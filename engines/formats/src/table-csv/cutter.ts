/** One row as cut: cells are text as written, without their quotes. */
export interface CutRow {
  readonly cells: readonly Uint8Array[]
  /** Line on which the row starts, from 1. */
  readonly line: number
  readonly faults: readonly CutFault[]
}

/** `unclosed` and `too-long` set the row aside; `stray-quote` is a remark. */
export type CutFault = 'stray-quote' | 'unclosed-quote' | 'row-too-long'

const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a

/**
 * Cuts CSV into rows over bytes. All marks are ASCII, so UTF-8 and the code pages of one byte are cut alike. A quote that
 * is never closed costs its own line and no more: what it swallowed is cut again from the next line on.
 */
export class RowCutter {
  readonly #delimiter: number
  readonly #limit: number
  #buffer: Buffer = Buffer.alloc(0)
  #line = 1
  /** Bytes cut a second time; beyond a bound a quote no longer spans lines, which keeps the whole linear. */
  #again = 0
  #seen = 0
  #plainUntil = 0
  #dropping = false
  /** A long row is looked at again only when twice as much of it is here: linear whatever the size of the chunks. */
  #worthCutting = 0

  constructor(delimiter: string, limit: number) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#limit = limit
  }

  *push(chunk: Uint8Array): Generator<CutRow, void, undefined> {
    this.#seen += chunk.length
    this.#buffer = this.#buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#buffer, chunk])
    if (this.#buffer.length >= this.#worthCutting) yield* this.#cut(false)
  }

  *end(): Generator<CutRow, void, undefined> {
    yield* this.#cut(true)
  }

  *#cut(final: boolean): Generator<CutRow, void, undefined> {
    let from = 0
    while (from < this.#buffer.length) {
      if (this.#dropping) {
        const end = this.#buffer.indexOf(LF, from)
        from = end < 0 ? this.#buffer.length : end + 1
        if (end >= 0) {
          this.#dropping = false
          this.#line += 1
        }
        continue
      }
      const row = this.#row(from, final)
      if (row === 'more') break
      if (row.cells.length > 0) yield { cells: row.cells, line: this.#line, faults: row.faults }
      this.#line += row.lines
      this.#plainUntil = Math.max(0, this.#plainUntil - (row.end - from))
      from = row.end
    }
    this.#buffer = this.#buffer.subarray(from)
    const waiting = this.#buffer.length
    this.#worthCutting = waiting < 16_384 ? 0 : Math.min(2 * waiting, this.#limit + 1)
  }

  /** The row that starts at `from`, or `more` when its end has not come yet. A blank line has no cells. */
  #row(from: number, final: boolean): Row | 'more' {
    const buffer = this.#buffer
    const cells: Uint8Array[] = []
    const faults: CutFault[] = []
    const plain = this.#plainUntil > 0
    let lines = 0
    let at = from
    for (;;) {
      if (buffer[at] === QUOTE) {
        const cell = this.#quoted(at, plain)
        if (cell === null) {
          if (!final && !plain && buffer.length - from <= this.#limit) return 'more'
          return this.#unclosed(from, final)
        }
        if (cell.stray) faults.push('stray-quote')
        if (!final && cell.end >= buffer.length) return this.#waitOrDrop(from)
        cells.push(cell.bytes)
        lines += cell.lines
        at = cell.end
      } else {
        const end = this.#bareEnd(at)
        if (end >= buffer.length && !final) return this.#waitOrDrop(from)
        cells.push(buffer.subarray(at, end))
        at = end
      }
      const mark = buffer[at]
      if (mark === this.#delimiter) {
        at += 1
        continue
      }
      if (mark === CR && buffer[at + 1] === undefined && !final) return this.#waitOrDrop(from)
      const end = mark === CR && buffer[at + 1] === LF ? at + 2 : mark === undefined ? at : at + 1
      if (end - from > this.#limit)
        return { cells: [buffer.subarray(from, from)], faults: ['row-too-long'], lines: lines + 1, end }
      const blank = cells.length === 1 && cells[0]?.length === 0 && at === from
      return { cells: blank ? [] : cells, faults, lines: lines + 1, end }
    }
  }

  #waitOrDrop(from: number): Row | 'more' {
    if (this.#buffer.length - from <= this.#limit) return 'more'
    this.#dropping = true
    return { cells: [this.#buffer.subarray(from, from)], faults: ['row-too-long'], lines: 0, end: this.#buffer.length }
  }

  /** Gives up the first line of a row whose quote stays open, and goes on behind it. */
  #unclosed(from: number, final: boolean): Row | 'more' {
    const found = this.#buffer.indexOf(LF, from)
    if (found < 0 && !final) return this.#waitOrDrop(from)
    const end = found < 0 ? this.#buffer.length : found + 1
    if (this.#plainUntil === 0) {
      this.#again += this.#buffer.length - from
      if (this.#again > this.#seen + 4 * this.#limit) this.#plainUntil = this.#buffer.length - from
    }
    return { cells: [this.#buffer.subarray(from, end)], faults: ['unclosed-quote'], lines: 1, end }
  }

  #bareEnd(from: number): number {
    const buffer = this.#buffer
    let at = from
    for (; at < buffer.length; at += 1) {
      const byte = buffer[at]
      if (byte === this.#delimiter || byte === LF || byte === CR) break
    }
    return at
  }

  /** Null: the quote is not closed within what is here (or within its line, when `plain`). */
  #quoted(from: number, plain: boolean): { bytes: Uint8Array; end: number; lines: number; stray: boolean } | null {
    const buffer = this.#buffer
    let lines = 0
    let doubled = 0
    let start = from + 1
    let nextLine = buffer.indexOf(LF, start)
    for (;;) {
      const close = buffer.indexOf(QUOTE, start)
      if (close < 0) return null
      for (; nextLine >= 0 && nextLine < close; nextLine = buffer.indexOf(LF, nextLine + 1)) lines += 1
      if (plain && lines > 0) return null
      if (buffer[close + 1] !== QUOTE) {
        const inside = buffer.subarray(from + 1, close)
        const text = doubled === 0 ? inside : undoubled(inside, doubled)
        // Text behind the closing quote belongs to no rule; it is kept, and the row says so.
        const end = this.#bareEnd(close + 1)
        const stray = end > close + 1
        const bytes = stray ? Buffer.concat([text, buffer.subarray(close + 1, end)]) : text
        return { bytes, end, lines, stray }
      }
      doubled += 1
      start = close + 2
    }
  }
}

interface Row {
  readonly cells: readonly Uint8Array[]
  readonly faults: readonly CutFault[]
  readonly lines: number
  readonly end: number
}

function undoubled(bytes: Uint8Array, doubled: number): Buffer {
  const out = Buffer.allocUnsafe(bytes.length - doubled)
  let to = 0
  for (let at = 0; at < bytes.length; at += 1) {
    out[to] = bytes[at] ?? 0
    to += 1
    if (bytes[at] === QUOTE) at += 1
  }
  return out
}
