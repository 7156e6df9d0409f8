import { type Field, fieldOf, readFields } from './fields.ts'

/** What a WARC is made of, over its unpacked bytes. After `record` come its `block`s and exactly one `end`. */
export type WarcPart =
  | { readonly kind: 'record'; readonly offset: number; readonly version: string; readonly fields: readonly Field[] }
  | { readonly kind: 'block'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly fault: RecordFault | null; readonly bytes: number }
  | { readonly kind: 'lost'; readonly offset: number; readonly length: number }

/**
 * `cut-off`: the file ends inside (`bytes` are missing). `length-too-short`: `bytes` follow that belong to no record.
 * `length-too-long`: the next record begins inside the block (`bytes` were swallowed). `length-missing`: none is stated.
 * `end-missing`: the two line ends behind the block are not there, but the next record is.
 */
export type RecordFault = 'cut-off' | 'length-too-short' | 'length-too-long' | 'length-missing' | 'end-missing'

const maxHeader = 65_536
/** How much of a block is held back to be cut again, should a record turn out to begin inside it. */
const maxHeld = 8 * 1024 * 1024
const recordStart = /(?:^|\n)(?=WARC\/[01]\.\d{1,2}\r?\n)/
const startLength = 16
const pieceLength = 65_536

/** Cuts by the stated lengths and trusts none of them: what follows a block must be two line ends and a record. */
export class WarcCutter {
  #in: Buffer = Buffer.alloc(0)
  #offset = 0
  #state: 'start' | 'block' | 'tail' | 'junk' = 'start'
  #left = 0
  #junkFrom = 0
  #open = false
  #fault: RecordFault | null = null
  /** Bytes of the block from the place on where a record seems to begin. */
  #held: Uint8Array[] | null = null
  #heldLength = 0
  #edge: Buffer = Buffer.alloc(0)
  /** Up to here bytes are cut a second time, and a record that begins inside a block ends that block at once. */
  #distrustUntil = 0

  constructor(offset = 0) {
    this.#offset = offset
  }

  *push(chunk: Uint8Array): Generator<WarcPart, void, undefined> {
    this.#in = this.#in.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#in, chunk])
    yield* this.#run(false)
  }

  *end(): Generator<WarcPart, void, undefined> {
    yield* this.#run(true)
  }

  /** The packed form was damaged here: what is open cannot be whole. */
  *broken(): Generator<WarcPart, void, undefined> {
    yield* this.#run(true)
  }

  *#run(final: boolean): Generator<WarcPart, void, undefined> {
    for (;;) {
      const parts = this.#step(final)
      if (parts === 'more') break
      yield* parts
    }
    if (!final) return
    this.#state = 'start'
    this.#held = null
  }

  #drop(count: number): void {
    this.#in = this.#in.subarray(count)
    this.#offset += count
  }

  #step(final: boolean): readonly WarcPart[] | 'more' {
    if (this.#state === 'start') return this.#start(final)
    if (this.#state === 'block') return this.#block(final)
    return this.#state === 'tail' ? this.#tail(final) : this.#junk(final)
  }

  #start(final: boolean): readonly WarcPart[] | 'more' {
    let blank = 0
    while (this.#in[blank] === 0x0d || this.#in[blank] === 0x0a) blank += 1
    this.#drop(blank)
    if (this.#in.length === 0) return 'more'
    const head = this.#in.toString('latin1', 0, startLength)
    const isStart = /^WARC\/[01]\.\d{1,2}\r?\n/.test(head)
    if (!isStart && !final && this.#in.length < startLength) return 'more'
    const end = isStart ? headerEnd(this.#in) : -1
    if (isStart && end < 0 && !final && this.#in.length < maxHeader) return 'more'
    if (end < 0) {
      this.#state = 'junk'
      this.#junkFrom = this.#offset
      this.#open = false
      // Past this start, which led nowhere.
      this.#drop(1)
      return []
    }
    return this.#header(end)
  }

  #header(end: number): readonly WarcPart[] {
    const text = this.#in.toString('utf8', 0, end)
    const line = text.indexOf('\n')
    const fields = readFields(text.slice(line + 1))
    const length = fieldOf(fields, 'Content-Length') ?? ''
    const record = { kind: 'record', offset: this.#offset, version: text.slice(5, line).trim(), fields } as const
    this.#drop(end)
    this.#open = true
    this.#held = null
    this.#heldLength = 0
    this.#edge = Buffer.alloc(0)
    if (/^\d{1,15}$/.test(length)) {
      this.#left = Number(length)
      this.#state = 'block'
    } else {
      this.#fault = 'length-missing'
      this.#state = 'junk'
      this.#junkFrom = this.#offset
    }
    return [record]
  }

  #block(final: boolean): readonly WarcPart[] | 'more' {
    if (this.#left === 0) {
      this.#state = 'tail'
      return []
    }
    if (this.#in.length === 0) return final ? this.#cutOff() : 'more'
    const bytes = this.#in.subarray(0, Math.min(this.#left, this.#in.length, pieceLength))
    const inside = this.#watch(bytes)
    if (inside !== null && this.#offset < this.#distrustUntil) return this.#endInside(inside, bytes)
    this.#left -= bytes.length
    this.#drop(bytes.length)
    return [{ kind: 'block', bytes }]
  }

  /** Looks for a record that begins inside the block. Returns its position in `bytes`, at least 0, when it is new. */
  #watch(bytes: Buffer): number | null {
    if (this.#held !== null) {
      this.#held.push(Uint8Array.from(bytes))
      this.#heldLength += bytes.length
      if (this.#heldLength > maxHeld) this.#held = []
      return null
    }
    const seen = Buffer.concat([this.#edge, bytes])
    const found = recordStart.exec(seen.toString('latin1'))
    const at = found === null ? -1 : found.index + found[0].length
    if (found !== null && at >= 0) {
      this.#held = [Uint8Array.from(seen.subarray(at))]
      this.#heldLength = seen.length - at
      return Math.max(0, at - this.#edge.length)
    }
    this.#edge = Buffer.from(seen.subarray(-startLength))
    return null
  }

  #endInside(at: number, bytes: Buffer): readonly WarcPart[] {
    const before = bytes.subarray(0, at)
    const swallowed = this.#left - at
    if (at > 0 || this.#heldLength === bytes.length) {
      this.#held = null
      this.#drop(at)
    } else this.#goBackTo(bytes.length)
    this.#state = 'start'
    this.#open = false
    return [
      { kind: 'block', bytes: before },
      { kind: 'end', fault: 'length-too-long', bytes: swallowed },
    ]
  }

  /** Puts what was held in front again; `unread` bytes of it are still in the input. */
  #goBackTo(unread: number): boolean {
    const held = Buffer.concat(this.#held ?? [])
    this.#held = null
    if (held.length === 0) return false
    this.#distrustUntil = Math.max(this.#distrustUntil, this.#offset + unread)
    this.#offset -= held.length - unread
    this.#in = Buffer.concat([held, this.#in.subarray(unread)])
    return true
  }

  #cutOff(): readonly WarcPart[] {
    const missing = this.#left
    const swallowed = this.#heldLength
    this.#state = 'start'
    this.#open = false
    if (this.#goBackTo(0)) return [{ kind: 'end', fault: 'length-too-long', bytes: swallowed }]
    return [{ kind: 'end', fault: 'cut-off', bytes: missing }]
  }

  #tail(final: boolean): readonly WarcPart[] | 'more' {
    let blank = 0
    while (blank < 64 && (this.#in[blank] === 0x0d || this.#in[blank] === 0x0a)) blank += 1
    const here = this.#in.length - blank
    if (!final && here < startLength && blank < 64) return 'more'
    const next = here === 0 || /^WARC\/[01]\.\d/.test(this.#in.toString('latin1', blank, blank + startLength))
    if (next) {
      const right = this.#in.toString('latin1', 0, blank) === '\r\n\r\n'
      this.#drop(blank)
      this.#state = 'start'
      this.#open = false
      this.#held = null
      return [{ kind: 'end', fault: right ? null : 'end-missing', bytes: 0 }]
    }
    const swallowed = this.#heldLength
    if (this.#goBackTo(0)) {
      this.#state = 'start'
      this.#open = false
      return [{ kind: 'end', fault: 'length-too-long', bytes: swallowed }]
    }
    this.#fault = 'length-too-short'
    this.#state = 'junk'
    this.#junkFrom = this.#offset
    return []
  }

  /** Up to the next record. */
  #junk(final: boolean): readonly WarcPart[] | 'more' {
    const found = recordStart.exec(this.#in.toString('latin1'))
    if (found === null) {
      this.#drop(final ? this.#in.length : Math.max(0, this.#in.length - startLength))
      if (!final) return 'more'
    } else this.#drop(found.index + found[0].length)
    const length = this.#offset - this.#junkFrom
    const open = this.#open
    this.#open = false
    this.#state = 'start'
    if (!open) return [{ kind: 'lost', offset: this.#junkFrom, length }]
    return [{ kind: 'end', fault: this.#fault, bytes: length }]
  }
}

/** Behind the empty line that ends a header, or -1. */
function headerEnd(buffer: Buffer): number {
  const head = buffer.subarray(0, maxHeader)
  const ends = ['\n\r\n', '\n\n']
    .map((end) => ({ at: head.indexOf(end), length: end.length }))
    .filter(({ at }) => at >= 0)
  const [first, second] = ends
  if (first === undefined) return -1
  const end = second !== undefined && second.at < first.at ? second : first
  return end.at + end.length
}
