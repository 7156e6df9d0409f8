import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/** Signatures over bytes: RFC 8032, FIPS 186-5 (P-256 and others, SHA-256, DER), FIPS 204. */
export type Algorithm = 'ed25519' | 'ecdsa' | 'ml-dsa-44'

/** `unsupported`: the signature may be good or not; this Node has no ML-DSA. */
export type RawVerdict = 'good' | 'bad' | 'unsupported'

/** SubjectPublicKeyInfo up to the key: RFC 8410 for Ed25519, RFC 9881 for ML-DSA-44. */
const prefixes: { readonly [algorithm in Algorithm]: Buffer } = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  ecdsa: Buffer.alloc(0),
  'ml-dsa-44': Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
}
const signatureLengths: { readonly [algorithm in Algorithm]: number | null } = {
  ed25519: 64,
  ecdsa: null,
  'ml-dsa-44': 2420,
}
export const keyLengths: { readonly [algorithm in Algorithm]: number | null } = {
  ed25519: 32,
  ecdsa: null,
  'ml-dsa-44': 1312,
}

export function verifyRaw(
  algorithm: Algorithm,
  publicKey: Buffer,
  message: Uint8Array,
  signature: Uint8Array,
): RawVerdict {
  const length = keyLengths[algorithm]
  const signatureLength = signatureLengths[algorithm]
  if (length !== null && publicKey.length !== length) return 'bad'
  if (signatureLength !== null && signature.length !== signatureLength) return 'bad'
  const opened = keyObject(algorithm, publicKey)
  if (opened === null) return algorithm === 'ml-dsa-44' ? 'unsupported' : 'bad'
  return verify(algorithm === 'ecdsa' ? 'sha256' : null, message, opened, signature) ? 'good' : 'bad'
}

const opened = new WeakMap<Buffer, KeyObject | null>()

/** Opening a key costs as much as a signature; a key is opened once. */
function keyObject(algorithm: Algorithm, publicKey: Buffer): KeyObject | null {
  const found = opened.get(publicKey)
  if (found !== undefined) return found
  const fresh = open(algorithm, publicKey)
  opened.set(publicKey, fresh)
  return fresh
}

function open(algorithm: Algorithm, publicKey: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.concat([prefixes[algorithm], publicKey]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}
