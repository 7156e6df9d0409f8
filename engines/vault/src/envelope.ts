import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { canonicalJson } from '@tandem/core'

/**
 * A sealed field: version 1, AES-256-GCM with a fresh 96-bit nonce (NIST SP 800-38D), laid out as
 * `01 | nonce (12) | ciphertext | tag (16)`. The context is authenticated, so an envelope that is moved to another
 * row, column or agency does not open.
 */
export interface SealContext {
  readonly agency: string
  readonly table: string
  readonly column: string
  readonly row: string
}

/** An agency's keys as the rest of the cell sees them: it can seal, open and make search tokens, and never shows a key. */
export interface AgencyVault {
  seal(context: SealContext, plain: Uint8Array): Buffer
  /** Throws when the envelope was altered or belongs elsewhere: that is never an expected outcome. */
  open(context: SealContext, envelope: Uint8Array): Buffer
  /** Keyed token of a normal form, for equality alone: HMAC-SHA-256 under a key derived from the agency's (RFC 5869). */
  token(kind: string, normal: string): Buffer
}

const VERSION = 1
const NONCE = 12
const TAG = 16

/** `agencyKey`: 32 bytes. Two keys are derived from it, so that sealing and searching never share one. */
export function agencyVault(agencyKey: Uint8Array): AgencyVault {
  if (agencyKey.length !== 32) throw new TypeError('an agency key has 32 bytes')
  const fieldKey = derive(agencyKey, 'tandem/field/v1')
  const tokenKey = derive(agencyKey, 'tandem/token/v1')
  return {
    seal(context, plain) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', fieldKey, nonce)
      cipher.setAAD(associatedData(context))
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(context, envelope) {
      if (envelope[0] !== VERSION || envelope.length < 1 + NONCE + TAG) throw new Error('not an envelope of version 1')
      const decipher = createDecipheriv('aes-256-gcm', fieldKey, envelope.subarray(1, 1 + NONCE))
      decipher.setAAD(associatedData(context))
      decipher.setAuthTag(envelope.subarray(envelope.length - TAG))
      return Buffer.concat([decipher.update(envelope.subarray(1 + NONCE, envelope.length - TAG)), decipher.final()])
    },
    token(kind, normal) {
      return createHmac('sha256', tokenKey).update(`${kind}\0${normal}`).digest()
    },
  }
}

const derive = (key: Uint8Array, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), Buffer.from(label), 32))

const associatedData = (context: SealContext): Buffer => Buffer.from(canonicalJson({ ...context }))
