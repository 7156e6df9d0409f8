import { X509Certificate } from 'node:crypto'
import { childOf, type Der, DerError, derTags, oidOf, onlyDer, readDer } from './der.ts'

/** The parts of an X.509 certificate (RFC 5280) that decide about a timestamp. */
export interface Certificate {
  readonly x509: X509Certificate
  readonly raw: Buffer
  readonly serial: Buffer
  readonly issuer: Buffer
  readonly subjectKeyId: Buffer | null
  /** Extended key usages, and whether the extension is critical; null without one. */
  readonly extendedKeyUsage: { readonly isCritical: boolean; readonly oids: readonly string[] } | null
}

const subjectKeyIdentifier = '2.5.29.14'
const extendedKeyUsage = '2.5.29.37'
const extensionsTag = 0xa3
const versionTag = 0xa0
const booleanTag = 0x01

/** Throws when these bytes are no certificate. */
export function readCertificate(raw: Buffer): Certificate {
  const tbs = childOf(onlyDer(raw, derTags.sequence), 0, derTags.sequence)
  const fields = readDer(tbs.content).filter(({ tag }) => tag !== versionTag)
  const [serial, , issuer] = fields
  if (serial?.tag !== derTags.integer || issuer?.tag !== derTags.sequence) throw new DerError('no certificate')
  const extensions = extensionsOf(fields.find(({ tag }) => tag === extensionsTag))
  const usage = extensions.get(extendedKeyUsage)
  const keyId = extensions.get(subjectKeyIdentifier)
  return {
    x509: new X509Certificate(raw),
    raw,
    serial: serial.content,
    issuer: issuer.whole,
    subjectKeyId: keyId === undefined ? null : onlyDer(keyId.value, derTags.octets).content,
    extendedKeyUsage:
      usage === undefined
        ? null
        : {
            isCritical: usage.isCritical,
            oids: readDer(onlyDer(usage.value, derTags.sequence).content).map(oidOf),
          },
  }
}

function extensionsOf(element: Der | undefined): ReadonlyMap<string, { isCritical: boolean; value: Buffer }> {
  if (element === undefined) return new Map()
  return new Map(
    readDer(onlyDer(element.content, derTags.sequence).content).map((extension) => {
      const [oid, ...rest] = readDer(extension.content)
      const value = rest.at(-1)
      if (oid === undefined || value?.tag !== derTags.octets) throw new DerError('an extension cannot be read')
      const isCritical = rest.length === 2 && rest[0]?.tag === booleanTag && rest[0].content[0] === 0xff
      return [oidOf(oid), { isCritical, value: value.content }] as const
    }),
  )
}

const longestChain = 5

/**
 * Whether a chain leads from the certificate to one of the anchors, all of them valid at `at` (milliseconds since 1970).
 * Anchors are trusted as they are, by their bytes. No revocation is looked up: there is no network here.
 */
export function leadsToAnchor(
  from: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  at: number,
): boolean {
  let current = from
  for (let step = 0; step < longestChain; step++) {
    if (!isValidAt(current, at)) return false
    if (anchors.some(({ raw }) => raw.equals(current.raw))) return true
    const issuer = [...anchors, ...others].find(
      ({ x509, raw }) =>
        !raw.equals(current.raw) && x509.ca && current.x509.checkIssued(x509) && current.x509.verify(x509.publicKey),
    )
    if (issuer === undefined) return false
    current = issuer
  }
  return false
}

export const isValidAt = ({ x509 }: Certificate, at: number): boolean =>
  Date.parse(x509.validFrom) <= at && at <= Date.parse(x509.validTo)
