import { hash } from 'node:crypto'
import { concat, twoBytes } from '../bytes.ts'

const digestBytes = 64
/** Of SHA-512: the zero block that comes first (RFC 9380 section 5.3.1, Z_pad). */
const zeroBlock = new Uint8Array(128)

/** expand_message_xmd of RFC 9380 section 5.3.1 with SHA-512. `tag` is the domain separation tag, at most 255 bytes. */
export function expandMessage(message: Uint8Array, tag: Uint8Array, length: number): Uint8Array {
  const blocks = Math.ceil(length / digestBytes)
  if (blocks > 255 || length > 0xffff || tag.length > 255) throw new RangeError('outside of RFC 9380 section 5.3.1')
  const tagged = concat(tag, Uint8Array.of(tag.length))
  const first = sha512(concat(zeroBlock, message, twoBytes(length), Uint8Array.of(0), tagged))
  const out = new Uint8Array(blocks * digestBytes)
  let last = new Uint8Array(digestBytes)
  for (let block = 1; block <= blocks; block++) {
    last = sha512(concat(exclusiveOr(first, last), Uint8Array.of(block), tagged))
    out.set(last, (block - 1) * digestBytes)
  }
  return out.subarray(0, length)
}

const sha512 = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(hash('sha512', bytes, 'buffer'))

const exclusiveOr = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ (b[at] ?? 0))
