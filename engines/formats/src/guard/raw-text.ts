import { type Find, findOf } from './find.ts'
import { magicOf } from './magic.ts'
import { mayBeginWith } from './prefilter.ts'
import { hexValue } from './units.ts'

/** How bytes above ASCII are written: behind a backslash or as characters, `=FF` (RFC 2045 section 6.7), `%FF`. */
type Style = 'characters' | 'quoted-printable' | 'percent'

const shortest = 24
const headLength = 64
const quote = 0x22
const apostrophe = 0x27

/**
 * Raw bytes of a medium written as text: `\u00ff\u00d8`, `\xff\xd8`, their UTF-8 form, `=FF=D8`, `%FF%D8`. `looked` is
 * told of each place that had to be looked at more closely.
 */
export function rawTextAt(bytes: Uint8Array, at: number, looked: () => void): Find | null {
  const style = styleOf(bytes[at] ?? 0)
  return style === null ? null : findAs(bytes, at, style, looked)
}

/** The same for a medium whose first bytes are letters: GIF, RIFF, TIFF, ... */
export function lettersOfMediumAt(bytes: Uint8Array, at: number, looked: () => void): Find | null {
  if (bytes[at] !== 0x25 && !mayBeginWith(bytes[at] ?? 0, bytes[at + 1] ?? 0)) return null
  // Every medium has bytes near its beginning that are no letters: how they are written tells the style.
  for (let near = at; near < at + 16; near += 1) {
    const style = styleOf(bytes[near] ?? 0)
    if (style !== null) return findAs(bytes, at, style, looked)
  }
  return null
}

function styleOf(byte: number): Style | null {
  if (byte === 0x3d) return 'quoted-printable'
  if (byte === 0x25) return 'percent'
  return byte === 0x5c || byte === 0xc2 || byte === 0xc3 || byte === 0xe2 ? 'characters' : null
}

function findAs(bytes: Uint8Array, at: number, style: Style, looked: () => void): Find | null {
  const [first = 0, second = 0] = decoded(bytes, at, style, 2).values
  // A drawing is text as it stands, and escaped HTML is everywhere.
  if (first === 0x3c || !mayBeginWith(first, second)) return null
  looked()
  const head = Uint8Array.from(decoded(bytes, at, style, headLength).values)
  if (head.length < shortest) return null
  const magic = magicOf(head)
  // A text that speaks of "GIF89a" is none.
  if (magic === null || head.filter(isNoText).length < head.length / 8) return null
  const { values, end } = decoded(bytes, at, style, Number.POSITIVE_INFINITY)
  return findOf(at, end, Uint8Array.from(values), magic.type, `text of raw bytes (${style}) holds ${magic.type}`)
}

const isNoText = (byte: number): boolean => byte >= 0x7f || byte < 9 || (byte > 13 && byte < 0x20)

function decoded(bytes: Uint8Array, from: number, style: Style, max: number): { values: number[]; end: number } {
  const closing = bytes[from - 1] === apostrophe ? apostrophe : quote
  const values: number[] = []
  let hasLines = false
  let at = from
  while (at < bytes.length && values.length < max) {
    const byte = bytes[at] ?? 0
    if (byte === 0x0a || (byte === 0x3d && (bytes[at + 1] === 0x0d || bytes[at + 1] === 0x0a))) hasLines = true
    if (endsAt(bytes, at, style, closing, hasLines)) {
      // A quote that is doubled is one of the text (RFC 4180 section 2).
      if (byte !== closing || bytes[at + 1] !== closing || style === 'percent') break
      at += 1
    }
    at = style === 'characters' ? character(bytes, at, values) : escaped(bytes, at, style, values)
  }
  return { values, end: Math.min(at, bytes.length) }
}

function endsAt(bytes: Uint8Array, at: number, style: Style, closing: number, hasLines: boolean): boolean {
  const byte = bytes[at] ?? 0
  if (style === 'percent') return byte <= 0x20 || byte >= 0x7f || byte === closing || byte === 0x3c || byte === 0x26
  // Mail knows quotes as part of the text, and ends at a boundary.
  if (style === 'quoted-printable' && hasLines) return byte === 0x0a && bytes[at + 1] === 0x2d && bytes[at + 2] === 0x2d
  return byte === closing || (byte === 0x3c && bytes[at + 1] === 0x2f && isLetter(bytes[at + 2] ?? 0))
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a

function escaped(bytes: Uint8Array, at: number, style: Style, values: number[]): number {
  const byte = bytes[at] ?? 0
  if (byte === (style === 'percent' ? 0x25 : 0x3d)) {
    const value = number(bytes, at + 1, 2, 16)
    if (value >= 0) {
      values.push(value)
      return at + 3
    }
    if (bytes[at + 1] === 0x0a) return at + 2
    if (bytes[at + 1] === 0x0d) return at + 3
  }
  values.push(byte)
  return at + 1
}

const letters: ReadonlyMap<number, number> = new Map(
  [...'n\nr\rt\tb\bf\fv\v'].map((text, at, all) => [text.charCodeAt(0), (all[at + 1] ?? text).charCodeAt(0)]),
)

function character(bytes: Uint8Array, at: number, values: number[]): number {
  const byte = bytes[at] ?? 0
  if (byte === 0x5c) return behindBackslash(bytes, at, values)
  const length = byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
  if (length === 1) values.push(byte)
  else if (byte === 0xc2 || byte === 0xc3) values.push(((byte & 3) << 6) | ((bytes[at + 1] ?? 0) & 0x3f))
  else values.push(windows1252.get(Buffer.from(bytes.slice(at, at + length)).toString()) ?? 0xff)
  return at + length
}

function behindBackslash(bytes: Uint8Array, at: number, values: number[]): number {
  const letter = bytes[at + 1] ?? 0
  const digits = letter === 0x75 ? 4 : letter === 0x78 ? 2 : 0
  const hex = digits === 0 ? -1 : number(bytes, at + 2, digits, 16)
  if (hex >= 0) {
    values.push(hex & 0xff)
    return at + 2 + digits
  }
  const octal = number(bytes, at + 1, 3, 8)
  if (octal >= 0) {
    values.push(octal & 0xff)
    return at + 4
  }
  values.push(letter === 0x30 ? 0 : (letters.get(letter) ?? letter))
  return at + 2
}

function number(bytes: Uint8Array, from: number, digits: number, base: number): number {
  let value = 0
  for (let at = from; at < from + digits; at += 1) {
    const digit = hexValue(bytes[at] ?? 0)
    if (digit < 0 || digit >= base) return -1
    value = value * base + digit
  }
  return value
}

/** What Windows programs make of the bytes 0x80 to 0x9f. */
const windows1252 = new Map(
  Array.from({ length: 32 }, (_, at) => [new TextDecoder('windows-1252').decode(Uint8Array.of(0x80 + at)), 0x80 + at]),
)
