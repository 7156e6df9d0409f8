import { sequenceLength } from '../json/utf8.ts'
import { type Find, findOf } from './find.ts'
import { magicOf } from './magic.ts'

const shortest = 24

/** A list of byte values, `[255,216,255,...]`, as programs print their buffers. `at` is the bracket. */
export function numberListAt(bytes: Uint8Array, at: number): Find | null {
  const head = numbers(bytes, at + 1, 512)
  if (head.values.length < shortest || magicOf(Uint8Array.from(head.values)) === null) return null
  const all = numbers(bytes, at + 1, Number.POSITIVE_INFINITY)
  const decoded = Uint8Array.from(all.values)
  const type = magicOf(decoded.subarray(0, 512))?.type ?? 'application/octet-stream'
  return { ...findOf(at + 1, all.end, decoded, type, `list of byte values holds ${type}`), quoted: true }
}

/** Whole numbers 0-255 separated by commas; ends after the last one that fits. */
function numbers(bytes: Uint8Array, from: number, max: number): { values: number[]; end: number } {
  const values: number[] = []
  let at = from
  let end = from
  while (values.length < max) {
    while (isBlank(bytes[at])) at += 1
    let value = -1
    for (let digits = 0; digits < 4 && isDigit(bytes[at]); digits += 1) {
      value = Math.max(value, 0) * 10 + (bytes[at] ?? 0) - 0x30
      at += 1
    }
    if (value < 0 || value > 255) break
    values.push(value)
    end = at
    while (isBlank(bytes[at])) at += 1
    if (bytes[at] !== 0x2c) break
    at += 1
  }
  return { values, end }
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** Raw bytes written as Latin-1 characters: `\u00ff\u00d8\u00ff\u00e0` or their UTF-8 form. Up to the closing quote. */
export function binaryStringAt(bytes: Uint8Array, at: number): Find | null {
  const byte = bytes[at]
  const mayBegin = (byte === 0x5c && bytes[at + 1] === 0x75) || byte === 0xc3 || byte === 0xc2
  if (!mayBegin) return null
  const [a, b] = characters(bytes, at, 2).values
  if (!((a === 0xff && b === 0xd8) || (a === 0x89 && b === 0x50))) return null
  const head = characters(bytes, at, 64)
  if (head.values.length < shortest) return null
  const magic = magicOf(Uint8Array.from(head.values))
  if (magic === null) return null
  const all = characters(bytes, at, Number.POSITIVE_INFINITY)
  return findOf(at, all.end, Uint8Array.from(all.values), magic.type, `text of raw bytes holds ${magic.type}`)
}

const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
])

function characters(bytes: Uint8Array, from: number, max: number): { values: number[]; end: number } {
  const values: number[] = []
  let at = from
  while (at < bytes.length && values.length < max) {
    const byte = bytes[at] ?? 0
    if (byte === 0x22 || byte === 0x3c) break
    if (byte === 0x5c && bytes[at + 1] === 0x75) {
      values.push(Number.parseInt(Buffer.from(bytes.slice(at + 2, at + 6)).toString('latin1'), 16) & 0xff)
      at += 6
    } else if (byte === 0x5c) {
      values.push(escapes.get(bytes[at + 1] ?? 0) ?? bytes[at + 1] ?? 0)
      at += 2
    } else if (byte === 0xc2 || byte === 0xc3) {
      values.push(((byte & 3) << 6) | ((bytes[at + 1] ?? 0) & 0x3f))
      at += 2
    } else {
      values.push(byte)
      at += Math.max(1, sequenceLength(bytes, at))
    }
  }
  return { values, end: Math.min(at, bytes.length) }
}
