import { createPublicKey } from 'node:crypto'
import { type VerifierKey, verifierKey } from '../note/key.ts'
import { type Certificate, readCertificate } from '../timestamp/certificate.ts'
import type { TimestampTrust } from '../timestamp/token.ts'
import { bytesAt, listAt, reach, textAt } from './reach.ts'

/** What a Sigstore `trusted_root.json` pins, as far as a log entry needs it. */
export interface SigstoreTrust {
  /** The log's key by its id in base64. */
  readonly logs: ReadonlyMap<string, VerifierKey>
  readonly issuers: TimestampTrust
  readonly timestamps: TimestampTrust
}

export function readTrustedRoot(json: unknown): SigstoreTrust {
  const logs = listAt(json, 'tlogs').flatMap((log) => {
    const name = URL.parse(textAt(log, 'baseUrl'))?.host
    const spki = bytesAt(log, 'publicKey', 'rawBytes')
    const isEd25519 = textAt(log, 'publicKey', 'keyDetails') === 'PKIX_ED25519'
    if (name === undefined || spki.length === 0) return []
    const key = isEd25519 ? verifierKey(name, 'ed25519', rawEd25519(spki)) : verifierKey(name, 'ecdsa', spki)
    return [[textAt(log, 'logId', 'keyId'), key] as const]
  })
  return {
    logs: new Map(logs),
    issuers: chains(listAt(json, 'certificateAuthorities')),
    timestamps: chains(listAt(json, 'timestampAuthorities')),
  }
}

const rawEd25519 = (spki: Buffer): Buffer =>
  createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ format: 'der', type: 'spki' }).subarray(-32)

/** The last certificate of a chain is the one that is trusted. */
function chains(authorities: readonly unknown[]): TimestampTrust {
  const all: Certificate[][] = authorities.map((authority) =>
    listAt(authority, 'certChain', 'certificates').map((each) => readCertificate(bytesAt(reach(each), 'rawBytes'))),
  )
  return { anchors: all.flatMap((chain) => chain.slice(-1)), others: all.flatMap((chain) => chain.slice(0, -1)) }
}
