import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'

/** Two keys that always sign together: Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204). A forger must break both. */
export interface SigningKey {
  readonly keyId: string
  readonly ed25519: KeyObject
  readonly mlDsa65: KeyObject
}

export interface VerificationKey {
  readonly keyId: string
  readonly ed25519: KeyObject
  readonly mlDsa65: KeyObject
}

/** As it is written down: SubjectPublicKeyInfo (or PKCS #8 for the secret halves) in base64. */
export interface WrittenKey {
  readonly ed25519: string
  readonly mlDsa65: string
}

export function makeSigningKey(): SigningKey {
  const ed25519 = generateKeyPairSync('ed25519').privateKey
  const mlDsa65 = generateKeyPairSync('ml-dsa-65').privateKey
  return { ...publicHalf(ed25519, mlDsa65), ed25519, mlDsa65 }
}

export const verificationKeyOf = ({ ed25519, mlDsa65 }: SigningKey): VerificationKey => publicHalf(ed25519, mlDsa65)

export const writeVerificationKey = ({ ed25519, mlDsa65 }: VerificationKey): WrittenKey => ({
  ed25519: spki(ed25519).toString('base64'),
  mlDsa65: spki(mlDsa65).toString('base64'),
})

export function readVerificationKey(written: WrittenKey): Result<VerificationKey, string> {
  return read(written, (der) => createPublicKey({ key: der, format: 'der', type: 'spki' }))
}

export const writeSigningKey = ({ ed25519, mlDsa65 }: SigningKey): WrittenKey => ({
  ed25519: ed25519.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  mlDsa65: mlDsa65.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
})

export function readSigningKey(written: WrittenKey): Result<SigningKey, string> {
  const keys = read(written, (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return keys.ok ? ok({ ...publicHalf(keys.value.ed25519, keys.value.mlDsa65), ...keys.value }) : keys
}

function read(
  written: WrittenKey,
  keyOf: (der: Buffer) => KeyObject,
): Result<{ keyId: string; ed25519: KeyObject; mlDsa65: KeyObject }, string> {
  try {
    const [ed25519, mlDsa65] = [
      keyOf(Buffer.from(written.ed25519, 'base64')),
      keyOf(Buffer.from(written.mlDsa65, 'base64')),
    ]
    if (ed25519.asymmetricKeyType !== 'ed25519' || mlDsa65.asymmetricKeyType !== 'ml-dsa-65') {
      return err('The two halves of this key are not Ed25519 and ML-DSA-65.')
    }
    return ok({ keyId: keyIdOf(ed25519, mlDsa65), ed25519, mlDsa65 })
  } catch {
    return err('This key is damaged.')
  }
}

function publicHalf(ed25519: KeyObject, mlDsa65: KeyObject): VerificationKey {
  const [one, two] = [createPublicKey(ed25519), createPublicKey(mlDsa65)]
  return { keyId: keyIdOf(one, two), ed25519: one, mlDsa65: two }
}

const keyIdOf = (ed25519: KeyObject, mlDsa65: KeyObject): string =>
  createHash('sha256').update(spki(ed25519)).update(spki(mlDsa65)).digest('hex')

const spki = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' })
