import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Secret } from '../keys/secret.ts'
import { Gathering, type SplitSecret, splitSecret } from './quorum.ts'
import { readShare, writeShare } from './share.ts'

const officers = ['Test One', 'Test Two', 'Test Three', 'Test Four', 'Test Five']

async function splitOf(secret: Uint8Array, threshold = 3): Promise<SplitSecret> {
  const made = await splitSecret(Secret.of(Uint8Array.from(secret)), 'unseal', threshold, officers)
  assert.ok(made.ok)
  return made.value
}

/** Every subset of the five shares, as their numbers. */
const subsets = Array.from({ length: 32 }, (_, mask) => [0, 1, 2, 3, 4].filter((bit) => (mask >> bit) & 1))

describe('a split secret', () => {
  for (const threshold of [2, 3, 4, 5]) {
    it(`${threshold} of 5: each subset of at least ${threshold} opens it, each smaller one does not`, async () => {
      const secret = randomBytes(32)
      const { quorum, shares } = await splitOf(secret, threshold)
      let opened = 0
      for (const subset of subsets) {
        const gathering = new Gathering(quorum)
        for (const index of subset) assert.ok(gathering.add(shares[index]?.text ?? '').ok)
        const result = await gathering.open()
        assert.equal(result.ok, subset.length >= threshold, String(subset))
        if (result.ok) {
          opened++
          assert.ok(result.value.lend((bytes) => bytes.equals(secret)))
        } else assert.equal(result.error.code, 'too-few-shares')
      }
      assert.equal(opened, subsets.filter(({ length }) => length >= threshold).length)
    })
  }

  it('below the quorum nothing opens, even when the number that is needed is lied about', async () => {
    const { quorum, shares } = await splitOf(randomBytes(32))
    for (const subset of subsets.filter(({ length }) => length === 2)) {
      const gathering = new Gathering({ ...quorum, threshold: 2 })
      for (const index of subset) gathering.add(shares[index]?.text ?? '')
      const result = await gathering.open()
      assert.equal(result.ok ? null : result.error.code, 'wrong-secret')
    }
  })

  it('says whose share came, and refuses it twice, from elsewhere, or unknown', async () => {
    const [one, other] = [await splitOf(randomBytes(32)), await splitOf(randomBytes(32))]
    const gathering = new Gathering(one.quorum)
    const text = one.shares[1]?.text ?? ''
    const added = gathering.add(text)
    assert.equal(added.ok ? added.value : null, 'Test Two')
    const code = (given: string): string | null => {
      const result = gathering.add(given)
      return result.ok ? null : result.error.code
    }
    assert.equal(code(text), 'share-given-already')
    assert.equal(code(other.shares[0]?.text ?? ''), 'share-of-another-quorum')
    const invented = writeShare({ quorum: one.quorum.quorum, bytes: randomBytes(33) })
    assert.equal(code(invented), 'share-unknown')
    assert.deepEqual(gathering.officers, ['Test Two'])
  })

  it('is read with blanks, in lines and in capitals; one slip is noticed', async () => {
    const { shares } = await splitOf(randomBytes(32))
    const text = shares[0]?.text ?? ''
    const spaced = (text.match(/.{1,5}/g) ?? []).join(' ').toUpperCase()
    assert.deepEqual(readShare(`\n${spaced}\n`), readShare(text))
    fc.assert(
      fc.property(fc.nat(text.length - 14), fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'), (at, letter) => {
        const place = 13 + at
        fc.pre(text[place] !== letter)
        assert.equal(readShare(text.slice(0, place) + letter + text.slice(place + 1)).ok, false)
      }),
    )
  })

  it('an impossible quorum is refused', async () => {
    for (const [threshold, names] of [
      [1, officers],
      [6, officers],
      [2, ['Test One', 'Test One', 'Test Two']],
      [2, Array.from({ length: 256 }, (_, number) => `Test ${number}`)],
    ] as const) {
      const made = await splitSecret(Secret.of(randomBytes(32)), 'unseal', threshold, names)
      assert.equal(made.ok ? null : made.error.code, 'quorum-impossible')
    }
  })

  it('what may be known of it holds no share', async () => {
    const { quorum, shares } = await splitOf(randomBytes(32))
    const known = JSON.stringify(quorum)
    for (const { text } of shares) {
      const share = readShare(text)
      assert.ok(share.ok)
      for (const form of [text, Buffer.from(share.value.bytes).toString('hex')]) assert.ok(!known.includes(form))
    }
  })
})
