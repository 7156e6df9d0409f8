import { type KeyObject, sign, verify } from 'node:crypto'

/** Both always: a statement stands while either algorithm stands (Ed25519, RFC 8032; ML-DSA-65, FIPS 204). */
export interface Signatures {
  readonly ed25519: Uint8Array
  readonly mlDsa65: Uint8Array
}

export type Signer = (bytes: Uint8Array) => Promise<Signatures>
export type Verifier = (bytes: Uint8Array, signatures: Signatures) => boolean

/** The keys of one agency: private ones in its own hands (or a module behind a `Signer`), public ones with its peers. */
export interface AgencyKeys {
  readonly ed25519: KeyObject
  readonly mlDsa65: KeyObject
}

export const signerOf =
  ({ ed25519, mlDsa65 }: AgencyKeys): Signer =>
  async (bytes) => ({
    ed25519: new Uint8Array(sign(null, bytes, ed25519)),
    mlDsa65: new Uint8Array(sign(null, bytes, mlDsa65)),
  })

export function verifierOf({ ed25519, mlDsa65 }: AgencyKeys): Verifier {
  if (ed25519.asymmetricKeyType !== 'ed25519') throw new TypeError('an Ed25519 key is needed')
  if (String(mlDsa65.asymmetricKeyType) !== 'ml-dsa-65') throw new TypeError('an ML-DSA-65 key is needed')
  return (bytes, signatures) =>
    signatures.ed25519.length === 64 &&
    signatures.mlDsa65.length === 3309 &&
    verify(null, bytes, ed25519, signatures.ed25519) &&
    verify(null, bytes, mlDsa65, signatures.mlDsa65)
}
