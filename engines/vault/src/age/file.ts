import { err, ok, type Result } from '@tandem/core'
import { Decrypter, Encrypter } from 'age-encryption'
import { openPayload, sealPayload } from './payload.ts'
import type { Recipient } from './recipient.ts'

/**
 * Files in the age format (C2SP age 1.1.0). Headers, where keys are agreed on, are the work of the library by age's own
 * author; payloads go through Node's OpenSSL, many times faster than in JavaScript.
 */
export type AgeProblem =
  | { readonly code: 'no-recipient'; readonly says: string }
  | { readonly code: 'not-age'; readonly says: string }
  | { readonly code: 'not-for-you'; readonly says: string }

export interface AgeKeys {
  /** `AGE-SECRET-KEY-…`, hybrid; files by others may also be opened with classical ones. */
  readonly identities: readonly string[]
  /** For files by others. Tandem writes none that a passphrase opens. */
  readonly passphrases?: readonly string[]
}

/** A header longer than this is nobody's: a hybrid recipient takes 1.6 KiB. */
const longestHeader = 1024 * 1024
/** What an empty payload takes: a nonce and the tag of one empty chunk. */
const emptyPayload = 32

/** The bytes of the encrypted file. Nothing is read before the first byte is asked for. */
export async function sealAge(
  recipients: readonly Recipient[],
  plain: AsyncIterable<Uint8Array>,
): Promise<Result<AsyncIterable<Uint8Array>, AgeProblem>> {
  if (recipients.length === 0) return err({ code: 'no-recipient', says: 'A file needs somebody who can open it.' })
  const keys: Uint8Array[] = []
  const encrypter = new Encrypter()
  for (const { text } of recipients) encrypter.addRecipient(text)
  encrypter.addRecipient({
    wrapFileKey(fileKey) {
      keys.push(Uint8Array.from(fileKey))
      return []
    },
  })
  const empty = await encrypter.encrypt(new Uint8Array(0))
  const [fileKey] = keys
  if (fileKey === undefined) throw new Error('the library made no file key')
  return ok(joined(empty.subarray(0, empty.length - emptyPayload), sealPayload(fileKey, plain)))
}

/** The plain bytes, each chunk authentic; the iteration throws `AgePayloadDamaged` where the file is not what was written. */
export async function openAge(
  keys: AgeKeys,
  sealed: AsyncIterable<Uint8Array>,
): Promise<Result<AsyncIterable<Uint8Array>, AgeProblem>> {
  const split = await headerOf(sealed)
  if (split === null) return err(notAge)
  const decrypter = new Decrypter()
  for (const identity of keys.identities) decrypter.addIdentity(identity)
  for (const passphrase of keys.passphrases ?? []) decrypter.addPassphrase(passphrase)
  try {
    const fileKey = await decrypter.decryptHeader(split.header)
    const payload = await openPayload(fileKey, split.rest)
    return payload === null ? err(notAge) : ok(payload)
  } catch (error) {
    return err(problemOf(error))
  }
}

const notAge: AgeProblem = { code: 'not-age', says: 'This is no age file, or its header is damaged.' }

function problemOf(error: unknown): AgeProblem {
  const isNotOurs = error instanceof Error && /no identity matched/i.test(error.message)
  return isNotOurs ? { code: 'not-for-you', says: 'None of these keys opens this file.' } : notAge
}

const intro = Buffer.from('age-encryption.org/')

/** The header up to and with the line of its MAC, which is the first that begins with `---`. */
async function headerOf(
  sealed: AsyncIterable<Uint8Array>,
): Promise<{ readonly header: Uint8Array; readonly rest: AsyncIterable<Uint8Array> } | null> {
  const source = sealed[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  for (;;) {
    if (!intro.subarray(0, held.length).equals(held.subarray(0, intro.length))) return null
    const mark = held.indexOf('\n---')
    const end = mark < 0 ? -1 : held.indexOf('\n', mark + 1)
    if (end >= 0) {
      return {
        header: held.subarray(0, end + 1),
        rest: joined(held.subarray(end + 1), { [Symbol.asyncIterator]: () => source }),
      }
    }
    if (held.length > longestHeader) return null
    const next = await source.next()
    if (next.done === true) return null
    held = Buffer.concat([held, next.value])
  }
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  yield* rest
}
