import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PerceptualIndex } from '../../src/perceptual/index.ts'
import { asList, built, linesOf, many, oneByOne, rowsOf } from './world.ts'

const kinds: readonly (readonly [string, (hashes: readonly string[]) => PerceptualIndex])[] = [
  ['tables of 16 bands', (hashes) => built(asList(hashes), { tailRows: 256 })],
  ['tables of 14 bands', (hashes) => built(asList(hashes), { tailRows: 256, plan: 'ring-14' })],
  ['tables of 13 bands', (hashes) => built(asList(hashes), { tailRows: 256, plan: 'ring-13' })],
  ['a scanned tail', (hashes) => built(asList(hashes))],
  ['the plain path', (hashes) => built(asList(hashes), { kernel: 'plain' })],
]

const pairs = (name: string): Set<string> => new Set(rowsOf(name).map((row) => row.map(Number).join(' ')))

for (const [name, of] of kinds) {
  describe(`published answers, from ${name}`, () => {
    it('finds every needle in the haystack within 48 bits, and nothing else', () => {
      const index = of(linesOf('haystack.txt'))
      const needles = linesOf('needles.txt')
      const found = oneByOne(index, needles, 48).map(({ query, entry, distance }) => `${query} ${entry} ${distance}`)
      assert.deepEqual(new Set(found), pairs('needles-in-haystack-d48.tsv'))
      assert.equal(found.length, new Set(found).size)
    })

    it('finds every pair of the haystack within 31 bits', () => {
      const hashes = linesOf('haystack.txt')
      const found = many(of(hashes), hashes, 31).filter(({ query, entry }) => query < entry)
      const lines = found.map(({ query, entry, distance }) => `${query} ${entry} ${distance}`)
      assert.deepEqual(new Set(lines), pairs('haystack-self-pairs-d31.tsv'))
    })

    it('judges each boundary pair at 31 as published', () => {
      const rows = rowsOf('boundary-pairs.tsv')
      const index = of([...rows.map((row) => row[1] ?? ''), ...linesOf('haystack.txt')])
      for (const [entry, [query = '', , distance, matches]] of rows.entries()) {
        const found = index.query(query, 31)
        assert.ok(found.ok)
        const hit = found.value.find((match) => match.entry === entry)
        assert.equal(hit?.distance, matches === '1' ? Number(distance) : undefined, `pair ${entry}`)
      }
    })

    it('reads the inputs of bit tools', () => {
      const hashes = [...linesOf('short256.dat'), ...linesOf('long256.dat'), ...linesOf('order256.dat')]
      const index = of(hashes)
      for (const [entry, hash] of hashes.entries()) {
        const found = index.query(hash, 0)
        assert.ok(found.ok && found.value.some((match) => match.entry === entry && match.hash === hash.toLowerCase()))
      }
    })

    it('finds crops of pictures among 15,000 others', { skip: name === 'the plain path' }, () => {
      const found = many(of(linesOf('natural-15k.txt')), linesOf('natural-queries-700.txt'), 31)
      const lines = found.map(({ query, entry, distance }) => `${query} ${entry} ${distance}`)
      assert.deepEqual(new Set(lines), pairs('natural-queries-d31.tsv'))
      assert.equal(lines.length, new Set(lines).size)
    })
  })
}
