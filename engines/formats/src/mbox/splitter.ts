import type { Limits } from '../reader.ts'
import { isDated, judge } from './from-line.ts'

/** One mail of a box, as cut out. `bytes` begin behind the separating line and live until the next push. */
export interface CutMail {
  readonly index: number
  /** The separating line, or null for what stands before the first one. */
  readonly fromLine: string | null
  readonly bytes: Uint8Array | null
  readonly offset: number
  readonly end: number
  readonly doubts: ReadonlySet<MboxDoubt>
}

export type MboxDoubt =
  | 'from-line-without-blank'
  | 'from-line-unusual'
  | 'from-line-inside'
  | 'content-length-covers'
  | 'message-too-large'

/** How far ahead the fields behind a separating line are looked at. */
const lookahead = 16_384
/** A stated length is checked only if that much of the box may be held for it. */
const longestChecked = 4 * 1024 * 1024
const newline = 0x0a
const from = [0x46, 0x72, 0x6f, 0x6d, 0x20]

/**
 * Splits a box at lines `From ` that are separators: by their own form and by the fields that follow, since senders'
 * programs escape such lines in a text or do not. Memory stays at one mail.
 */
export class MboxSplitter {
  readonly #limits: Limits
  #buffer = new Uint8Array(65_536)
  #length = 0
  /** Offset in the file of the first byte of the buffer. */
  #base = 0
  #ended = false
  #index = 0
  // Positions in the buffer.
  #start = 0
  #scan = 0
  #searched = 0
  #bodyStart = 0
  // About the mail that is being read.
  #fromLine: string | null = null
  #offset = 0
  #blank = true
  #inHeader = false
  #midLine = false
  #doubts = new Set<MboxDoubt>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  *push(chunk: Uint8Array): Generator<CutMail, void, undefined> {
    this.#keep(chunk)
    yield* this.#lines()
    this.#compact()
  }

  *end(): Generator<CutMail, void, undefined> {
    this.#ended = true
    yield* this.#lines()
    const mail = this.#cut(this.#length)
    if (mail !== null) yield mail
  }

  *#lines(): Generator<CutMail, void, undefined> {
    if (this.#base === 0 && this.#scan === 0 && this.#startsWithMark()) this.#moveTo(3)
    for (;;) {
      const at = this.#scan
      const found = this.#buffer.subarray(0, this.#length).indexOf(newline, Math.max(at, this.#searched))
      this.#searched = this.#length
      if (found < 0 && !this.#ended) return this.#dropIfHuge()
      if (found < 0 && at >= this.#length) return
      const next = found < 0 ? this.#length : found + 1
      if (!this.#midLine && this.#isFrom(at)) {
        const verdict = this.#judge(at, next)
        if (verdict === 'wait') {
          this.#searched = at
          return
        }
        if (verdict === 'split') {
          const mail = this.#cut(at)
          this.#begin(at, next)
          if (mail !== null) yield mail
          continue
        }
      }
      const empty = !this.#midLine && (next - at === 1 || (next - at === 2 && this.#buffer[at] === 0x0d))
      if (empty && this.#inHeader && this.#statedLength(next) === 'wait') {
        this.#searched = at
        return
      }
      this.#blank = empty
      this.#midLine = false
      if (this.#scan === at) this.#moveTo(next)
      if (this.#scan - this.#start > this.#limits.maxBytes) this.#tooLarge()
    }
  }

  #judge(at: number, next: number): 'wait' | 'split' | 'inside' {
    const end = Math.min(this.#length, next + lookahead)
    const text = this.#text(next, end)
    const complete = this.#ended || end - next >= lookahead || /\r?\n\r?\n|^\r?\n/.test(text)
    if (!complete) return 'wait'
    const first = this.#fromLine === null && this.#text(this.#start, Math.min(at, this.#start + 4096)).trim() === ''
    const verdict = judge(this.#text(at, Math.min(next, at + 300)).trimEnd(), text, this.#blank, first)
    if (verdict.split) {
      this.#nextDoubts = verdict.doubt === null ? [] : [verdict.doubt]
      return 'split'
    }
    if (this.#blank && !this.#inHeader) this.#doubts.add('from-line-inside')
    return 'inside'
  }

  #nextDoubts: readonly MboxDoubt[] = []

  #begin(at: number, next: number): void {
    this.#index += 1
    this.#fromLine = this.#text(at, Math.min(next, at + 1000)).trimEnd()
    this.#offset = this.#base + at
    this.#start = at
    this.#bodyStart = next
    this.#doubts = new Set(this.#nextDoubts)
    this.#inHeader = true
    this.#blank = false
    this.#moveTo(next)
  }

  /** `Content-Length` is believed only if a mail or the end of the box stands where it leads; then From lines inside are text. */
  #statedLength(body: number): 'wait' | 'done' {
    const header = this.#text(this.#bodyStart, Math.min(body, this.#bodyStart + 4 * lookahead))
    const stated = /^content-length:[ \t]*([0-9]{1,9})[ \t]*\r?$/im.exec(header)?.[1]
    const length = stated === undefined ? 0 : Number(stated)
    if (length > 0 && length <= longestChecked) {
      const end = body + length
      if (this.#length < end + 300 && !this.#ended) return 'wait'
      const landing = end > this.#length ? null : this.#text(end, Math.min(this.#length, end + 300))
      const boundary = landing === null ? null : /^(?:\r?\n){0,2}(?=From |$)/.exec(landing)
      if (
        boundary !== null &&
        (landing === boundary[0] || isDated((landing ?? '').slice(boundary[0].length).split('\n', 1)[0] ?? ''))
      ) {
        if (/\n\r?\nFrom /.test(this.#text(body, end))) this.#doubts.add('content-length-covers')
        this.#moveTo(end + boundary[0].length)
        this.#inHeader = false
        this.#blank = true
        return 'done'
      }
    }
    this.#inHeader = false
    return 'done'
  }

  #cut(end: number): CutMail | null {
    const bytes = this.#doubts.has('message-too-large')
      ? null
      : this.#buffer.subarray(this.#fromLine === null ? this.#start : this.#bodyStart, this.#trimmed(end))
    const between = this.#fromLine === null
    if (between && (bytes === null ? false : isBlank(bytes))) return null
    return {
      index: between ? 0 : this.#index,
      fromLine: this.#fromLine,
      bytes,
      offset: this.#offset,
      end: this.#base + end,
      doubts: this.#doubts,
    }
  }

  /** The blank line before a separator belongs to the separator. */
  #trimmed(end: number): number {
    const buffer = this.#buffer
    if (buffer[end - 1] !== newline || (buffer[end - 2] !== newline && buffer[end - 3] !== newline)) return end
    return buffer[end - 2] === 0x0d ? end - 2 : end - 1
  }

  #isFrom(at: number): boolean {
    return from.every((byte, index) => this.#buffer[at + index] === byte) && at + from.length <= this.#length
  }

  #startsWithMark(): boolean {
    const [a, b, c] = this.#buffer
    return this.#length >= 3 && a === 0xef && b === 0xbb && c === 0xbf
  }

  #text(start: number, end: number): string {
    return Buffer.from(this.#buffer.buffer, this.#buffer.byteOffset + start, Math.max(0, end - start)).toString(
      'latin1',
    )
  }

  #moveTo(position: number): void {
    this.#scan = Math.min(position, this.#length)
    this.#searched = this.#scan
    if (this.#fromLine === null && this.#start === 0 && this.#base === 0 && position === 3 && this.#startsWithMark())
      this.#start = 3
  }

  #tooLarge(): void {
    this.#doubts.add('message-too-large')
    this.#start = this.#scan
    this.#bodyStart = this.#scan
  }

  /** A line that never ends must not be held for ever. */
  #dropIfHuge(): void {
    if (this.#length - this.#scan <= this.#limits.maxBytes) return
    this.#moveTo(this.#length)
    this.#midLine = true
    this.#tooLarge()
  }

  #keep(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#length + chunk.length, 2 * this.#buffer.length))
      larger.set(this.#buffer.subarray(0, this.#length))
      this.#buffer = larger
    }
    this.#buffer.set(chunk, this.#length)
    this.#length += chunk.length
  }

  #compact(): void {
    const used = this.#start
    if (used === 0) return
    this.#buffer.copyWithin(0, used, this.#length)
    this.#length -= used
    this.#base += used
    this.#scan -= used
    this.#searched = Math.max(0, this.#searched - used)
    this.#bodyStart -= used
    this.#start = 0
  }
}

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte <= 0x20)
