import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** Raw keys as OpenSSL reads them: SubjectPublicKeyInfo and PKCS #8 (RFC 9881, RFC 9935, RFC 8410). */
const algorithms = {
  ed25519: '06032b6570',
  'ml-dsa-44': '0609608648016503040311',
  'ml-dsa-65': '0609608648016503040312',
  'ml-kem-768': '0609608648016503040402',
} as const
export type Algorithm = keyof typeof algorithms

export function publicKeyOf(algorithm: Algorithm, raw: Uint8Array): KeyObject {
  const key = sequence(sequence(Buffer.from(algorithms[algorithm], 'hex')), element(0x03, Buffer.of(0), raw))
  return createPublicKey({ key, format: 'der', type: 'spki' })
}

/** From the seed of ML-KEM (d and z) or ML-DSA. */
export function privateKeyOf(algorithm: Algorithm, seed: Uint8Array): KeyObject {
  return pkcs8(algorithm, element(0x80, seed))
}

export function privateKeyOfExpanded(algorithm: Algorithm, raw: Uint8Array): KeyObject {
  return pkcs8(algorithm, element(0x04, raw))
}

function pkcs8(algorithm: Algorithm, inner: Buffer): KeyObject {
  const version = element(0x02, Buffer.of(0))
  const key = sequence(version, sequence(Buffer.from(algorithms[algorithm], 'hex')), element(0x04, inner))
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

const sequence = (...parts: Uint8Array[]): Buffer => element(0x30, ...parts)

function element(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const length =
    body.length < 128
      ? Buffer.of(body.length)
      : body.length < 256
        ? Buffer.of(0x81, body.length)
        : Buffer.of(0x82, body.length >> 8, body.length & 255)
  return Buffer.concat([Buffer.of(tag), length, body])
}
