import { verify } from 'node:crypto'
import { readBase64, readCount, readHash } from '../note/base64.ts'
import { readCheckpoint } from '../note/checkpoint.ts'
import { readNote } from '../note/note.ts'
import { openNote } from '../note/open-note.ts'
import type { LedgerRefusal } from '../refusal.ts'
import { type Certificate, isValidAt, leadsToAnchor, readCertificate } from '../timestamp/certificate.ts'
import { verifyTimestamp } from '../timestamp/token.ts'
import { entryHash, sha256 } from '../tree/hash.ts'
import { isIncluded } from '../tree/proof.ts'
import { bytesAt, listAt, reach, textAt } from './reach.ts'
import type { SigstoreTrust } from './trusted-root.ts'

/** Every reason against it; none: the bundle is good. */
export interface SigstoreVerdict {
  readonly failures: readonly LedgerRefusal[]
}

/**
 * A Sigstore bundle with its log entry, offline: the signature over the artifact, the entry that names both, its
 * inclusion, the log's signature on the checkpoint, RFC 3161 timestamps and the signer's certificate at that time.
 * Not checked: who the signer is, signed certificate timestamps, and promises of inclusion of the log's first version.
 */
export function verifySigstoreBundle(
  bundle: unknown,
  artifact: Uint8Array,
  trust: SigstoreTrust | null,
): SigstoreVerdict {
  const failures: LedgerRefusal[] = []
  const fail = (code: string, says: string): void => void failures.push({ code, says })
  const material = reach(bundle, 'verificationMaterial')
  const certificate = certificateOf(material)
  const signed = signedOf(bundle, artifact)
  if (certificate === null || signed === null) {
    fail('bundle', 'The bundle has no certificate or no signature that can be read.')
    return { failures }
  }
  if (!verify('sha256', signed.bytes, certificate.x509.publicKey, signed.signature))
    fail('artifact', 'The signature is not for this artifact.')
  const entries = listAt(material, 'tlogEntries')
  if (entries.length === 0) fail('bundle', 'The bundle has no log entry.')
  for (const entry of entries) {
    const body = bytesAt(entry, 'canonicalizedBody')
    if (!namesWhatWasSigned(body, signed, certificate)) fail('entry', 'The log entry is about something else.')
    failures.push(...failuresOfInclusion(entry, body, trust))
  }
  if (trust === null) fail('trust', 'No keys are pinned: nothing vouches for log, issuer or time.')
  else failures.push(...failuresOfTime(material, signed.signature, certificate, trust))
  return { failures }
}

function failuresOfInclusion(entry: unknown, body: Buffer, trust: SigstoreTrust | null): LedgerRefusal[] {
  const failures: LedgerRefusal[] = []
  const fail = (code: string, says: string): void => void failures.push({ code, says })
  const proof = reach(entry, 'inclusionProof')
  const envelope = textAt(proof, 'checkpoint', 'envelope')
  const index = readCount(textAt(proof, 'logIndex'))
  const size = readCount(textAt(proof, 'treeSize'))
  const root = readHash(textAt(proof, 'rootHash'))
  const hashes = listAt(proof, 'hashes').map((hash) => (typeof hash === 'string' ? readHash(hash) : null))
  if (index === null || size === null || root === null || !hashes.every((hash) => hash !== null))
    return [{ code: 'inclusion', says: 'The inclusion proof cannot be read.' }]
  if (!isIncluded(index, entryHash(body), size, root, hashes)) fail('inclusion', 'The inclusion proof does not hold.')
  const note = readNote(envelope)
  if (!note.ok) return [...failures, note.error]
  const checkpoint = readCheckpoint(note.value.text)
  if (!checkpoint.ok) return [...failures, checkpoint.error]
  if (checkpoint.value.size !== size || !checkpoint.value.root.equals(root))
    fail('checkpoint-root', 'The checkpoint is of another tree than the proof.')
  const key = trust?.logs.get(textAt(entry, 'logId', 'keyId'))
  if (key === undefined) fail('trust', 'The key of the log is not pinned.')
  else {
    const opened = openNote(envelope, [key])
    if (!opened.ok) failures.push(opened.error)
    else if (opened.value.signedBy.length === 0) fail('signature', 'The log has not signed the checkpoint.')
  }
  return failures
}

/** When the entry was made, by pinned timestamp authorities; the signer's certificate must have been valid then. */
function failuresOfTime(
  material: unknown,
  signature: Buffer,
  certificate: Certificate,
  trust: SigstoreTrust,
): LedgerRefusal[] {
  const tokens = listAt(material, 'timestampVerificationData', 'rfc3161Timestamps')
  if (tokens.length === 0) return [{ code: 'timestamp', says: 'The bundle has no timestamp.' }]
  return tokens.flatMap((token): LedgerRefusal[] => {
    const timestamp = verifyTimestamp(bytesAt(token, 'signedTimestamp'), signature, trust.timestamps)
    if (!timestamp.ok) return [timestamp.error]
    const at = Date.parse(timestamp.value.at)
    if (!isValidAt(certificate, at))
      return [{ code: 'validity', says: 'The certificate was not valid at the time of the timestamp.' }]
    const { anchors, others } = trust.issuers
    if (leadsToAnchor(certificate, others, anchors, at)) return []
    return [{ code: 'issuer', says: 'The certificate does not lead to a pinned issuer.' }]
  })
}

interface Signed {
  readonly bytes: Buffer
  readonly signature: Buffer
  /** SHA-256 of the artifact or of the statement about it. */
  readonly digest: Buffer
}

function signedOf(bundle: unknown, artifact: Uint8Array): Signed | null {
  const signature = bytesAt(bundle, 'messageSignature', 'signature')
  if (signature.length > 0) {
    const digest = sha256(artifact)
    const stated = bytesAt(bundle, 'messageSignature', 'messageDigest', 'digest')
    return stated.length > 0 && !stated.equals(digest) ? null : { bytes: Buffer.from(artifact), signature, digest }
  }
  const payload = bytesAt(bundle, 'dsseEnvelope', 'payload')
  const type = textAt(bundle, 'dsseEnvelope', 'payloadType')
  const [first, ...more] = listAt(bundle, 'dsseEnvelope', 'signatures')
  if (payload.length === 0 || first === undefined || more.length > 0) return null
  // DSSE 1.0, "Signature Definition": what is signed is the pre-authentication encoding.
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `
  const named = listAt(JSON.parse(payload.toString('utf8')), 'subject').map((each) => textAt(each, 'digest', 'sha256'))
  if (!named.includes(sha256(artifact).toString('hex'))) return null
  return {
    bytes: Buffer.concat([Buffer.from(head), payload]),
    signature: bytesAt(first, 'sig'),
    digest: sha256(payload),
  }
}

function namesWhatWasSigned(body: Buffer, { digest, signature }: Signed, { raw }: Certificate): boolean {
  const entry: unknown = JSON.parse(body.toString('utf8'))
  const second = reach(entry, 'spec', 'hashedRekordV002')
  if (second !== undefined) {
    return (
      bytesAt(second, 'data', 'digest').equals(digest) &&
      bytesAt(second, 'signature', 'content').equals(signature) &&
      bytesAt(second, 'signature', 'verifier', 'x509Certificate', 'rawBytes').equals(raw)
    )
  }
  const spec = reach(entry, 'spec')
  if (textAt(entry, 'kind') === 'hashedrekord') {
    return (
      textAt(spec, 'data', 'hash', 'value') === digest.toString('hex') &&
      bytesAt(spec, 'signature', 'content').equals(signature) &&
      fromPem(bytesAt(spec, 'signature', 'publicKey', 'content')).equals(raw)
    )
  }
  return (
    textAt(entry, 'kind') === 'intoto' &&
    textAt(spec, 'content', 'payloadHash', 'value') === digest.toString('hex') &&
    fromPem(bytesAt(spec, 'content', 'envelope', 'signatures', 0, 'publicKey')).equals(raw)
  )
}

const fromPem = (pem: Buffer): Buffer =>
  readBase64(pem.toString('latin1').replace(/-----[A-Z ]+-----|\s/g, '')) ?? Buffer.alloc(0)

function certificateOf(material: unknown): Certificate | null {
  const raw = bytesAt(material, 'certificate', 'rawBytes')
  const bytes = raw.length > 0 ? raw : bytesAt(material, 'x509CertificateChain', 'certificates', 0, 'rawBytes')
  return bytes.length === 0 ? null : readCertificate(bytes)
}
