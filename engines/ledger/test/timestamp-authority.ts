import { createPublicKey, generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto'

/** A timestamp authority for tests: it writes what RFC 3161 and RFC 5280 say, and what they forbid when asked. */
export interface TestAuthority {
  /** DER of its root certificate. */
  readonly root: Buffer
  issue(data: Uint8Array, at: string, wrong?: Wrong): Buffer
}
export interface Wrong {
  readonly usage?: 'not critical' | 'code signing'
  readonly digest?: string
  readonly namesAnotherCertificate?: boolean
}

const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.of(length)
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes])
}
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts)
const octets = (content: Buffer): Buffer => der(0x04, content)
const integer = (value: number): Buffer => der(0x02, Buffer.of(value))
const generalizedTime = (at: string): Buffer => der(0x18, Buffer.from(at.replace(/[-:T]/g, '')))
const oid = (text: string): Buffer => {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const arcs = [40 * first + second, ...rest].map((arc) => {
    const bytes = [arc & 0x7f]
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128)) bytes.unshift((more & 0x7f) | 0x80)
    return Buffer.from(bytes)
  })
  return der(0x06, ...arcs)
}

const ecdsaSha256 = sequence(oid('1.2.840.10045.4.3.2'))
const sha256Algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'))
const name = (text: string): Buffer => sequence(set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(text)))))
const yes = der(0x01, Buffer.of(0xff))

function certificate(
  serial: number,
  issuer: Buffer,
  subject: Buffer,
  key: KeyObject,
  signer: KeyObject,
  extensions: readonly Buffer[],
): Buffer {
  const tbs = sequence(
    der(0xa0, integer(2)),
    integer(serial),
    ecdsaSha256,
    issuer,
    sequence(generalizedTime('2025-01-01T00:00:00Z'), generalizedTime('2030-01-01T00:00:00Z')),
    subject,
    createPublicKey(key).export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensions)),
  )
  return sequence(tbs, ecdsaSha256, der(0x03, Buffer.of(0), sign('sha256', tbs, signer)))
}

export function testAuthority(): TestAuthority {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const [rootKey, key] = [pair(), pair()]
  const [rootName, ownName] = [name('Test Timestamp Root'), name('Test Timestamp Authority')]
  const isAuthority = sequence(oid('2.5.29.19'), yes, octets(sequence(yes)))
  const root = certificate(1, rootName, rootName, rootKey, rootKey, [isAuthority])
  return {
    root,
    issue(data, at, wrong = {}) {
      const purpose = wrong.usage === 'code signing' ? '1.3.6.1.5.5.7.3.3' : '1.3.6.1.5.5.7.3.8'
      const critical = wrong.usage === 'not critical' ? [] : [yes]
      const usage = sequence(oid('2.5.29.37'), ...critical, octets(sequence(oid(purpose))))
      const own = certificate(2, rootName, ownName, key, rootKey, [usage])
      const digest = Buffer.from(hash(wrong.digest ?? 'sha256', data, 'buffer'))
      const imprint = sequence(sha256Algorithm, octets(digest))
      const info = sequence(integer(1), oid('1.2.3.4'), imprint, integer(9), generalizedTime(at))
      const named = hash('sha256', wrong.namesAnotherCertificate === true ? root : own, 'buffer')
      const attributes = Buffer.concat([
        sequence(oid('1.2.840.113549.1.9.3'), set(oid('1.2.840.113549.1.9.16.1.4'))),
        sequence(oid('1.2.840.113549.1.9.4'), set(octets(hash('sha256', info, 'buffer')))),
        sequence(oid('1.2.840.113549.1.9.16.2.47'), set(sequence(sequence(sequence(octets(named)))))),
      ])
      const signer = sequence(
        integer(1),
        sequence(rootName, integer(2)),
        sha256Algorithm,
        der(0xa0, attributes),
        ecdsaSha256,
        octets(sign('sha256', set(attributes), key)),
      )
      const signed = sequence(
        integer(3),
        set(sha256Algorithm),
        sequence(oid('1.2.840.113549.1.9.16.1.4'), der(0xa0, octets(info))),
        der(0xa0, own),
        set(signer),
      )
      return sequence(sequence(integer(0)), sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, signed)))
    },
  }
}
