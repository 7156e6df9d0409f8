import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSignals, houseRules, loadPacks, type RuleSet } from '@tandem/triage'

const rules = houseRules()

/** A pack that asks for much: wide gaps over common words, nested choices, open words. */
function greedy(): RuleSet {
  const loaded = loadPacks([
    {
      pack: 'greedy',
      version: 1,
      owner: 'Test',
      language: 'und',
      licence: 'Apache-2.0',
      says: 'For this test.',
      sources: [{ id: 'own', title: 'Made for this test', address: null }],
      rules: [
        ['a ..20 a ..20 a ..20 b', 'a a a b'],
        ['(a | a a | a a a) (a | a a | a a a) (a | a a | a a a) b', 'a a a b'],
        ['((a | b)? (a | b)? (a | b)?) (a | b)? a ..40 (b | c)', 'a b'],
        ['*aaa* ..3 *aba*', 'baaad rabat'],
      ].map(([find, example], at) => ({
        id: `r${at}`,
        says: 'A test.',
        stage: null,
        signal: 'sextortion',
        spokenBy: 'anyone',
        source: 'own',
        find: [find],
        unless: ['40 around never a ..20 a', 'inside zzz'],
        examples: [example],
        counterExamples: ['nothing'],
      })),
    },
  ])
  assert.ok(loaded.ok, JSON.stringify(loaded))
  return loaded.value
}

const words = [...new Set(rules.automaton.literals.map(({ letters }) => letters))]
const hostile: Readonly<Record<string, (size: number) => string>> = {
  'one letter': (size) => 'a'.repeat(size),
  'one letter, set apart': (size) => 'a '.repeat(size / 2),
  'a word nearly spelt': (size) => 'k i l l m y s e l '.repeat(size / 18),
  'ab without end': (size) => 'ab'.repeat(size / 2),
  'a b without end': (size) => 'a b '.repeat(size / 4),
  'every word of the rules': (size) =>
    words
      .join(' ')
      .repeat(Math.ceil(size / 2000))
      .slice(0, size),
  'anchors alone': (size) => 'pay money bitcoin share everyone unless '.repeat(size / 40),
  digits: (size) => '1'.repeat(size),
  'digits and letters': (size) => 'p4y1'.repeat(size / 4),
  'digits and letters in short words': (size) => 'p4y 1l1 '.repeat(size / 8),
  commas: (size) => '1,000,'.repeat(size / 6),
  'signs that stand for letters': (size) => '$@'.repeat(size / 2),
  'hidden characters': (size) => `k${'\u200b'.repeat(size)}ill myself`,
  accents: (size) => 'e\u0301'.repeat(size / 2),
  'half surrogates': (size) => '\ud83d'.repeat(size),
  emoji: (size) => '\u{1f600}'.repeat(size / 2),
  'compatibility forms': (size) => '\ufdfa'.repeat(size),
  apostrophes: (size) => "'".repeat(size),
}

for (const [name, set] of [
  ['rules of the house', rules],
  ['greedy rules', greedy()],
] as const) {
  for (const [what, made] of Object.entries(hostile)) {
    test(`linear: ${name} on ${what}`, () => {
      const steps = (size: number): number => findSignals(set, [{ role: 'not said', text: made(size) }]).steps
      const [one, two, four] = [steps(7200), steps(14_400), steps(28_800)]
      assert.ok(one >= 7200 / 2, 'every character is counted')
      // Twice the text, twice the work; the rest is the beginning and the end.
      assert.ok(two <= 2.2 * one + 20_000, `${one} ${two}`)
      assert.ok(four <= 2.2 * two + 20_000, `${two} ${four}`)
      assert.ok(four / 28_800 < 2500, `${four / 28_800} steps a character`)
    })
  }
}
