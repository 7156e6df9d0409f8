import { type Find, findOf } from './find.ts'
import { magicOf } from './magic.ts'
import { hexValue } from './units.ts'

const shortest = 24

/**
 * Byte values as programs print their buffers: `[255,216,...]`, signed as Java does, `{0xff, 0xd8, ...}`, or with the
 * place as key, as JSON of a typed array. `at` is the bracket.
 */
export function numberListAt(bytes: Uint8Array, at: number): Find | null {
  const head = numbers(bytes, at + 1, 512)
  if (head.values.length < shortest || magicOf(Uint8Array.from(head.values)) === null) return null
  const all = numbers(bytes, at + 1, Number.POSITIVE_INFINITY)
  const decoded = Uint8Array.from(all.values)
  const type = magicOf(decoded.subarray(0, 512))?.type ?? 'application/octet-stream'
  const find = findOf(at + 1, all.end, decoded, type, `list of byte values holds ${type}`)
  return { ...find, quoted: true, keyed: all.keyed }
}

/** Whole numbers that fit a byte, separated by commas; ends after the last one that fits. */
function numbers(bytes: Uint8Array, from: number, max: number): { values: number[]; end: number; keyed: boolean } {
  const values: number[] = []
  let [at, end, keyed] = [from, from, false]
  while (values.length < max) {
    let item = numberAt(bytes, at)
    if (item !== null && bytes[item.end] === 0x3a) {
      keyed = true
      item = numberAt(bytes, item.end + 1)
    } else if (item !== null && item.value > 255) break
    if (item === null || item.value > 255 || item.value < -128) break
    values.push(item.value & 0xff)
    end = item.solid
    if (bytes[item.end] !== 0x2c) break
    at = item.end + 1
  }
  return { values, end, keyed }
}

/** One number, perhaps in quotes; `end` is behind the blanks that follow it, `solid` before them. */
function numberAt(bytes: Uint8Array, from: number): { value: number; solid: number; end: number } | null {
  let at = afterBlanks(bytes, from)
  const quote = bytes[at] === 0x22
  if (quote) at += 1
  const sign = bytes[at] === 0x2d ? -1 : 1
  if (sign < 0) at += 1
  const base = bytes[at] === 0x30 && ((bytes[at + 1] ?? 0) | 0x20) === 0x78 ? 16 : 10
  if (base === 16) at += 2
  const start = at
  let value = 0
  for (let digit = hexValue(bytes[at] ?? 0); digit >= 0 && digit < base && at < start + 9; ) {
    value = value * base + digit
    at += 1
    digit = hexValue(bytes[at] ?? 0)
  }
  if (at === start || (quote && bytes[at] !== 0x22)) return null
  if (quote) at += 1
  return { value: sign * value, solid: at, end: afterBlanks(bytes, at) }
}

function afterBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at += 1
  return at
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
