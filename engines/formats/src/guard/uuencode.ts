import { type Find, findOf } from './find.ts'
import { magicOf } from './magic.ts'

const longestHeader = 512

/** A block as `uuencode` writes it (POSIX.1-2017), from `begin` to `end`. `at` is the first letter of `begin`. */
export function uuencodedAt(bytes: Uint8Array, at: number, maxOpaque: number): Find | null {
  const header = /^begin [0-7]{3,4} [^\r\n]+\r?\n/.exec(
    Buffer.from(bytes.subarray(at, at + longestHeader)).toString('latin1'),
  )
  if (header === null) return null
  const out: number[] = []
  let start = at + header[0].length
  let end = start
  for (;;) {
    const length = ((bytes[start] ?? 0x20) - 0x20) & 63
    const behind = start + 1 + Math.ceil(length / 3) * 4
    if (length === 0 || behind > bytes.length) break
    for (let place = 0; place < length; place += 1) out.push(byteOf(bytes, start + 1, place))
    end = behind
    start = afterLine(bytes, behind)
  }
  const decoded = Uint8Array.from(out)
  const magic = magicOf(decoded.subarray(0, 512))
  if (magic === null && decoded.length <= maxOpaque) return null
  const type = magic?.type ?? 'application/octet-stream'
  return findOf(at + header[0].length, end, decoded, type, `uuencoded text holds ${type}`)
}

function byteOf(bytes: Uint8Array, line: number, place: number): number {
  const bit = place * 8
  const first = line + Math.floor(bit / 6)
  const [high, low] = [((bytes[first] ?? 0) - 0x20) & 63, ((bytes[first + 1] ?? 0) - 0x20) & 63]
  return (((high << 6) | low) >> (4 - (bit % 6))) & 0xff
}

function afterLine(bytes: Uint8Array, from: number): number {
  const at = bytes[from] === 0x0d ? from + 1 : from
  return bytes[at] === 0x0a ? at + 1 : bytes.length
}
