import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { findSignals, houseRules, loadPacks, type RuleSet } from '@tandem/triage'
import fc from 'fast-check'
import { hostileTalks } from './hostile-talk.ts'

/** Every word a rule of its own, so that what is found says what each word of the text was read as. */
function oneRuleAWord(words: readonly string[]): RuleSet | null {
  const loaded = loadPacks([
    {
      pack: 'words',
      version: 1,
      owner: 'Test',
      language: 'und',
      licence: 'Apache-2.0',
      says: 'For this test.',
      sources: [{ id: 'own', title: 'Made for this test', address: null }],
      rules: words.map((word, at) => ({
        id: `w${at}`,
        says: 'A test.',
        stage: null,
        signal: 'sextortion',
        spokenBy: 'anyone',
        source: 'own',
        find: [word],
        unless: [],
        examples: [word.replaceAll('*', '')],
        counterExamples: ['zz'],
      })),
    },
  ])
  return loaded.ok ? loaded.value : null
}

/** The law of letters in the plainest way: a run as written, or drawn out; more of a letter may belong to what is open. */
function expressionOf(word: string): RegExp {
  const [open, goesOn] = [word.startsWith('*'), word.endsWith('*')]
  const runs = word.replaceAll('*', '').match(/(.)\1*/gu) ?? []
  const body = runs.map((run, at) => {
    const [letter = '', { length }] = [run[0], run]
    if (open && goesOn) return `${letter}+`
    const mayBeMore = (open && at === 0) || (goesOn && at === runs.length - 1)
    return `(?:${letter}{${length}${mayBeMore ? ',' : ''}}|${letter}{3,})`
  })
  return new RegExp(`${open ? '' : '^'}${body.join('')}${goesOn ? '' : '$'}`, 'u')
}

const letters = fc.constantFrom('a', 'b', 'l', 's', 'e', 'aa', 'll', 'ss')
const ruleWord = fc
  .tuple(fc.array(letters, { minLength: 2, maxLength: 5 }), fc.boolean(), fc.boolean())
  .map(([parts, open, goesOn]) => {
    const core = parts.join('')
    return core.length < 3 ? core : `${open ? '*' : ''}${core}${goesOn ? '*' : ''}`
  })
/** A letter as it may be written: what it is read as, and how it stands. */
const written = fc.oneof(
  { weight: 12, arbitrary: letters.map((as) => ({ as, is: as })) },
  fc.constantFrom(
    { as: 'a', is: '\u00c1' },
    { as: 'e', is: 'e\u0301' },
    { as: 's', is: "'S" },
    { as: 'll', is: 'l`L' },
    { as: 'bbb', is: 'bBb' },
    { as: 'a', is: '\u0430' },
    { as: 'e', is: '\uff45' },
    { as: '\u0436', is: '\u0416' },
    { as: 'aaaa', is: 'aAaA' },
  ),
)
const textWord = fc
  .array(written, { minLength: 1, maxLength: 6 })
  // Marks that hide stand inside; single letters are another matter.
  .map((parts) => [{ as: 'l', is: 'l' }, ...parts, { as: 'e', is: 'e' }])
/** A word of the rules, perhaps with something before and behind it. */
const nearRule = fc.tuple(fc.nat(), fc.constantFrom('', '', 'b'), fc.constantFrom('', '', 's', 'la'))
const between = fc.constantFrom(' ', '  ', '. ', ', ', '\n', ' \u2014 ', ' 12 ', ' \u{1f600} ')

type Written = { readonly as: string; readonly is: string }
type Near = readonly [number, string, string]
const isNear = (word: readonly Written[] | Near): word is Near => typeof word[0] === 'number'
const plainly = (word: string): Written => ({ as: word.replaceAll('*', ''), is: word.replaceAll('*', '') })

test('each word is read as the plainest comparison of letters reads it, at its place', () => {
  let found = 0
  fc.assert(
    fc.property(
      fc.uniqueArray(ruleWord, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.oneof(textWord, nearRule), between), { maxLength: 12 }),
      (words, given) => {
        const rules = oneRuleAWord(words)
        if (rules === null) return
        const expressions = words.map(expressionOf)
        const expected: string[] = []
        let text = ''
        for (const [word, after] of given) {
          const parts = isNear(word) ? [plainly(`${word[1]}${words[word[0] % words.length] ?? ''}${word[2]}`)] : word
          const [as, is] = [parts.map((part) => part.as).join(''), parts.map((part) => part.is).join('')]
          expressions.forEach((expression, at) => {
            if (expression.test(as)) expected.push(`w${at} ${text.length} ${text.length + is.length}`)
          })
          text += `${is}${after}`
        }
        const { signals } = findSignals(rules, [{ role: 'not said', text }])
        const those = signals.map(({ rule, from, to }) => `${rule} ${from.at} ${to.at}`)
        assert.deepEqual(those.sort(), expected.sort(), JSON.stringify(text))
        found += those.length
      },
    ),
    { numRuns: 1500 },
  )
  assert.ok(found > 2000, String(found))
})

test('what the slower reading found before this one is found, no more and no less', () => {
  const rules = houseRules()
  const texts = rules.rules.flatMap(({ rule }) => [...rule.examples, ...rule.counterExamples].flat())
  const hash = createHash('sha256')
  let found = 0
  for (const turns of hostileTalks(texts, 4000)) {
    const { signals } = findSignals(rules, turns)
    found += signals.length
    hash.update(JSON.stringify(signals.map(({ rule, author, from, to }) => [rule, author, from, to])))
  }
  // Both are from before, when every word of the rules was compared letter by letter. The packs of the house are in them.
  assert.equal(found, 19_620)
  assert.equal(hash.digest('hex'), '45d7ee4d3253ecbf6bd68244864eb056e1d061e16e31eb5ec9fa86a9e820cfed')
})
