import { base64Table, base64Value, hexValue, skip, type Units } from './units.ts'

/** A stretch of base64 characters without white space: a word, a hash, a line, or a whole encoded picture. */
export interface Run {
  readonly start: number
  readonly end: number
  readonly symbols: number
  /** Only hex digits (and dashes). */
  readonly hex: boolean
  /** Lower case, upper case and digits all occur. */
  readonly mixed: boolean
  /** Letters only, at most the first upper case: most likely a word of prose. */
  readonly word: boolean
  /** Each symbol takes one byte. */
  readonly plain: boolean
}

const lower = 1
const upper = 2
const digit = 4
const other = 8
const notHex = 16
const classOf = new Uint8Array(128)
for (let code = 0; code < 128; code += 1) {
  const kind = /[a-z]/.test(String.fromCharCode(code))
    ? lower
    : code >= 65 && code <= 90
      ? upper
      : code >= 48 && code <= 57
        ? digit
        : other
  classOf[code] = kind | (hexValue(code) < 0 && code !== 0x2d ? notHex : 0)
}

export function runAt(units: Units, start: number): Run {
  let at = start
  let symbols = 0
  let first = 0
  let rest = 0
  for (;;) {
    let code = units.byteAt(at)
    if ((base64Table[code] ?? -1) >= 0) at += 1
    else {
      code = units.read(at)
      if (base64Value(code) < 0) break
      at += units.length
    }
    const kind = classOf[code] ?? 0
    if (symbols === 0) first = kind
    else rest |= kind
    symbols += 1
  }
  const all = first | rest
  return {
    start,
    end: at,
    symbols,
    hex: (all & notHex) === 0,
    mixed: (all & 7) === 7,
    word: symbols <= 20 && (first & (digit | other)) === 0 && (rest & ~(lower | notHex)) === 0,
    plain: at - start === symbols,
  }
}

const pad = 0x3d
const maxWordsInside = 12

/**
 * Where an encoded thing that begins at `start` ends: over white space, up to a character outside the alphabet or the
 * padding. Words of prose at its end are left out.
 */
export function extentOf(units: Units, start: number, hex: boolean): number {
  let at = start
  let solid = start
  let words = 0
  for (;;) {
    const code = units.read(at)
    if (code === skip || (hex && (code === 0x3a || code === 0x2d))) {
      at += units.length
      continue
    }
    if (code === pad && at > start) return afterPadding(units, at)
    if (base64Value(code) < 0) return solid
    const run = runAt(units, at)
    if (hex && !run.hex) return solid
    at = run.end
    words = run.word && run.start > start ? words + 1 : 0
    if (words > maxWordsInside) return solid
    if (words === 0 || units.read(at) === pad) solid = at
  }
}

function afterPadding(units: Units, from: number): number {
  let at = from
  while (units.read(at) === pad && at < from + 32) at += units.length
  return at
}

/** End of a block of lines of one length (the last may be shorter), as mail and PEM wrap base64. */
export function wrappedBlockEnd(units: Units, first: Run): { end: number; symbols: number; lines: number } {
  let block = { end: first.end, symbols: first.symbols, lines: 1 }
  for (;;) {
    let at = block.end
    let blanks = 0
    while (units.read(at) === skip && blanks < 8) {
      at += units.length
      blanks += 1
    }
    if (blanks === 0 || base64Value(units.code) < 0) return block
    const line = runAt(units, at)
    if (line.symbols > first.symbols || line.hex || line.word) return block
    const last = line.symbols < first.symbols || units.read(line.end) === pad
    block = {
      end: last ? afterPadding(units, line.end) : line.end,
      symbols: block.symbols + line.symbols,
      lines: block.lines + 1,
    }
    if (last) return block
  }
}

/** Lengths of MD5 to SHA-512, PDQ, TLSH and PhotoDNA (144 bytes), as hex and as base64 with and without padding. */
export const hashLengths: ReadonlySet<number> = new Set([
  22, 24, 27, 28, 32, 38, 40, 43, 44, 48, 56, 64, 70, 72, 86, 88, 96, 128, 192, 288,
])
