import { dataUrlAt } from './data-url.ts'
import { decode, type Encoding } from './decode.ts'
import { type Find, findOf } from './find.ts'
import { magicOf } from './magic.ts'
import { numberListAt } from './oddities.ts'
import { gapOf, goesOn, shortestPiece } from './pieces.ts'
import { isTextByte, mayBeginMagic, mayBeginText } from './prefilter.ts'
import { lettersOfMediumAt, rawTextAt } from './raw-text.ts'
import { extentOf, hashLengths, type Run, runAt, wrappedBlockEnd } from './runs.ts'
import { base64Value, skip, Units } from './units.ts'
import { uuencodedAt } from './uuencode.ts'

/** Longer than any perceptual hash in use (PhotoDNA: 144 bytes), so a four-byte signature is no accident. */
const longerThanHashes = 200
const shortestMedium = 24
const maxNesting = 3

const base64Signatures = /[/_]9j[/_]|iVBORw0KGgo|R0lGOD[dl]h|UklGR|SUkqA|TU0AK|AAAA.GZ0eX|GkXfo|JVBERi|OEJQUw|UEsDB/g
const hexSignatures = /ffd8ff[ce][0-9a-f]|ffd8ffdb|89504e470d0a1a0a|474946383[79]61|52494646.{8}57454250/gi

/** Places that begin like media and are none. An honest file has a few by accident; testing each costs time. */
const maxFalseBeginnings = 500_000

/** Finds encoded media in any text, whatever the format: JSON, XML, CSV, mail. Linear in the length of the text. */
export class Scan {
  readonly finds: Find[] = []
  /** So many places begin like media that the file must be refused: the search was ended. */
  overrun = false
  readonly #bytes: Uint8Array
  readonly #units: Units
  readonly #maxOpaque: number
  readonly #nesting: number
  /** Nothing but quotes, commas and brackets stood since the last find: pieces of one picture in a list. */
  #adjacent = false
  #pieceLength = 0
  /** The find before, if it was a run: what stood before it, and how long its first line was. */
  #last: { readonly end: number; readonly symbols: number; readonly gap: string | null } | null = null
  #wrapTestedTo = 0
  #falseBeginnings = 0

  constructor(bytes: Uint8Array, maxOpaque: number, nesting = 0) {
    this.#bytes = bytes
    this.#units = new Units(bytes)
    this.#maxOpaque = maxOpaque
    this.#nesting = nesting
  }

  run(): readonly Find[] {
    const bytes = this.#bytes
    const units = this.#units
    let at = 0
    while (at < bytes.length && !this.overrun) {
      const code = units.read(at)
      if (base64Value(code) < 0) {
        const find = code === 0x5b || code === 0x7b ? numberListAt(bytes, at) : rawTextAt(bytes, at, this.#lookedAtText)
        if (find !== null) at = this.#keep(find)
        else {
          if (code !== skip && !isPieceSeparator(code)) this.#adjacent = false
          at += units.length
        }
        continue
      }
      const run = this.#runAt(at)
      const find = this.#findAt(run)
      if (find !== null) at = this.#keep(find, run)
      else {
        this.#adjacent = false
        at = run.end
      }
    }
    return this.finds
  }

  /** `0x` before hex digits, as databases write their bytes, is no part of them. */
  #runAt(at: number): Run {
    const run = runAt(this.#units, at)
    if (run.hex || run.symbols < 48 || this.#bytes[at] !== 0x30 || this.#bytes[at + 1] !== 0x78) return run
    const digits = runAt(this.#units, at + 2)
    return digits.hex ? digits : run
  }

  readonly #lookedAtText = (): void => this.#looked(4)

  #looked(cost: number): void {
    this.#falseBeginnings += cost
    if (this.#falseBeginnings > maxFalseBeginnings) this.overrun = true
  }

  #keep(find: Find, run?: Run): number {
    const gap = this.#last === null ? null : gapOf(this.#bytes, this.#last.end, find.start)
    this.#last = run === undefined ? null : { end: find.end, symbols: run.symbols, gap }
    this.finds.push(find)
    this.#falseBeginnings = Math.max(0, this.#falseBeginnings - 1)
    this.#adjacent = true
    return find.end
  }

  #findAt(run: Run): Find | null {
    if (run.symbols === 4) {
      const find = dataUrlAt(this.#bytes, run)
      if (find !== null) return find
    }
    return (
      (run.symbols <= 16 ? this.#letters(run) : null) ??
      this.#known(run, 'base64') ??
      this.#known(run, 'hex') ??
      this.#nested(run) ??
      this.#inside(run) ??
      this.#opaque(run) ??
      this.#piece(run)
    )
  }

  #letters(run: Run): Find | null {
    if (run.symbols === 5 && this.#bytes[run.start] === 0x62) {
      const find = uuencodedAt(this.#bytes, run.start, this.#maxOpaque)
      if (find !== null) return find
    }
    return lettersOfMediumAt(this.#bytes, run.start, this.#lookedAtText)
  }

  /** A known medium begins exactly here. */
  #known(run: Run, encoding: Encoding): Find | null {
    const hex = encoding === 'hex'
    if (hex && !run.hex) return null
    if (!mayBeginMagic(this.#units, run.start, hex)) return null
    return this.#knownFrom(run, run.start, encoding)
  }

  #knownFrom(run: Run, mediumStart: number, encoding: Encoding): Find | null {
    const start = run.start
    this.#looked(1)
    const beginning = decode(this.#bytes, mediumStart, this.#bytes.length, encoding, 40)
    if (beginning.length < shortestMedium) return null
    // Only a drawing in XML needs more than its first bytes.
    const isMarkup = beginning[0] === 0x3c
    const magic = magicOf(isMarkup ? decode(this.#bytes, mediumStart, this.#bytes.length, encoding, 512) : beginning)
    if (magic === null) return null
    // One hash a line: that the lines together are long proves nothing about the first of them.
    if (magic.fixed < 6 && hashLengths.has(run.symbols)) return null
    const end = extentOf(this.#units, mediumStart, encoding === 'hex')
    const decoded = decode(this.#bytes, mediumStart, end, encoding)
    if (decoded.length < shortestMedium) return null
    const needed = Math.ceil(longerThanHashes / 0.75)
    const isLong = decoded.length >= longerThanHashes || (encoding === 'base64' && goesOn(this.#units, run, needed))
    if (magic.fixed < 6 && !isLong) return null
    return findOf(start, end, decoded, magic.type, `${encoding} text holds ${magic.type}`)
  }

  /** Encoded text that holds encoded media: base64 of base64, a JSON document in base64. */
  #nested(run: Run): Find | null {
    if (this.#nesting >= maxNesting || run.symbols < 48) return null
    const encoding: Encoding = run.hex ? 'hex' : 'base64'
    if (!mayBeginText(this.#units, run.start, run.hex)) return null
    if (!isText(decode(this.#bytes, run.start, run.end, encoding, 48))) return null
    const line = decode(this.#bytes, run.start, run.end, encoding)
    if (this.#scanInside(line).length === 0) return null
    const end = extentOf(this.#units, run.start, run.hex)
    const [inner] = this.#scanInside(decode(this.#bytes, run.start, end, encoding))
    if (inner === undefined) return null
    return { ...inner, start: run.start, end, why: `encoded more than once; ${inner.why}` }
  }

  #scanInside(decoded: Uint8Array): readonly Find[] {
    return new Scan(decoded, this.#maxOpaque, this.#nesting + 1).run()
  }

  /** A known medium begins somewhere inside a long run: a prefix was put before it. */
  #inside(run: Run): Find | null {
    if (run.symbols < longerThanHashes * 1.5) return null
    const text = this.#textOf(run)
    for (const { index } of text.matchAll(run.hex ? hexSignatures : base64Signatures)) {
      if (index === 0 || (run.hex && index % 2 === 1)) continue
      const find = this.#knownFrom(run, this.#positionOf(run, index), run.hex ? 'hex' : 'base64')
      if (find !== null) return find
    }
    return null
  }

  #textOf(run: Run): string {
    if (run.plain)
      return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + run.start, run.symbols).toString('latin1')
    const codes = new Uint8Array(run.symbols)
    let at = run.start
    for (let index = 0; index < run.symbols; index += 1) {
      codes[index] = this.#units.read(at)
      at += this.#units.length
    }
    return Buffer.from(codes.buffer).toString('latin1')
  }

  #positionOf(run: Run, index: number): number {
    if (run.plain) return run.start + index
    let at = run.start
    for (let count = 0; count < index; count += 1) {
      this.#units.read(at)
      at += this.#units.length
    }
    return at
  }

  /** Much encoded data of no known type: nobody can say that it is no picture. */
  #opaque(run: Run): Find | null {
    const encoding: Encoding = run.hex ? 'hex' : 'base64'
    const length = run.hex ? run.symbols / 2 : run.symbols * 0.75
    if (length > this.#maxOpaque && this.#distinct(run) >= (run.hex ? 8 : 12)) {
      return this.#opaqueFind(run.start, extentOf(this.#units, run.start, run.hex), encoding)
    }
    if (run.hex || !run.mixed || run.symbols < 48 || run.symbols > 128 || run.start < this.#wrapTestedTo) return null
    if (this.#units.read(run.end) !== skip) return null
    const block = wrappedBlockEnd(this.#units, run)
    this.#wrapTestedTo = block.end
    return block.symbols * 0.75 > this.#maxOpaque ? this.#opaqueFind(run.start, block.end, 'base64') : null
  }

  #opaqueFind(start: number, end: number, encoding: Encoding): Find {
    const decoded = decode(this.#bytes, start, end, encoding)
    const why = `${encoding} text of more than ${this.#maxOpaque} bytes and of no known type`
    return findOf(start, end, decoded, 'application/octet-stream', why)
  }

  #distinct(run: Run): number {
    const seen = new Set<number>()
    for (let at = run.start; at < run.end && seen.size < 16; at += this.#units.length) seen.add(this.#units.read(at))
    return seen.size
  }

  /** The next piece of a picture that was cut into a list of texts. A hash that follows a picture is no piece of it. */
  #piece(run: Run): Find | null {
    if (run.hex || run.symbols < 4) return null
    if (!this.#isOneOfARow(run) && (!this.#adjacent || run.symbols < shortestPiece)) return null
    if (hashLengths.has(run.symbols) && run.symbols !== this.#pieceLength && run.symbols !== this.#last?.symbols)
      return null
    this.#pieceLength = run.symbols
    const end = extentOf(this.#units, run.start, false)
    const decoded = decode(this.#bytes, run.start, end, 'base64')
    return findOf(run.start, end, decoded, 'application/octet-stream', 'directly follows encoded media: a piece of it')
  }

  /** As long as the piece before and as near; the last one may be shorter when all stands as between those before. */
  #isOneOfARow(run: Run): boolean {
    if (this.#last === null) return false
    const gap = gapOf(this.#bytes, this.#last.end, run.start)
    if (gap === null) return false
    if (run.symbols === this.#last.symbols) return run.symbols >= shortestPiece
    const isLast = run.symbols < this.#last.symbols && gap === this.#last.gap
    return isLast && (run.symbols >= shortestPiece || this.#units.read(run.end) === 0x3d)
  }
}

const isPieceSeparator = (code: number): boolean =>
  code === 0x22 || code === 0x27 || code === 0x2c || code === 0x3d || code === -1

const isText = (bytes: Uint8Array): boolean => bytes.every(isTextByte)
