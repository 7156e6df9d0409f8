import { type Der, DerError, derTags, oidOf, onlyDer, readDer } from './der.ts'

/** What RFC 3161 uses of a CMS SignedData (RFC 5652): one signer, signed attributes, the content inside. */
export interface SignedData {
  readonly contentType: string
  readonly content: Buffer
  readonly certificates: readonly Buffer[]
  readonly signer: SignerInfo
}

export interface SignerInfo {
  /** DER of issuer and serial number, or of the key identifier. */
  readonly issuerAndSerial: { readonly issuer: Buffer; readonly serial: Buffer } | null
  readonly keyId: Buffer | null
  readonly digestAlgorithm: string
  /** The attributes as they are signed, and each value by its type. */
  readonly signedBytes: Buffer
  readonly attributes: ReadonlyMap<string, Der>
  readonly signatureAlgorithm: string
  readonly signature: Buffer
}

const signedDataType = '1.2.840.113549.1.7.2'
const tags = { context0: 0xa0, context1: 0xa1, keyId: 0x80 } as const

/** The SignedData in a ContentInfo, or in a TimeStampResp that grants one. Throws DerError. */
export function readSignedData(token: Buffer): SignedData {
  const outer = onlyDer(token, derTags.sequence)
  const [first, second] = readDer(outer.content)
  if (first?.tag === derTags.sequence) {
    const status = readDer(first.content)[0]
    const isGranted = status?.tag === derTags.integer && status.content.length === 1 && (status.content[0] ?? 9) <= 1
    if (!isGranted || second === undefined) throw new DerError('the authority has refused the timestamp')
    return readContentInfo(second)
  }
  return readContentInfo(outer)
}

function readContentInfo(element: Der): SignedData {
  const [type, explicit, ...more] = readDer(element.content)
  if (type === undefined || oidOf(type) !== signedDataType || explicit?.tag !== tags.context0 || more.length > 0)
    throw new DerError('no signed data')
  const [, , encapsulated, ...rest] = readDer(onlyDer(explicit.content, derTags.sequence).content)
  const signers = rest.at(-1)
  if (encapsulated?.tag !== derTags.sequence || signers?.tag !== derTags.set) throw new DerError('no signed data')
  const [contentType, content, ...tail] = readDer(encapsulated.content)
  if (contentType === undefined || content?.tag !== tags.context0 || tail.length > 0) throw new DerError('no content')
  const certificates = rest.find(({ tag }) => tag === tags.context0)
  return {
    contentType: oidOf(contentType),
    content: onlyDer(content.content, derTags.octets).content,
    certificates: certificates === undefined ? [] : readDer(certificates.content).map(({ whole }) => whole),
    signer: readSigner(onlyDer(signers.content, derTags.sequence)),
  }
}

function readSigner(element: Der): SignerInfo {
  const [, id, digest, attributes, algorithm, signature] = readDer(element.content)
  if (id === undefined || digest === undefined || algorithm === undefined) throw new DerError('no signer')
  if (attributes?.tag !== tags.context0 || signature?.tag !== derTags.octets)
    throw new DerError('the signer has signed no attributes')
  const [issuer, serial] = id.tag === derTags.sequence ? readDer(id.content) : []
  return {
    issuerAndSerial:
      issuer === undefined || serial === undefined ? null : { issuer: issuer.whole, serial: serial.content },
    keyId: id.tag === tags.keyId ? id.content : null,
    digestAlgorithm: algorithmOf(digest),
    // RFC 5652 section 5.4: signed as a SET, not with the tag that stands in the message.
    signedBytes: Buffer.concat([Buffer.of(derTags.set), attributes.whole.subarray(1)]),
    attributes: attributesOf(attributes),
    signatureAlgorithm: algorithmOf(algorithm),
    signature: signature.content,
  }
}

function attributesOf(element: Der): ReadonlyMap<string, Der> {
  const found = new Map<string, Der>()
  for (const attribute of readDer(element.content)) {
    const [type, values] = readDer(attribute.content)
    const [value, ...more] = values?.tag === derTags.set ? readDer(values.content) : []
    if (type === undefined || value === undefined || more.length > 0 || found.has(oidOf(type)))
      throw new DerError('an attribute cannot be read')
    found.set(oidOf(type), value)
  }
  return found
}

export function algorithmOf(element: Der): string {
  const [oid] = readDer(element.content)
  if (element.tag !== derTags.sequence || oid === undefined) throw new DerError('no algorithm')
  return oidOf(oid)
}
