import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { canonicalJson, err, ok, type Result } from '@tandem/core'
import type { KeyProblem, NamedKey } from './wrapped-key.ts'

/** Where a sealed field stands. All of it is authenticated: an envelope that is moved does not open. */
export interface FieldPlace {
  readonly operation: string
  readonly table: string
  readonly column: string
  readonly row: string
}

const FORMAT = 2
const NONCE = 12
const TAG = 16

/** `02 | nonce (12) | ciphertext | tag (16)`: AES-256-GCM under the key of one record, with place and key as context. */
export function sealField(key: NamedKey, place: FieldPlace, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = key.key.lend((bytes) => createCipheriv('aes-256-gcm', bytes, nonce))
  cipher.setAAD(context(key, place))
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function openField(key: NamedKey, place: FieldPlace, envelope: Uint8Array): Result<Buffer, KeyProblem> {
  if (envelope[0] !== FORMAT || envelope.length < 1 + NONCE + TAG) return err(closed(place))
  const decipher = key.key.lend((bytes) => createDecipheriv('aes-256-gcm', bytes, envelope.subarray(1, 1 + NONCE)))
  decipher.setAAD(context(key, place))
  decipher.setAuthTag(envelope.subarray(envelope.length - TAG))
  try {
    const opened = decipher.update(envelope.subarray(1 + NONCE, envelope.length - TAG))
    return ok(Buffer.concat([opened, decipher.final()]))
  } catch {
    return err(closed(place))
  }
}

function context(key: NamedKey, place: FieldPlace): Buffer {
  if (key.name.rank !== 'record') throw new TypeError('fields are sealed by the key of a record')
  return Buffer.from(canonicalJson({ format: 'tandem/field/v2', key: { ...key.name }, place: { ...place } }))
}

const closed = ({ table, column, row }: FieldPlace): KeyProblem => ({
  code: 'does-not-open',
  says: `The field ${table}.${column} of ${row} does not open: it was altered, moved, or sealed by another key.`,
})
