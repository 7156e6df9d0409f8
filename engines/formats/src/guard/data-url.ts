import { decode } from './decode.ts'
import { type Find, findOf } from './find.ts'
import { magicOf } from './magic.ts'
import { extentOf, type Run } from './runs.ts'
import { base64Value, Units } from './units.ts'

const header = /^:((?:[a-z0-9.+*-]|\\*\/|%2f|&#(?:x2f|47);)*)((?:;[^,;"'<>\s]*)*),/i
const harmless = /^(?:text\/(?:plain|csv)|application\/json)?$/i

/**
 * `data:image/jpeg;base64,...`: everything after the comma goes, whatever it claims to be. The comma and what stands
 * before it stay, so that a CSV row keeps its columns.
 */
export function dataUrlAt(bytes: Uint8Array, run: Run): Find | null {
  const text = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + run.start,
    Math.min(300, bytes.length - run.start),
  ).toString('latin1')
  if (!/^data:/i.test(text)) return null
  const match = header.exec(text.slice(4))
  if (match === null) return null
  const [whole, type = '', parameters = ''] = match
  const declared = type
    .replace(/\\/g, '')
    .replace(/%2f|&#(?:x2f|47);/gi, '/')
    .toLowerCase()
  const start = run.start + 4 + whole.length
  return /;base64/i.test(parameters) ? encoded(bytes, start, declared) : percentEncoded(bytes, start, declared)
}

function encoded(bytes: Uint8Array, start: number, declared: string): Find | null {
  const units = new Units(bytes)
  if (base64Value(units.read(start)) < 0) return null
  const end = extentOf(units, start, false)
  const decoded = decode(bytes, start, end, 'base64')
  const found = magicOf(decoded.subarray(0, 512))?.type
  if (found === undefined && harmless.test(declared)) return null
  return findOf(start, end, decoded, found ?? typeOf(declared), 'data URL')
}

function percentEncoded(bytes: Uint8Array, start: number, declared: string): Find | null {
  if (harmless.test(declared)) return null
  let end = start
  while (end < bytes.length && !isEnd(bytes[end] ?? 0)) end += bytes[end] === 0x5c ? 2 : 1
  end = Math.min(end, bytes.length)
  return end === start ? null : findOf(start, end, bytes.slice(start, end), typeOf(declared), 'data URL')
}

/** Quotes, angle brackets, comma, semicolon, white space. */
const isEnd = (byte: number): boolean => byte <= 0x20 || [0x22, 0x27, 0x3c, 0x3e, 0x2c, 0x3b].includes(byte)

/** Only what is safe inside a marker. */
const typeOf = (declared: string): string =>
  /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(declared) ? declared : 'application/octet-stream'
