import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorRoles, findSignals, houseRules, parseExpression, type Turn, textFacts, triage } from '@tandem/triage'
import fc from 'fast-check'
import { context } from '../cases.ts'
import { disguised } from './disguise.ts'

const rules = houseRules()
const all = rules.packs.flatMap(({ pack, rules }) => rules.map((rule) => ({ pack, rule })))
const examples = all.flatMap(({ pack, rule }) => rule.examples.map((messages) => ({ pack, rule, messages })))
const plain = examples.filter(({ messages }) =>
  messages.every((text) => /^[a-z0-9 ,]+$/.test(text) && !/(\b\w ){3}/.test(text)),
)
const speakerOf = (rule: (typeof all)[number]['rule']) => (rule.spokenBy === 'victim' ? 'victim' : 'reported')
const found = (turns: readonly Turn[]): string[] => findSignals(rules, turns).signals.map(({ rule }) => rule)

test('every rule of the house says where it comes from, and holds examples and near misses', () => {
  assert.ok(all.length >= 25)
  for (const { rule } of all) assert.ok(rule.examples.length > 0 && rule.counterExamples.length > 0)
  for (const { sources } of rules.packs) assert.ok(sources.length > 0)
})

test('a word in disguise is the same word: case, width, hidden marks, accents, look-alikes, drawn out, digits', () => {
  const one = fc
    .constantFrom(...plain)
    .chain((example) => fc.tuple(fc.constant(example), fc.tuple(...example.messages.map(disguised))))
  fc.assert(
    fc.property(one, ([{ rule }, messages]) => {
      const role = speakerOf(rule)
      assert.ok(found(messages.map((text) => ({ role, text }))).includes(rule.id), messages.join(' / '))
    }),
    { numRuns: 600 },
  )
})

test('letters set apart and messages cut between words are read as what they spell', () => {
  const spelt = (text: string, between: string) => [...text.replaceAll(' ', '')].join(between)
  for (const between of [' ', '.', '-', ' \u2764 ', '\n']) {
    assert.ok(found([{ role: 'reported', text: `hey ${spelt('kill myself', between)} ok` }]).includes('wants-to-die'))
  }
  const letters = [...'killmyself'].map((text): Turn => ({ role: 'reported', text }))
  assert.deepEqual(found(letters), ['wants-to-die'])
  const [whole] = findSignals(rules, letters).signals
  assert.deepEqual(
    [whole?.from, whole?.to],
    [
      { turn: 0, at: 0 },
      { turn: 9, at: 1 },
    ],
  )
  fc.assert(
    fc.property(fc.constantFrom(...plain), ({ rule, messages }) => {
      const turns = messages
        .join(' ')
        .split(' ')
        .map((text): Turn => ({ role: speakerOf(rule), text }))
      assert.ok(found(turns).includes(rule.id))
    }),
  )
})

test('spans lie in the text as it was given, begin and end at its words, and hold the example', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...plain.filter(({ messages }) => messages.length === 1)),
      fc.array(fc.constantFrom('\u{1f600}', 'ünïted', 'x', '12', '—', '\u200b'), { maxLength: 6 }),
      ({ rule, messages: [text = ''] }, before) => {
        const lead = before.map((each) => `${each} `).join('')
        const { signals } = findSignals(rules, [{ role: speakerOf(rule), text: `${lead}${text} \u{1f600}` }])
        const one = signals.find((signal) => signal.rule === rule.id)
        assert.ok(one !== undefined)
        assert.ok(one.from.at >= lead.length && one.to.at <= lead.length + text.length)
        const written = `${lead}${text}`.slice(one.from.at, one.to.at)
        assert.match(written, /^[\w@$].*[\w@$]$|^\w$/)
        assert.ok(text.includes(written))
      },
    ),
    { numRuns: 300 },
  )
})

const anyWords = fc.array(
  fc.constantFrom(...examples.flatMap(({ messages }) => messages), 'hello', 'and then', 'the end'),
  { minLength: 1, maxLength: 12 },
)

test('the words of a victim never speak for danger, and no rule about an offender hears them', () => {
  const victimless = new Set(all.filter(({ rule }) => rule.spokenBy === 'reported').map(({ rule }) => rule.id))
  fc.assert(
    fc.property(anyWords, anyWords, (hers, his) => {
      const his1 = his.map((text): Turn => ({ role: 'reported', text }))
      const mixed = [...hers.map((text): Turn => ({ role: 'victim', text })), ...his1]
      const { signals } = findSignals(rules, mixed)
      for (const { writtenBy, rule, mayScore } of signals) {
        if (writtenBy !== 'victim') continue
        assert.ok(!victimless.has(rule))
        assert.deepEqual(mayScore, ['child urgency'])
      }
      const alone = findSignals(rules, his1).signals.map(({ rule, from }) => [rule, from.turn + hers.length, from.at])
      const beside = signals.filter(({ writtenBy }) => writtenBy === 'reported')
      assert.deepEqual(
        beside.map(({ rule, from }) => [rule, from.turn, from.at]),
        alone,
      )
    }),
    { numRuns: 200 },
  )
})

test('the facts that words suggest carry places and no words; unknown authors and single stages suggest nothing', () => {
  const turn = (role: Turn['role'], text: string): Turn => ({ role, text })
  const of = (turns: readonly Turn[]) => textFacts(findSignals(rules, turns).signals, (at) => `message ${at}`)
  const stages = [turn('reported', 'how old are you'), turn('reported', 'are you alone')]
  assert.deepEqual(Object.keys(of(stages)), ['groomingOfChild'])
  assert.deepEqual(of(stages.slice(0, 1)), {})
  assert.deepEqual(of(stages.map(({ text }) => turn('not said', text))), {})
  assert.deepEqual(of(stages.map(({ text }) => turn('victim', text))), {})
  const despair = of([turn('victim', 'i want to die')])
  assert.deepEqual(despair.selfHarmStated?.evidence, [
    { place: 'message 0 characters 0 to 13 (tandem-exigency-en/1 wants-to-die)' },
  ])
  assert.equal(triage(despair, context).computedPriority, 'P1')
})

test('where the text is cut into blocks leaves no trace', () => {
  const story = plain.map(({ messages }) => messages.join(' ')).join(' and then ')
  const at = (lead: number) => {
    const text = `${'well '.repeat(lead)}${story}`
    return findSignals(rules, [{ role: 'reported', text }]).signals.map(({ rule, from, to }) => [
      rule,
      from.at - 5 * lead,
      to.at - 5 * lead,
    ])
  }
  const here = at(0)
  assert.ok(here.length > 20)
  for (let lead = 1; lead < 2300; lead += 37) assert.deepEqual(at(lead), here, String(lead))
})

test('no rule names people by ethnicity, belief, nationality or means', () => {
  const proxies =
    /ethnic|\brace|racial|nationalit|migra|asylum|relig|faith|church|mosque|imam|priest|language|accent|postcode|poor|poverty|benefits|gypsy|traveller|\bblack\b|\bwhite\b|asian|muslim|jew|christian|disab/i
  for (const { rule } of all) assert.doesNotMatch([rule.says, ...rule.find, ...rule.unless].join(' '), proxies, rule.id)
  for (const { rule } of all) for (const text of rule.find) assert.ok(parseExpression(text).ok)
})

test('every role is heard by some rule', () => {
  for (const role of authorRoles) assert.ok(found([{ role, text: 'i want to die' }]).length === 1)
})
