import { type CodeTable, codeTable, fixedDistances, fixedLiterals } from './huffman.ts'

const window = 32_768
export const outSize = 4 * window
/** More bytes than any block header or any one symbol can take; then nothing runs dry in the middle. */
const headerNeeds = 700
const symbolNeeds = 8

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/**
 * Inflates (RFC 1951) bytes that are pushed, without an event loop, and knows to the byte where the stream ended: what
 * members in a row (gzip) and archives without sizes (ZIP) need. Memory is fixed, whatever comes out.
 */
export class Inflate {
  state: 'going' | 'done' | 'damaged' = 'going'
  #in: Uint8Array = new Uint8Array(0)
  #at = 0
  #bits = 0
  #bitCount = 0
  #dry = false
  #last = false
  #block: 'header' | 'stored' | 'codes' = 'header'
  #storedLeft = 0
  #literals: CodeTable | null = null
  #distances: CodeTable | null = null
  readonly #out: Uint8Array
  #outAt = 0
  #outFrom = 0

  /** Many small members in a row may share one buffer of `outSize`. */
  constructor(out: Uint8Array = new Uint8Array(outSize)) {
    this.#out = out
  }

  /** Bytes behind the end of the stream once it is done, or behind the place where it was seen to be damaged. */
  get unused(): Uint8Array {
    return this.#in.subarray(this.#at)
  }

  /** `final`: no more input will come, so what is missing is missing. */
  *push(input: Uint8Array, final = false): Generator<Uint8Array, void, undefined> {
    this.#in = this.#at >= this.#in.length ? input : Buffer.concat([this.#in.subarray(this.#at), input])
    this.#at = 0
    while (this.state === 'going' && this.#step(final)) {
      if (this.#outAt > outSize - 2 * window) yield* this.#flush(true)
    }
    yield* this.#flush(false)
    // The caller may use its buffer again.
    if (this.state === 'going') {
      this.#giveBack()
      this.#in = Uint8Array.from(this.#in.subarray(this.#at))
      this.#at = 0
      if (final) this.state = 'damaged'
    }
  }

  *#flush(slide: boolean): Generator<Uint8Array, void, undefined> {
    if (this.#outAt > this.#outFrom) yield this.#out.slice(this.#outFrom, this.#outAt)
    this.#outFrom = this.#outAt
    if (slide) {
      this.#out.copyWithin(0, this.#outAt - window, this.#outAt)
      this.#outAt = window
      this.#outFrom = window
    }
  }

  /** False: it needs more input. */
  #step(final: boolean): boolean {
    const here = this.#in.length - this.#at
    if (this.#block === 'header') {
      if (this.#last) return this.#finish()
      if (!final && here < headerNeeds && !this.#isSmallHeader(here)) return false
      return this.#header()
    }
    if (this.#block === 'stored') return this.#stored()
    if (!final && here < symbolNeeds) return false
    return this.#codes(final ? this.#in.length : this.#in.length - symbolNeeds)
  }

  /** A block with fixed codes or stored bytes has a header of at most five bytes. */
  #isSmallHeader(here: number): boolean {
    if (here < 8) return false
    const first = this.#bitCount >= 3 ? this.#bits : this.#bits | ((this.#in[this.#at] ?? 0) << this.#bitCount)
    return ((first >> 1) & 3) !== 2
  }

  /** Whole bytes in the bit buffer go back: they belong to what follows, and no push leaves some for the next. */
  #giveBack(): void {
    this.#at -= this.#bitCount >> 3
    this.#bitCount &= 7
    this.#bits &= (1 << this.#bitCount) - 1
  }

  #finish(): boolean {
    this.#giveBack()
    this.#bits = 0
    this.#bitCount = 0
    this.state = 'done'
    return false
  }

  #damaged(): false {
    this.#giveBack()
    this.state = 'damaged'
    return false
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      if (this.#at >= this.#in.length) {
        this.#dry = true
        return 0
      }
      this.#bits |= (this.#in[this.#at] ?? 0) << this.#bitCount
      this.#at += 1
      this.#bitCount += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#bitCount -= count
    return value
  }

  #header(): boolean {
    this.#last = this.#take(1) === 1
    const type = this.#take(2)
    if (this.#dry) return this.#damaged()
    if (type === 0) return this.#storedHeader()
    if (type === 1) {
      this.#literals = fixedLiterals
      this.#distances = fixedDistances
    } else if (type === 3 || !this.#dynamic()) return this.#damaged()
    this.#block = 'codes'
    return true
  }

  #storedHeader(): boolean {
    this.#take(this.#bitCount & 7)
    const length = this.#take(16)
    const check = this.#take(16)
    if (this.#dry || (length ^ 0xffff) !== check) return this.#damaged()
    this.#storedLeft = length
    this.#block = 'stored'
    return true
  }

  #stored(): boolean {
    while (this.#storedLeft > 0 && this.#bitCount > 0) {
      this.#out[this.#outAt++] = this.#take(8)
      this.#storedLeft -= 1
    }
    const room = Math.min(this.#storedLeft, this.#in.length - this.#at, outSize - window - this.#outAt)
    if (room > 0) {
      this.#out.set(this.#in.subarray(this.#at, this.#at + room), this.#outAt)
      this.#at += room
      this.#outAt += room
      this.#storedLeft -= room
    }
    if (this.#storedLeft === 0) {
      this.#block = 'header'
      return true
    }
    return this.#at < this.#in.length
  }

  #dynamic(): boolean {
    const literalCount = this.#take(5) + 257
    const distanceCount = this.#take(5) + 1
    const lengthCount = this.#take(4) + 4
    if (literalCount > 286 || distanceCount > 30) return false
    const lengthLengths = new Uint8Array(19)
    for (let at = 0; at < lengthCount; at += 1) lengthLengths[lengthOrder[at] ?? 0] = this.#take(3)
    const lengthTable = codeTable(lengthLengths, false)
    if (lengthTable === null) return false
    const lengths = new Uint8Array(literalCount + distanceCount)
    let at = 0
    while (at < lengths.length) {
      const symbol = this.#symbol(lengthTable)
      if (symbol < 0) return false
      if (symbol < 16) {
        lengths[at] = symbol
        at += 1
        continue
      }
      if (symbol === 16 && at === 0) return false
      const repeated = symbol === 16 ? (lengths[at - 1] ?? 0) : 0
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (at + times > lengths.length) return false
      lengths.fill(repeated, at, at + times)
      at += times
    }
    if (this.#dry || lengths[256] === 0) return false
    this.#literals = codeTable(lengths.subarray(0, literalCount), true)
    this.#distances = codeTable(lengths.subarray(literalCount), true)
    return this.#literals !== null && this.#distances !== null
  }

  /** -1 when no code fits or the input is dry. */
  #symbol(table: CodeTable): number {
    while (this.#bitCount < table.bits && this.#at < this.#in.length) {
      this.#bits |= (this.#in[this.#at] ?? 0) << this.#bitCount
      this.#at += 1
      this.#bitCount += 8
    }
    const entry = table.entries[this.#bits & ((1 << table.bits) - 1)] ?? 0
    const length = entry & 15
    if (length === 0 || length > this.#bitCount) return -1
    this.#bits >>>= length
    this.#bitCount -= length
    return entry >> 4
  }

  #codes(stopAt: number): boolean {
    const literals = this.#literals
    const distances = this.#distances
    if (literals === null || distances === null) return this.#damaged()
    const out = this.#out
    while (this.#outAt < outSize - window && this.#at <= stopAt) {
      const symbol = this.#symbol(literals)
      if (symbol < 0) return this.#damaged()
      if (symbol < 256) {
        out[this.#outAt++] = symbol
        continue
      }
      if (symbol === 256) {
        this.#block = 'header'
        return true
      }
      if (symbol > 285) return this.#damaged()
      const length = (lengthBase[symbol - 257] ?? 0) + this.#take(lengthExtra[symbol - 257] ?? 0)
      const code = this.#symbol(distances)
      if (code < 0 || code > 29) return this.#damaged()
      const distance = (distanceBase[code] ?? 0) + this.#take(distanceExtra[code] ?? 0)
      if (this.#dry || distance > this.#outAt) return this.#damaged()
      let from = this.#outAt - distance
      for (let end = this.#outAt + length; this.#outAt < end; ) out[this.#outAt++] = out[from++] ?? 0
    }
    return this.#at <= stopAt || this.#outAt >= outSize - window
  }
}
