import { hash } from 'node:crypto'
import { derTags } from './der.ts'

const sha256 = Buffer.from('608648016503040201', 'hex')
const trueValue = Buffer.from('0101ff', 'hex')

/**
 * A TimeStampReq (RFC 3161 section 2.4.1) for the SHA-256 of these bytes; the authority is to send its certificate. No
 * nonce: a token of an earlier time for the same bytes would be just as true.
 */
export function timestampRequest(data: Uint8Array): Buffer {
  const algorithm = der(derTags.sequence, der(derTags.oid, sha256), Buffer.of(0x05, 0))
  const imprint = der(derTags.sequence, algorithm, der(derTags.octets, hash('sha256', data, 'buffer')))
  return der(derTags.sequence, der(derTags.integer, Buffer.of(1)), imprint, trueValue)
}

/** Only what is shorter than 128 bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length > 127) throw new RangeError('longer than a request is')
  return Buffer.concat([Buffer.of(tag, content.length), content])
}
