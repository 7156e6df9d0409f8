import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readPgpBlock, readPgpKeyName } from '../index.ts'
import { crc24 } from './armor.ts'

const folder = join(import.meta.dirname, '../../../../fixtures/identifiers')
const file = (name: string): string => readFileSync(join(folder, name), 'utf8')

/** What GnuPG says of the same keys: primary and subkey fingerprints by the name of the owner. */
const listing = (owner: string): readonly string[] => {
  const block =
    file('gpg-listing.txt')
      .split(/^pub:/m)
      .find((part) => part.includes(owner)) ?? ''
  return [...block.matchAll(/^fpr:+([0-9A-F]{40}):/gm)].map(([, fingerprint = '']) => fingerprint.toLowerCase())
}

describe('PGP blocks', () => {
  const owners = [
    ['rsa', 'Test Person'],
    ['ed25519', 'Test Sender'],
    ['dsa', 'Test Third'],
  ]
  for (const [name = '', owner = ''] of owners) {
    it(`of ${name} keys give the fingerprints that GnuPG gives, from the public and from the private block`, () => {
      for (const what of ['public', 'private']) {
        const reading = readPgpBlock(file(`${name}-${what}.asc`))
        assert.ok(reading.ok)
        assert.equal(reading.value.what, what)
        assert.deepEqual(
          reading.value.keys.map(({ fingerprint }) => fingerprint),
          listing(owner),
        )
        assert.equal(listing(owner).length, 2)
        assert.ok(reading.value.userIds.some((text) => text.startsWith(owner)))
        assert.equal(reading.value.keys[0]?.createdAt, '2026-05-04T09:12:33.000Z')
        assert.equal(reading.value.crc, 'holds')
        for (const { keyId, fingerprint } of reading.value.keys) assert.ok(fingerprint.endsWith(keyId))
        if (what === 'private') assert.match(reading.value.identifiers[0]?.because ?? '', /PRIVATE/)
      }
    })
  }

  it('of version 6 give the fingerprint that RFC 9580 prints', () => {
    const reading = readPgpBlock(file('v6-public.asc'))
    assert.ok(reading.ok)
    const [primary, subkey] = reading.value.keys
    assert.equal(primary?.fingerprint, 'cb186c4f0609a697e4d52dfa6c722b0c1f1e27c18a56708f6525ec27bad9acc9')
    assert.equal(subkey?.fingerprint, '12c83f1e706f6308fe151a417743a1f033790e93e9978488d1db378da9930885')
    assert.equal(reading.value.crc, 'absent')
  })

  it('say when a key ends', () => {
    const reading = readPgpBlock(file('rsa-public.asc'))
    assert.ok(reading.ok && reading.value.expiresAt === '2028-05-03T09:12:33.000Z')
  })

  it('of messages name the keys they are encrypted to', () => {
    const reading = readPgpBlock(file('message.asc'))
    assert.ok(reading.ok)
    const subkeys = ['Test Person', 'Test Sender'].map((owner) => listing(owner)[1]?.slice(-16))
    assert.deepEqual(reading.value.recipients, subkeys)
  })

  it('that were altered are refused by their checksum, and broken ones never throw', () => {
    const text = file('ed25519-public.asc')
    const altered = text.replace('mDME', 'mDMF')
    const reading = readPgpBlock(altered)
    assert.ok(!reading.ok && reading.error.code === 'pgp-crc')
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 8 }), fc.nat(40), (at, put, cut) => {
        readPgpBlock(text.slice(0, at) + put + text.slice(at + cut))
        readPgpBlock(`${text.slice(0, at)}\n-----END PGP PUBLIC KEY BLOCK-----`)
      }),
    )
    assert.equal(crc24(Buffer.from('123456789')), 0x21cf02)
  })

  it('names of keys: fingerprints are a form, key ids weak', () => {
    const long = readPgpKeyName('7E00 CB9D 0361 334E F3E6  3AC9 D376 005B 6A21 7694')
    assert.ok(long.ok && long.value.identifier.normal === listing('Test Person')[0])
    assert.deepEqual(long.value.identifier.also, ['keyid/d376005b6a217694'])
    const short = readPgpKeyName('0x6A217694')
    assert.ok(short.ok && short.value.identifier.strength === 'weak')
    assert.match(short.value.identifier.because, /very many/)
  })
})
