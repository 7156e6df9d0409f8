import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { childOf, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'

export type SignatureState =
  | { readonly state: 'fits'; readonly by: string }
  | { readonly state: 'fits-not' | 'none' | 'unreadable' }

/**
 * Whether the signature over the package's hash fits the key that stands beside it. That says the package was signed by
 * whoever holds this key and no more: no chain, no time stamp and no owner is checked here.
 */
export function checkSignature(digestFile: JsonNode): SignatureState {
  const signed = childOf(digestFile, 'signedData')
  const hash = scalarOf(childOf(signed, 'hash'))
  const signature = scalarOf(childOf(signed, 'signature'))
  if (signed === null || hash === null || signature === null) return { state: 'none' }
  const domain = scalarOf(childOf(signed, 'domain'))
  const key = keyOf(scalarOf(childOf(signed, 'domainCert')), scalarOf(childOf(signed, 'publicKey')))
  if (key === null) return { state: 'unreadable' }
  const bytes = Buffer.from(signature, 'base64')
  const message = Buffer.from(hash)
  const forms = ['der', 'ieee-p1363'] as const
  const fits = forms.some((dsaEncoding) =>
    ['sha256', 'sha384'].some((digest) => verifies(digest, message, key, dsaEncoding, bytes)),
  )
  return fits ? { state: 'fits', by: domain ?? 'a key without a name' } : { state: 'fits-not' }
}

function keyOf(certificates: string | null, publicKey: string | null): KeyObject | null {
  try {
    if (certificates !== null) return new X509Certificate(certificates).publicKey
    if (publicKey !== null)
      return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  } catch {
    return null
  }
  return null
}

function verifies(
  digest: string,
  message: Uint8Array,
  key: KeyObject,
  dsaEncoding: 'der' | 'ieee-p1363',
  signature: Uint8Array,
): boolean {
  try {
    return verify(digest, message, { key, dsaEncoding }, signature)
  } catch {
    return false
  }
}
