import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { EditDistance } from './edit-distance.ts'
import { JaroWinkler } from './jaro-winkler.ts'
import { leastEdits, lettersOf } from './letters.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcdé '), maxLength: 45 })
const many = { numRuns: 3000 }

/** By the book, on strings. */
function plainDistance(a: string, b: string, withSwaps: boolean): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (withSwaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, at(i - 2, j - 2) + 1)
      }
      const row = rows[i]
      if (row !== undefined) row[j] = least
    }
  }
  return at(a.length, b.length)
}

describe('edit distances', () => {
  for (const withSwaps of [false, true]) {
    it(`${withSwaps ? 'with' : 'without'} swaps are those of the book, up to any bound`, () => {
      fc.assert(
        fc.property(word, word, fc.nat(20), (one, other, most) => {
          const distance = new EditDistance(lettersOf([one, other]))
          const expected = plainDistance(one, other, withSwaps)
          const given = withSwaps ? distance.swapped(0, 1, most) : distance.levenshtein(0, 1, most)
          assert.equal(given, Math.min(expected, most + 1))
        }),
        many,
      )
    })
  }

  it('the letters of two texts never promise more edits than there are', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        assert.ok(leastEdits(lettersOf([one, other]), 0, 1) <= plainDistance(one, other, false))
      }),
      many,
    )
  })

  it('one comparer answers many questions alike', () => {
    const texts = ['smith', 'smyth', 'simth', '', 'a'.repeat(40)]
    const distance = new EditDistance(lettersOf(texts))
    for (let round = 0; round < 2; round++) {
      texts.forEach((one, a) => {
        texts.forEach((other, b) => {
          assert.equal(distance.levenshtein(a, b, 99), plainDistance(one, other, false))
          assert.equal(distance.swapped(a, b, 99), plainDistance(one, other, true))
        })
      })
    }
  })
})

describe('Jaro and Winkler', () => {
  const similarity = (one: string, other: string): number => new JaroWinkler(lettersOf([one, other])).similarity(0, 1)

  it('gives the published values', () => {
    // Winkler 1990 and the tables of the United States Census Bureau, to three places.
    for (const [one, other, expected] of [
      ['martha', 'marhta', 0.961],
      ['dwayne', 'duane', 0.84],
      ['dixon', 'dicksonx', 0.813],
      ['shackleford', 'shackelford', 0.982],
      ['dunningham', 'cunnigham', 0.896],
      ['nichleson', 'nichulson', 0.956],
      ['jones', 'johnson', 0.832],
      ['massey', 'massie', 0.933],
      ['abroms', 'abrams', 0.922],
      ['itman', 'smith', 0.467],
      ['jeraldine', 'geraldine', 0.926],
      ['michelle', 'michael', 0.921],
      ['julies', 'julius', 0.933],
      ['tanya', 'tonya', 0.88],
      ['sean', 'susan', 0.805],
      ['jon', 'john', 0.933],
      ['jon', 'jan', 0.8],
    ] as const) {
      assert.equal(similarity(one, other).toFixed(3), expected.toFixed(3), `${one} ${other}`)
    }
  })

  it('is the same both ways, 1 for the same text, and between 0 and 1', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const value = similarity(one, other)
        assert.ok(value >= 0 && value <= 1)
        assert.equal(value, similarity(other, one))
        assert.equal(similarity(one, one), 1)
      }),
      many,
    )
  })
})
