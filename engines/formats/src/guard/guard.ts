import { createHash } from 'node:crypto'
import { type Find, sha256, withMarkers } from './find.ts'
import type { GuardHint, GuardOutcome, GuardRefusal, Stripped } from './outcome.ts'
import { Scan } from './scan.ts'
import { utf8ToUtf16, utf16Of, utf16ToUtf8 } from './utf16.ts'
import { refusalOf } from './whole-file.ts'

export const defaultMaxBytes = 64 * 1024 * 1024
export const defaultMaxOpaqueBytes = 4096

/**
 * The first thing that happens to received bytes, in memory, before anything is stored. A whole file of media, a
 * container or a program is refused; encoded media inside a text is replaced by its digest. A stream is hashed to its
 * end even when it is too large, so that the refusal can name what was sent.
 */
export async function guard(
  input: Uint8Array | AsyncIterable<Uint8Array>,
  hint: GuardHint = {},
): Promise<GuardOutcome> {
  if (input instanceof Uint8Array) return guardBytes(input, hint)
  const maxBytes = hint.maxBytes ?? defaultMaxBytes
  const digest = createHash('sha256')
  let chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of input) {
    digest.update(chunk)
    length += chunk.length
    if (length <= maxBytes) chunks.push(chunk)
    else chunks = []
  }
  if (length > maxBytes) return refused(digest.digest('hex'), length, tooLarge(maxBytes))
  return guardBytes(Buffer.concat(chunks), hint)
}

export function guardBytes(bytes: Uint8Array, hint: GuardHint = {}): GuardOutcome {
  const maxBytes = hint.maxBytes ?? defaultMaxBytes
  const maxOpaque = hint.maxOpaqueBytes ?? defaultMaxOpaqueBytes
  const originalSha256 = sha256(bytes)
  if (bytes.length > maxBytes) return refused(originalSha256, bytes.length, tooLarge(maxBytes))
  const utf16 = utf16Of(bytes)
  const text = utf16 === null ? bytes : utf16ToUtf8(bytes, utf16)
  const refusal = refusalOf(text)
  if (refusal !== null) return refused(originalSha256, bytes.length, refusal)
  const scan = new Scan(text, maxOpaque)
  const finds = scan.run()
  if (scan.overrun) return refused(originalSha256, bytes.length, tooManyBeginnings)
  const cleaned = finds.length === 0 ? text : withMarkers(text, finds)
  const guarded = finds.length === 0 ? bytes : utf16 === null ? cleaned : utf8ToUtf16(cleaned, utf16)
  const of = utf16 === null ? '' : ' of the UTF-8 form'
  return {
    refusal: null,
    originalSha256,
    originalLength: bytes.length,
    guarded,
    stripped: finds.map((find) => strippedOf(find, of)),
  }
}

const strippedOf = ({ start, end, sha256: digest, length, type, why }: Find, of: string): Stripped => ({
  start,
  end,
  place: `bytes ${start}-${end}${of}`,
  sha256: digest,
  length,
  type,
  why,
})

const tooLarge = (maxBytes: number): GuardRefusal => ({
  code: 'too-large',
  type: 'unknown',
  says: `larger than ${maxBytes} bytes, which this lane accepts`,
})

const tooManyBeginnings: GuardRefusal = {
  code: 'media-inside',
  type: 'unknown',
  says: 'too many places in the file begin like a picture; it cannot be searched to its end',
}

const refused = (originalSha256: string, originalLength: number, refusal: GuardRefusal): GuardOutcome => ({
  refusal,
  originalSha256,
  originalLength,
  guarded: null,
  stripped: [],
})
