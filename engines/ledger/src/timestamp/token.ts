import { hash, verify } from 'node:crypto'
import { ok, type Result } from '@tandem/core'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { type Certificate, leadsToAnchor, readCertificate } from './certificate.ts'
import { DerError, derTags, oidOf, onlyDer, readDer, timeOf } from './der.ts'
import { algorithmOf, readSignedData, type SignedData } from './signed-data.ts'

/** Authorities that the caller trusts: by their certificates' bytes. */
export interface TimestampTrust {
  readonly anchors: readonly Certificate[]
  /** Certificates that may be needed on the way to an anchor. */
  readonly others: readonly Certificate[]
}

export interface Timestamp {
  /** RFC 3339, UTC: the data existed no later than this, by the authority's clock. */
  readonly at: string
  /** Subject of the authority's certificate, one attribute a comma. */
  readonly authority: string
  readonly serial: string
}

const oids = {
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const

const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Hash that the signature algorithm names; null where it is that of the signer. */
const signatures: Readonly<Record<string, string | null>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.1': null,
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
}

/**
 * RFC 3161 section 2.2 with RFC 5816: the token is for these bytes, signed by an authority that is made for timestamps
 * alone, under a certificate that leads to a pinned anchor and was valid at the time stated.
 * Refused: SHA-1, RSA-PSS, signers without signingCertificateV2, more than one signer.
 */
export function verifyTimestamp(
  token: Uint8Array,
  data: Uint8Array,
  trust: TimestampTrust,
): Result<Timestamp, LedgerRefusal> {
  try {
    return verifyToken(Buffer.from(token), data, trust)
  } catch (error) {
    if (error instanceof DerError || isCryptoError(error))
      return refusal('timestamp', `The timestamp cannot be read: ${error.message}.`)
    throw error
  }
}

function verifyToken(token: Buffer, data: Uint8Array, trust: TimestampTrust): Result<Timestamp, LedgerRefusal> {
  const bad = (says: string): Result<Timestamp, LedgerRefusal> => refusal('timestamp', says)
  const signed = readSignedData(token)
  const { signer, content } = signed
  if (signed.contentType !== oids.timestampInfo) return bad('The signed data is no timestamp.')
  const info = readInfo(content)
  const imprintHash = digests[info.imprintAlgorithm]
  if (imprintHash === undefined) return bad('The timestamp uses a hash that is not accepted.')
  if (!info.imprint.equals(hash(imprintHash, data, 'buffer'))) return bad('The timestamp is for something else.')

  const certificates = [...signed.certificates.map(readCertificate), ...trust.others, ...trust.anchors]
  const certificate = certificates.find((each) => isOf(each, signed))
  if (certificate === undefined) return bad("The authority's certificate is missing.")
  const digest = digests[signer.digestAlgorithm]
  const own = signatures[signer.signatureAlgorithm]
  if (digest === undefined || own === undefined) return bad('The timestamp is signed in a way that is not accepted.')
  const type = signer.attributes.get(oids.contentType)
  const message = signer.attributes.get(oids.messageDigest)
  if (type === undefined || oidOf(type) !== oids.timestampInfo || message?.tag !== derTags.octets)
    return bad('The signed attributes are not those of a timestamp.')
  if (!message.content.equals(hash(digest, content, 'buffer'))) return bad('The timestamp was changed.')
  if (!namesCertificate(signed, certificate)) return bad('The timestamp does not name the certificate that signed it.')
  if (!verify(own ?? digest, signer.signedBytes, certificate.x509.publicKey, signer.signature))
    return bad("The authority's signature does not hold.")

  const usage = certificate.extendedKeyUsage
  if (usage?.isCritical !== true || usage.oids.length !== 1 || usage.oids[0] !== oids.timeStamping)
    return bad('The certificate is not made for timestamps alone.')
  if (!leadsToAnchor(certificate, certificates, trust.anchors, Date.parse(info.at)))
    return bad('No certificates valid at that time lead to a trusted authority.')
  const authority = certificate.x509.subject.replaceAll('\n', ', ')
  return ok({ at: info.at, authority, serial: info.serial })
}

function readInfo(content: Buffer): { imprintAlgorithm: string; imprint: Buffer; at: string; serial: string } {
  const [version, , imprint, serial, time] = readDer(onlyDer(content, derTags.sequence).content)
  const [algorithm, hashed] = imprint?.tag === derTags.sequence ? readDer(imprint.content) : []
  if (version?.content[0] !== 1 || algorithm === undefined || hashed?.tag !== derTags.octets)
    throw new DerError('no content of a timestamp')
  if (serial?.tag !== derTags.integer || time === undefined) throw new DerError('no serial number or time')
  return {
    imprintAlgorithm: algorithmOf(algorithm),
    imprint: hashed.content,
    at: timeOf(time),
    serial: serial.content.toString('hex'),
  }
}

function isOf({ issuer, serial, subjectKeyId }: Certificate, { signer }: SignedData): boolean {
  const by = signer.issuerAndSerial
  if (by !== null) return by.issuer.equals(issuer) && by.serial.equals(serial)
  return signer.keyId !== null && subjectKeyId !== null && signer.keyId.equals(subjectKeyId)
}

/** RFC 5035 section 4: the first ESSCertIDv2 is that of the signer; without an algorithm it is SHA-256. */
function namesCertificate({ signer }: SignedData, { raw }: Certificate): boolean {
  const attribute = signer.attributes.get(oids.signingCertificateV2)
  const [list] = attribute?.tag === derTags.sequence ? readDer(attribute.content) : []
  const [id] = list?.tag === derTags.sequence ? readDer(list.content) : []
  const [first, second] = id?.tag === derTags.sequence ? readDer(id.content) : []
  const [algorithm, named] = first?.tag === derTags.sequence ? [digests[algorithmOf(first)], second] : ['sha256', first]
  return (
    algorithm !== undefined && named?.tag === derTags.octets && named.content.equals(hash(algorithm, raw, 'buffer'))
  )
}

/** OpenSSL's word on bytes that are no key or no certificate. */
const isCryptoError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_OSSL')
