import { createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'

/** A certificate and the key that it speaks for, both in PEM. */
export interface Certified {
  readonly certificate: string
  readonly key: string
}

const DAY = 86_400_000
/** What the other agency pins: comparing it by telephone is work for people, so it holds long. */
const AUTHORITY_DAYS = 10 * 365
/** Made by the cell itself whenever less than a third is left; nobody has to do anything. */
const CERTIFICATE_DAYS = 90
const RENEW_DAYS = 30
/** Clocks of two agencies may differ. */
const EARLIER = 10 * 60_000

/** An agency's own certificate authority for the line between cells, and for nothing else. */
export async function makeAuthority(now: Date): Promise<Certified> {
  const { x509, newKey } = await tools()
  const key = newKey()
  const { publicKey, signingKey } = await signing(key)
  // Two authorities of one name could not be told apart by whoever trusts both.
  const name = [{ CN: [`tandem line ${randomBytes(8).toString('hex')}`] }]
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: name,
    issuer: name,
    notBefore: new Date(now.getTime() - EARLIER),
    notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  })
  return { certificate: `${certificate.toString('pem')}\n`, key }
}

/** The certificate that a cell shows on the line for one agency, at both ends of it. */
export async function makeCertificate(
  authority: Certified,
  name: string,
  now: Date,
  days: number = CERTIFICATE_DAYS,
): Promise<Certified> {
  const { x509, newKey } = await tools()
  const key = newKey()
  const issuer = new x509.X509Certificate(authority.certificate)
  const { publicKey } = await signing(key)
  const { signingKey, publicKey: issuerKey } = await signing(authority.key)
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [{ CN: ['line between cells'] }],
    issuer: issuer.subjectName,
    notBefore: new Date(now.getTime() - EARLIER),
    notAfter: new Date(now.getTime() + days * DAY),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth], true),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }], true),
      await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
    ],
  })
  return { certificate: `${certificate.toString('pem')}\n`, key }
}

export const isDue = ({ certificate }: Pick<Certified, 'certificate'>, now: Date): boolean =>
  daysLeft(certificate, now) < RENEW_DAYS

export const daysLeft = (certificate: string, now: Date): number =>
  Math.floor((new Date(new X509Certificate(certificate).validTo).getTime() - now.getTime()) / DAY)

/** Whether this is an authority of its own, signed by itself, for Ed25519: what a card must bring. */
export function isAuthority(pem: string): boolean {
  try {
    const certificate = new X509Certificate(pem)
    return (
      certificate.ca &&
      certificate.publicKey.asymmetricKeyType === 'ed25519' &&
      certificate.checkIssued(certificate) &&
      certificate.verify(certificate.publicKey)
    )
  } catch {
    return false
  }
}

/** Loaded when a certificate is to be made, and else never: reading and judging them is Node's. */
async function tools() {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  x509.cryptoProvider.set(crypto)
  const newKey = (): string =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { x509, newKey }
}

const algorithm = { name: 'Ed25519' } as const

async function signing(pem: string): Promise<{ publicKey: CryptoKey; signingKey: CryptoKey }> {
  const { subtle } = crypto
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  const pkcs8 = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  return {
    publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
    signingKey: await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
  }
}

/** 128 random bits, positive (RFC 5280, 4.1.2.2). */
function serial(): string {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0] ?? 0) & 0x7f || 1
  return bytes.toString('hex')
}
