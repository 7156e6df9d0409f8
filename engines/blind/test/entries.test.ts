import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { commitTo, isCommitted, open } from '../src/commit/index.ts'
import {
  canaryInput,
  canaryKinds,
  canonicalForms,
  inputOf,
  isCanary,
  paddedPlaces,
  paddedSize,
  readEntry,
  sample,
} from '../src/entries/index.ts'

const chance = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

describe('what both sides write the same', () => {
  const vectors = [
    // E.164.
    ['phone', '+44 7700 900123', '+447700900123'],
    ['phone', 'tel:+44-7700-900-123', '+447700900123'],
    // RFC 5952 section 4.
    ['ip', '2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['ip', '2001:db8:0000::0001', '2001:db8::1'],
    ['ip', '[2001:db8::1]:443', '2001:db8::1'],
    ['ip', '::ffff:192.0.2.7', '192.0.2.7'],
    ['ip', '192.0.2.7:8080', '192.0.2.7'],
    // Lower case and IDNA.
    ['email', 'Test.Person@MAIL.example', 'test.person@mail.example'],
    ['email', 'person@bücher.example', 'person@xn--bcher-kva.example'],
    // EIP-55, BIP 173.
    ['wallet', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'],
    ['wallet', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'],
    ['wallet', 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['hash', 'MD5/0CC175B9C0F1B6A831C399E269772661', 'md5/0cc175b9c0f1b6a831c399e269772661'],
    ['account', 'Snapchat|username/Test_User', 'snapchat|username/test_user'],
    ['domain', 'WWW.Bücher.Example.', 'www.xn--bcher-kva.example'],
  ] as const
  for (const [kind, written, canonical] of vectors) {
    test(`${kind}: ${written}`, () => {
      const forms = canonicalForms(kind, written)
      assert.ok(forms.ok, JSON.stringify(forms))
      assert.deepEqual(forms.value, [canonical])
      const entry = readEntry(kind, written, 'r')
      assert.ok(entry.ok)
      assert.equal(Buffer.from(entry.value.inputs[0] ?? []).toString(), `${kind}\0${canonical}`)
    })
  }

  test('one thing with two forms has both', () => {
    const forms = canonicalForms('wallet', '342ftSRCvFHfCeFFBuz4xwbeqnDw6BGUey')
    assert.ok(forms.ok)
    assert.equal(forms.value.length, 2)
    assert.match(forms.value[1] ?? '', /^litecoin:M/)
  })

  test('what two people can share is refused, and the refusal repeats no value', () => {
    const shared = [
      ['phone', '07700 900123'],
      ['ip', '192.168.1.1'],
      ['ip', '100.64.0.1'],
      ['ip', 'fe80::1%eth0'],
      ['hash', '0cc175b9c0f1b6a831c399e269772661'],
      ['account', 'test_user'],
      ['wallet', '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
      ['email', 'no mail'],
    ] as const
    for (const [kind, written] of shared) {
      const entry = readEntry(kind, written, 'r')
      assert.ok(!entry.ok, written)
      assert.ok(!entry.error.says.includes(written))
    }
  })

  test('the same text under two kinds is two inputs', () => {
    assert.notDeepEqual(inputOf('domain', 'a.example'), inputOf('email', 'a.example'))
  })
})

describe('a padded list', () => {
  test('sizes are powers of two and never small', () => {
    assert.deepEqual([0, 1, 16, 17, 100_000].map(paddedSize), [16, 16, 16, 32, 131_072])
  })

  test('holds everything once, and every entry can be opened and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70 }), fc.nat(), (count, at) => {
        const inputs = Array.from({ length: count }, (_, entry) => ({ input: inputOf('phone', `+1${entry}`), entry }))
        const canaries = canaryKinds.map((kind) => canaryInput(kind, chance))
        const places = paddedPlaces(inputs, inputOf('control', 'c'), canaries, chance)
        assert.equal(places.length, paddedSize(count + 4))
        assert.deepEqual(
          places.flatMap(({ entries }) => entries).sort((a, b) => a - b),
          inputs.map(({ entry }) => entry),
        )
        assert.equal(places.filter((place) => place.is === 'control').length, 1)
        const commitment = commitTo(places)
        const [opening] = open(places, [at % places.length])
        assert.ok(opening && isCommitted(opening, commitment))
        const other = { ...opening, input: inputOf('phone', '+19999') }
        assert.equal(isCommitted(other, commitment), false)
        assert.equal(isCommitted({ ...opening, index: (opening.index + 1) % places.length }, commitment), false)
        assert.equal(isCommitted({ ...opening, salt: chance(32) }, commitment), false)
        assert.equal(isCommitted({ ...opening, path: opening.path.slice(1) }, commitment), false)
        assert.equal(isCommitted(opening, { ...commitment, size: commitment.size * 2 }), false)
      }),
      { numRuns: 40 },
    )
  })

  test('canaries are known as such, and no real value is', () => {
    for (const kind of canaryKinds) assert.ok(isCanary(canaryInput(kind, chance)))
    for (const input of [
      inputOf('phone', '+447700900123'),
      inputOf('ip', '192.0.2.7'),
      inputOf('email', 'a@b.example'),
    ])
      assert.equal(isCanary(input), false)
  })

  test('a sample has no repetition', () => {
    assert.deepEqual(sample(5, 5, chance), [0, 1, 2, 3, 4])
    assert.equal(new Set(sample(100, 10_000, chance)).size, 100)
  })
})
