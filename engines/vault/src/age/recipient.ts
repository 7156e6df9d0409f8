import { createPublicKey } from 'node:crypto'
import { bech32 } from '@scure/base'
import { err, ok, type Result } from '@tandem/core'
import { generateHybridIdentity, identityToRecipient } from 'age-encryption'

/** A recipient of files: hybrid ML-KEM-768 and X25519 (C2SP age 1.1.0, `age1pq1…`), which both must be broken. */
export interface Recipient {
  readonly text: string
}

export interface RecipientProblem {
  readonly code: 'recipient-not-hybrid' | 'recipient-invalid'
  readonly says: string
}

/** Classical recipients are refused: what is recorded today must not be opened by a machine of tomorrow. */
export function readRecipient(text: string): Result<Recipient, RecipientProblem> {
  const trimmed = text.trim()
  const key = hybridKeyOf(trimmed)
  if (key !== null && isMlKemKey(key.subarray(0, mlKemLength))) return ok({ text: trimmed })
  return key === null && /^age1[a-z0-9]+$/.test(trimmed) && !trimmed.startsWith('age1pq1')
    ? err({
        code: 'recipient-not-hybrid',
        says: 'This age recipient is classical. Ask for one that begins with age1pq1 (age-keygen -pq).',
      })
    : err({
        code: 'recipient-invalid',
        says: 'This is no sound age recipient: one begins with age1pq1 and has no slip in it.',
      })
}

const mlKemLength = 1184
const x25519Length = 32

function hybridKeyOf(text: string): Buffer | null {
  if (!/^age1pq1[a-z0-9]+$/.test(text)) return null
  // Far longer than the 90 characters for which bech32 promises to find slips; age uses it all the same.
  const decoded = bech32.decodeUnsafe(text, false)
  if (decoded === undefined || decoded.prefix !== 'age1pq') return null
  const key = bech32.fromWordsUnsafe(decoded.words)
  return key instanceof Uint8Array && key.length === mlKemLength + x25519Length ? Buffer.from(key) : null
}

/** SubjectPublicKeyInfo of ML-KEM-768 up to its key (RFC 9935). */
const mlKemInfo = Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex')

/** The checks of FIPS 203 section 7.2, by OpenSSL: the library that wraps file keys does not see values that are too large. */
function isMlKemKey(raw: Uint8Array): boolean {
  try {
    createPublicKey({ key: Buffer.concat([mlKemInfo, raw]), format: 'der', type: 'spki' })
    return true
  } catch {
    return false
  }
}

/** A fresh pair. The identity is the secret half: `AGE-SECRET-KEY-PQ-1…`. */
export async function makeIdentity(): Promise<{ readonly identity: string; readonly recipient: Recipient }> {
  const identity = await generateHybridIdentity()
  return { identity, recipient: { text: await identityToRecipient(identity) } }
}
