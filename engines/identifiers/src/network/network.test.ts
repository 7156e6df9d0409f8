import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { base32 } from '@scure/base'
import fc from 'fast-check'
import { readDomain, readOnion } from '../index.ts'

/** An address of a key that nobody has. */
const onionOf = (key: Uint8Array): string => {
  const sum = createHash('sha3-256').update('.onion checksum').update(key).update(Buffer.of(3)).digest()
  return base32.encode(Uint8Array.of(...key, ...sum.subarray(0, 2), 3)).toLowerCase()
}

// The three examples of rend-spec-v3 section 6 and the documented one of its authors, each in two halves.
const published = [
  ['pg6mmjiyjmcrsslvykfwnntlaru7', 'p5svn6y2ymmju6nubxndf4pscryd'],
  ['sp3k262uwy4r2k3ycr5awluarykd', 'pag6a7y33jxop4cs2lu5uz5sseqd'],
  ['xa4r2iadxm55fbnqgwwi5mymqdco', 'fiu3w6rpbtqn7b2dyn7mgwj64jyd'],
].map((halves) => halves.join(''))

describe('hidden services', () => {
  it('of the specification pass, with one changed character they fail', () => {
    for (const name of published) {
      const reading = readOnion(`${name}.onion`)
      assert.ok(reading.ok && reading.value.version === 3 && reading.value.identifier.strength === 'checksum')
      for (const at of [0, 20, 55]) {
        const changed = name.slice(0, at) + (name[at] === 'a' ? 'b' : 'a') + name.slice(at + 1)
        assert.ok(!readOnion(`${changed}.onion`).ok)
      }
    }
  })

  it('of any key are read, with sub-domain, gateway, port and path', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const name = onionOf(key)
        const reading = readOnion(`http://www.${name.toUpperCase()}.onion:8080/path?x=1`)
        assert.ok(reading.ok)
        assert.deepEqual(
          [reading.value.identifier.normal, reading.value.subdomain, reading.value.gateway],
          [`${name}.onion`, 'www', null],
        )
        const gate = readOnion(`${name}.onion.gate.example`)
        assert.ok(gate.ok && gate.value.gateway === 'gate.example')
        assert.ok(readOnion(name).ok)
      }),
    )
  })

  it('of version 2 are a form from the past', () => {
    const reading = readOnion('abcdefghij234567.onion')
    assert.ok(reading.ok && reading.value.version === 2 && reading.value.identifier.strength === 'form')
    assert.match(reading.value.identifier.because, /switched off/)
    assert.ok(!readOnion('abcdefghij234567').ok)
    assert.ok(!readOnion(`${'a'.repeat(55)}.onion`).ok)
  })
})

describe('domains', () => {
  it('stand under a suffix that exists', () => {
    const reading = readDomain('Shop.BÜCHER.co.uk.')
    assert.ok(reading.ok && reading.value.identifier.normal === 'shop.xn--bcher-kva.co.uk')
    assert.equal(reading.value.registrable, 'xn--bcher-kva.co.uk')
    for (const text of [
      'photo.jpg',
      'localhost',
      'a..example',
      '-a.example',
      'a.b c',
      'host.local',
      '1.2.3.4',
      `${'a'.repeat(64)}.example`,
    ])
      assert.ok(!readDomain(text).ok, text)
  })

  it('written defanged are read and marked; the endings of files are weak', () => {
    const reading = readDomain('host[.]example')
    assert.ok(reading.ok && reading.value.defanged && reading.value.identifier.normal === 'host.example')
    const file = readDomain('setup.py')
    assert.ok(file.ok && file.value.identifier.strength === 'weak')
  })
})
