import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSignals, loadPacks, parseExpression, parseUnless, type RuleSet } from '@tandem/triage'
import fc from 'fast-check'

const faultIn = (text: string): string => {
  const parsed = parseExpression(text)
  return parsed.ok ? 'no fault' : `${parsed.error.column}: ${parsed.error.says}`
}

test('a fault names its column and what to write instead', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', '1: a word is missing'],
    ['meet |', '7: a word is missing'],
    ['(meet', '1: the bracket is not closed'],
    ['meet)', '5: ")" has no place here'],
    ['..3 meet', '1: a gap stands between two words, not at the beginning'],
    ['meet ..3', '9: a gap stands between two words, not at the end'],
    ['meet ..3 ..2 now', '10: two gaps in a row: write one'],
    ['meet .. now', '6: say how many words may stand between: "..3"'],
    ['meet ..41 now', '6: a gap is at most 40 words'],
    ['meet ..40 a ..40 b', '1: can take more than 80 words'],
    ['me*t', '1: "*" stands at the beginning or the end of a word'],
    ['me*', '1: beside "*" stand at least three letters'],
    ['self-harm', '1: "self-harm" holds what ends a word: write it as several words'],
    ["''", '1: "\'\'" holds no letter'],
    ['age 14', '5: write a number as "<14-14>"'],
    ['age <14>', '5: a number is written "<13-17>": digits from and to, both included'],
    ['age <17-13>', '5: the first number is the smaller one'],
    ['((((((((( a', '9: at most 8 brackets inside each other'],
    ['a'.repeat(41), '1: a word has at most 40 letters'],
  ]
  for (const [text, fault] of cases) assert.equal(faultIn(text), fault, text)
  const unless = (text: string): string => {
    const parsed = parseUnless(text)
    return parsed.ok ? 'no fault' : `${parsed.error.column}: ${parsed.error.says}`
  }
  assert.equal(unless('near not'), '1: say where: "3 before ...", "3 after ...", "3 around ..." or "inside ..."')
  assert.equal(unless('before not'), '8: say within how many words: "3 before ..."')
  assert.equal(unless('3 inside not'), '10: "inside" takes no number')
  assert.equal(unless('3 before not | never'), 'no fault')
})

test('whatever is typed, it is read or refused, and the fault lies in the text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[ab*|()?.<>\d -]{0,20}$/)), (text) => {
      const parsed = parseExpression(text)
      if (!parsed.ok) assert.ok(parsed.error.column >= 1 && parsed.error.column <= text.length + 1)
    }),
    { numRuns: 2000 },
  )
})

const rule = (find: string[], unless: string[] = [], examples: string[] = []) => ({
  id: 'one',
  says: 'A test.',
  stage: null,
  signal: 'sextortion',
  spokenBy: 'anyone',
  source: 'own',
  find,
  unless,
  examples,
  counterExamples: ['zzz'],
})
const pack = (rules: readonly object[], more: object = {}) => ({
  pack: 'test',
  version: 1,
  owner: 'Test',
  language: 'und',
  licence: 'Apache-2.0',
  says: 'For a test.',
  sources: [{ id: 'own', title: 'Made for this test', address: null }],
  rules,
  ...more,
})

test('a pack that does not do what it shows is refused with the place of every fault', () => {
  const faults = (file: unknown): string[] => {
    const loaded = loadPacks([file])
    return loaded.ok ? [] : loaded.error.map(({ field, says }) => `${field} ${says}`)
  }
  assert.deepEqual(faults(pack([rule(['aaa bbb'], [], ['aaa bbb'])])), [])
  assert.deepEqual(faults(pack([rule(['aaa bbb'], [], ['aaa ccc'])])), [
    '$[0].rules[0].examples[0] is not found by its rule',
  ])
  assert.deepEqual(faults(pack([rule(['zzz'], [], ['zzz'])])), [
    '$[0].rules[0].counterExamples[0] is found, and should not be',
  ])
  assert.deepEqual(faults(pack([rule(['aaa ('], ['3 near b'], ['aaa'])])), [
    '$[0].rules[0].find[0] column 6: a word is missing',
    '$[0].rules[0].unless[0] column 3: say where: "3 before ...", "3 after ...", "3 around ..." or "inside ..."',
  ])
  assert.deepEqual(faults(pack([rule(['<1-9>', '(aaa)? (bbb)?'], [], ['1'])])), [
    '$[0].rules[0].find[0] must hold a word that cannot be missing',
    '$[0].rules[0].find[1] must hold a word that cannot be missing',
  ])
  assert.deepEqual(faults(pack([rule(['aaa'], [], [])])), ['$[0].rules[0].examples a rule needs a text that it finds'])
  assert.deepEqual(faults(pack([rule(['aaa'], [], ['aaa'])], { version: 0, extra: 1 })), [
    '$[0].extra is not a known field',
    '$[0].version must be a whole number of 1 or more',
  ])
  const both = loadPacks([pack([rule(['aaa'], [], ['aaa'])]), pack([rule(['aaa'], [], ['aaa'])])])
  assert.ok(!both.ok && both.error[0]?.says === '"test" is given twice')
})

/** The grammar once more, in the plainest way: every way to match, by trying. */
type Form =
  | { word: string }
  | { gap: number }
  | { number: readonly [number, number] }
  | { all: Form[] }
  | { one: Form[]; mayLack: boolean }

const written = (form: Form): string => {
  if ('word' in form) return form.word
  if ('gap' in form) return `..${form.gap}`
  if ('number' in form) return `<${form.number[0]}-${form.number[1]}>`
  if ('all' in form) return form.all.map(written).join(' ')
  return `(${form.one.map(written).join(' | ')})${form.mayLack ? '?' : ''}`
}

function endsOf(form: Form, words: readonly string[], from: number): Set<number> {
  if ('word' in form) return new Set(words[from] === form.word ? [from + 1] : [])
  if ('number' in form) {
    const value = /^\d+$/.test(words[from] ?? '') ? Number(words[from]) : -1
    return new Set(value >= form.number[0] && value <= form.number[1] ? [from + 1] : [])
  }
  if ('gap' in form) {
    return new Set(Array.from({ length: form.gap + 1 }, (_, at) => from + at).filter((at) => at <= words.length))
  }
  if ('one' in form) {
    return new Set([...(form.mayLack ? [from] : []), ...form.one.flatMap((option) => [...endsOf(option, words, from)])])
  }
  let places = new Set([from])
  for (const item of form.all) places = new Set([...places].flatMap((at) => [...endsOf(item, words, at)]))
  return places
}

const leaf: fc.Arbitrary<Form> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('ax', 'by', 'cz').map((word) => ({ word })) },
  { weight: 1, arbitrary: fc.constant({ number: [3, 5] as const }) },
)
const choice = fc
  .tuple(fc.array(fc.array(leaf, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([options, mayLack]): Form => ({ one: options.map((all) => ({ all })), mayLack }))
const form = fc
  .array(fc.tuple(fc.oneof(leaf, choice), fc.option(fc.integer({ min: 0, max: 3 }))), { minLength: 1, maxLength: 4 })
  .map((parts): Form => {
    const all = parts.flatMap(([item, gap], at): Form[] =>
      gap === null || at === parts.length - 1 ? [item] : [item, { gap }],
    )
    return { all }
  })
const text = fc.array(fc.constantFrom('ax', 'by', 'cz', '4', '9', 'dd'), { maxLength: 14 })

test('what is found is what trying every way finds', () => {
  let matches = 0
  fc.assert(
    fc.property(form, text, (one, words) => {
      const rules = loaded(written(one))
      if (rules === null) return
      const all: (readonly [number, number])[] = []
      for (let from = 0; from <= words.length; from++) {
        for (const to of endsOf(one, words, from)) if (to > from) all.push([from, to])
      }
      const starts = words.map((_, at) => words.slice(0, at).join(' ').length + (at === 0 ? 0 : 1))
      const { signals } = findSignals(rules, [{ role: 'not said', text: words.join(' ') }])
      const found = signals.map(({ from, to }): readonly [number, number] => [
        starts.indexOf(from.at),
        starts.findIndex((start, at) => start + (words[at]?.length ?? 0) === to.at) + 1,
      ])
      for (const [from, to] of found)
        assert.ok(
          all.some((way) => way[0] === from && way[1] === to),
          `${from} ${to}`,
        )
      for (const [at, [from]] of found.entries()) assert.ok(at === 0 || from >= (found[at - 1]?.[1] ?? 0))
      for (const [from, to] of all)
        assert.ok(
          found.some((way) => way[0] < to && from < way[1]),
          `missed ${from} ${to}`,
        )
      matches += found.length
    }),
    { numRuns: 1500 },
  )
  assert.ok(matches > 300)
})

/** Through the front door, with an example that a search finds; null when the form requires no word. */
function loaded(find: string): RuleSet | null {
  if (!/[a-z]/.test(find)) return null
  const keyword = { ...rule([find, 'keyword'], [], ['keyword']) }
  const packs = loadPacks([pack([keyword])])
  return packs.ok ? packs.value : null
}

test('an unless takes away what stands before, after, around or inside, and only within its words', () => {
  const find = (unless: string, words: string): number => {
    const packs = loadPacks([pack([rule(['ax ..3 by'], [unless], ['ax by'])])])
    assert.ok(packs.ok, JSON.stringify(packs))
    return findSignals(packs.value, [{ role: 'not said', text: words }]).signals.length
  }
  assert.equal(find('2 before not', 'not ax by'), 0)
  assert.equal(find('2 before not', 'not well ax by'), 0)
  assert.equal(find('2 before not', 'not very well ax by'), 1)
  assert.equal(find('2 before not', 'ax by not'), 1)
  assert.equal(find('2 after not', 'ax by so not'), 0)
  assert.equal(find('2 after not', 'ax by so so not'), 1)
  assert.equal(find('1 around not at all', 'ax by not at all'), 1)
  assert.equal(find('3 around not at all', 'ax by not at all'), 0)
  assert.equal(find('inside not', 'ax not by'), 0)
  assert.equal(find('inside not', 'not ax by not'), 1)
})
