import { base64Value, hexValue, skip, type Units } from './units.ts'

/** The first two bytes that any signature in `magic.ts` can begin with: most hashes and words stop here. */
const beginnings = [
  '\x89P',
  '\x8bJ',
  '\x8aM',
  'GI',
  'II',
  'MM',
  '8B',
  '\0\0',
  '\xff\x4f',
  '\xff\xd8',
  'DD',
  'v/',
  'gi',
  'AT',
  'BP',
  'qo',
  '\xd7\xcd',
  '\x1a\x45',
  'FL',
  '\x30\x26',
  'Og',
  'fL',
  '#!',
  'CW',
  'PK',
  '\x1f\x8b',
  'BZ',
  '\xfd7',
  '\x28\xb5',
  '\x04\x22',
  '7z',
  'Ra',
  '\xd0\xcf',
  'MS',
  'SQ',
  '\x7fE',
  '%P',
  '{\\',
  '%!',
  'RI',
  'FO',
  'BM',
  'ID',
  '<s',
  '<S',
  '<?',
  '<!',
]
const possible = new Uint8Array(65536)
for (const pair of beginnings) possible[pair.charCodeAt(0) * 256 + pair.charCodeAt(1)] = 1

export const mayBeginWith = (first: number, second: number): boolean => possible[first * 256 + second] === 1

/** Whether what is encoded at `at` can begin like a known medium. Allocates nothing. */
export function mayBeginMagic(units: Units, at: number, hex: boolean): boolean {
  const pair = firstTwoBytes(units, at, hex)
  return pair >= 0 && possible[pair] === 1
}

/** Whether what is encoded begins like a text that could itself hold something encoded. */
export function mayBeginText(units: Units, at: number, hex: boolean): boolean {
  const pair = firstTwoBytes(units, at, hex)
  return pair >= 0 && isTextByte(pair >> 8) && isTextByte(pair & 255)
}

export const isTextByte = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09

function firstTwoBytes(units: Units, start: number, hex: boolean): number {
  const bits = hex ? 4 : 6
  let buffer = 0
  let held = 0
  let at = start
  for (let steps = 0; steps < 24 && held < 16; steps += 1) {
    const code = units.read(at)
    at += units.length
    if (code === skip || (hex && (code === 0x3a || code === 0x2d))) continue
    const value = hex ? hexValue(code) : base64Value(code)
    if (value < 0) return -1
    buffer = (buffer << bits) | value
    held += bits
  }
  return held < 16 ? -1 : (buffer >> (held - 16)) & 0xffff
}
