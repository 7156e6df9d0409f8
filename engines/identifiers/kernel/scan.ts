/**
 * Finds the few bytes of a text at which an identifier may stand, sixteen at a time. It decides nothing: it drops only
 * what src/extract/scan.ts, which says the same in plain words, would look at and leave. A test holds the two together.
 *
 * One memory: tables written by the host, the events, then the text. Positions count from the start of the text.
 *
 *   event    position (4 bytes), kind in the low 4 bits and length of the word before it above them (4 bytes)
 */

const CLASSES: usize = 0
const FILTER: usize = 256
const EVENTS: usize = FILTER + 16384
const CAPACITY: u32 = 8192
const TEXT: usize = 82432

// Classes of bytes, as in src/extract/bytes.ts.
const AT: u32 = 3
const DOT: u32 = 4
const COLON: u32 = 5
const HASH: u32 = 6
const BRACKET: u32 = 7
const PERCENT: u32 = 8
const SLASH: u32 = 9

// Kinds of events that are no class of a byte.
const NUMBER: u32 = 2
const WORD: u32 = 11
const LONG: u32 = 12
const IBAN: u32 = 13

const LONGEST_WORD: i32 = 11
const SHORTEST_RUN: i32 = 14
const LONGEST_RUN: i32 = 4096

export function classesAt(): usize { return CLASSES }
export function filterAt(): usize { return FILTER }
export function eventsAt(): usize { return EVENTS }
export function textAt(): usize { return TEXT }

let count: u32 = 0
let last: i32 = 0
export function eventCount(): u32 { return count }
export function lastSeparator(): i32 { return last }

@inline function byteAt(position: i32): u32 { return load<u8>(TEXT + <usize>position) }
@inline function isDigit(byte: u32): bool { return byte - 48 < 10 }
@inline function isLetter(byte: u32): bool { return (byte | 32) - 97 < 26 }
@inline function isAlnum(byte: u32): bool { return isLetter(byte) || isDigit(byte) }
@inline function isHex(byte: u32): bool { return isDigit(byte) || (byte | 32) - 97 < 6 }

@inline function emit(position: i32, kind: u32, length: i32): void {
  const at = EVENTS + <usize>(count << 3)
  store<u32>(at, <u32>position)
  store<u32>(at, kind | (<u32>length << 4), 4)
  count += 1
}

/** Looks from `from` up to `limit`, or as far as there is room for events; gives the place where it stopped. */
export function scan(from: i32, limit: i32, separator: i32): i32 {
  count = 0
  last = separator
  const fold = i8x16.splat(32)
  for (let at = from; at < limit; at += 16) {
    // A block brings at most three events for each of its bytes.
    if (count + 48 > CAPACITY) return at
    const text = v128.load(TEXT + <usize>at)
    const digits = i8x16.lt_u(i8x16.sub(text, i8x16.splat(48)), i8x16.splat(10))
    const letters = i8x16.lt_u(i8x16.sub(v128.or(text, fold), i8x16.splat(97)), i8x16.splat(26))
    const marks = i8x16.eq(text, i8x16.splat(95))
    const digitBits = <u32>i8x16.bitmask(digits)
    const wordBits = <u32>i8x16.bitmask(v128.or(v128.or(digits, letters), marks))
    const before: u32 = last != at - 1 ? 1 : 0
    const valid: u32 = limit - at < 16 ? (1 << (limit - at)) - 1 : 0xffff
    let bits = (~wordBits | (digitBits & ~((wordBits << 1) | before))) & valid
    while (bits != 0) {
      const bit = ctz(bits)
      bits &= bits - 1
      const position = at + <i32>bit
      if ((digitBits >> bit) & 1) number(position)
      else separated(position)
    }
  }
  return limit
}

@inline function separated(position: i32): void {
  const length = position - last - 1
  const byte = byteAt(position)
  if (length > 1) {
    if (length <= LONGEST_WORD) {
      const start = last + 1
      if (load<u8>(FILTER + <usize>wordKey(start, position, length)) != 0) emit(position, WORD, length)
      if (length == 4 && byte == 32 && isIbanHead(start)) emit(position, IBAN, length)
    } else if (length >= SHORTEST_RUN && length <= LONGEST_RUN) {
      emit(position, LONG, length)
    }
  }
  const kind = <u32>load<u8>(CLASSES + <usize>byte)
  if (kind > NUMBER && isAnchor(position, kind, length)) emit(position, kind, length)
  last = position
}

/** Length, first, second and last letter of a word, mixed into 14 bits. */
@inline function wordKey(start: i32, end: i32, length: i32): u32 {
  const letters = (byteAt(start) & 31) | ((byteAt(start + 1) & 31) << 5) | ((byteAt(end - 1) & 31) << 10)
  return (letters ^ (letters >> 7) ^ (<u32>length * 1237)) & 16383
}

@inline function isIbanHead(start: i32): bool {
  return byteAt(start) - 65 < 26 && byteAt(start + 1) - 65 < 26 && isDigit(byteAt(start + 2)) && isDigit(byteAt(start + 3))
}

function isAnchor(position: i32, kind: u32, length: i32): bool {
  const next = byteAt(position + 1)
  switch (kind) {
    case AT:
      return isAlnum(next) || next == 95 || next > 127
    case DOT: {
      const before = byteAt(position - 1)
      // Between digits only a network address in three groups of four can stand.
      if (isDigit(before) && isDigit(next) && length != 4) return false
      return (isAlnum(next) || next > 127) && (isAlnum(before) || before > 127)
    }
    case COLON:
      if (next == 47) return byteAt(position + 2) == 47
      return next == 58 || (isHex(next) && (length == 0 || isHex(byteAt(position - 1))) && hasTwoMore(position + 1))
    case HASH:
      return isDigit(next) && isDigit(byteAt(position + 4))
    case BRACKET:
      return next == 46 || next == 64 || next == 58 || (next | 32) == 97 || (next | 32) == 100
    case PERCENT:
      return next == 52 && byteAt(position + 2) == 48
    case SLASH:
      return length == 1
    default:
      if (length == 8) return byteAt(position + 5) == 45
      if (length == 2) return byteAt(position + 3) == 45 && byteAt(position + 6) == 45
      return next == 45 && byteAt(position + 2) == 45 && byteAt(position + 5) == 66 && byteAt(position - 1) != 45
  }
}

/** Behind a colon: two groups of at most four hex digits, each with a colon behind it. */
@inline function hasTwoMore(position: i32): bool {
  let at = position
  for (let group = 0; group < 2; group++) {
    const end = at + 5
    while (at < end && isHex(byteAt(at))) at++
    if (byteAt(at) != 58) return false
    at++
  }
  return true
}

/** j f m a s o n d: with one of these every month begins. */
@inline function beginsMonth(byte: u32): bool {
  const letter = (byte | 32) - 97
  return letter < 26 && ((1 << letter) & 0b100_0111_0010_0010_1001) != 0
}

@inline function number(position: i32): void {
  // The decimals of a number, or a later part of an address.
  if (byteAt(position - 1) == 46) return
  let end = position + 1
  while (end < position + 7 && isDigit(byteAt(end))) end++
  const length = end - position
  if (length < 7 && !leadsOn(end, length)) return
  emit(position, NUMBER, 0)
}

/** Whether a short row of digits goes on as a longer number, an address, a date or a position. */
function leadsOn(end: i32, length: i32): bool {
  const mark = byteAt(end)
  const next = byteAt(end + 1)
  if (mark == 194) return true
  if (mark == 40 || mark == 41) return true
  if (mark == 32 && next == 40) return true
  if (mark == 32 || mark == 45 || mark == 46 || mark == 47) {
    return isDigit(next) || (length < 3 && (beginsMonth(next) || (next == 32 && beginsMonth(byteAt(end + 2)))))
  }
  return length < 3 && isLetter(mark) && isLetter(next)
}
