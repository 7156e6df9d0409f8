import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { canonicalJson, type Json } from '@tandem/core'
import { parseWeights, tandem1 } from '@tandem/triage'
import { factorTable } from './factor-table.ts'

const path = new URL('../src/weights/tandem-1.json', import.meta.url)
const fresh = () => JSON.parse(readFileSync(path, 'utf8'))
const faultsOf = (json: unknown): string[] => {
  const parsed = parseWeights(json)
  return parsed.ok ? [] : parsed.error.map((fault) => `${fault.field} ${fault.says}`)
}
const indexOf = (name: string) => tandem1.factors.findIndex((rule) => rule.factor === name)

test('tandem-1 is what it was when it was released: a changed number needs a new id', () => {
  const file: Json = fresh()
  const digest = createHash('sha256').update(canonicalJson(file)).digest('hex')
  assert.equal(digest, '90a37da8b48a360021d89b6f1eb4c21eac769aa56666a9389343e7aa2fd5505c')
})

test('it is declared as our own, and every factor names its reason and source', () => {
  assert.equal(tandem1.id, 'tandem-1')
  assert.match(tandem1.declaration, /Not KIRAT/)
})

test('no factor, sentence or reason touches ethnicity, belief, language, postcode or poverty', () => {
  const proxies =
    /ethnic|race|racial|nationalit|migra|asylum|relig|faith|church|mosque|language|accent|surname|skin|postcode|postal|zip|neighbourhood|district|poor|poverty|income|benefit|depriv|housing|tenan|class\b|school meal|gender|sexual orientation|disab/i
  for (const rule of tandem1.factors) {
    const words = [rule.factor, rule.says.yes, rule.says.no, rule.says['not said'], rule.why, rule.source].join(' ')
    assert.doesNotMatch(words, proxies, rule.factor)
  }
})

test('a fault names its field', () => {
  const cases: [expected: RegExp, spoil: (file: ReturnType<typeof fresh>) => unknown][] = [
    [/^\$ must be an object/, () => 'text'],
    [/^\$\.id must be a text/, (file) => ({ ...file, id: '' })],
    [/^\$\.extra is not a known field/, (file) => ({ ...file, extra: 1 })],
    [/^\$\.band must run/, (file) => ({ ...file, band: { from: 100, to: 100 } })],
    [/^\$\.factors must be a list/, (file) => ({ ...file, factors: {} })],
    [/^\$\.factors "sextortion" is missing/, (file) => without(file, 'sextortion')],
    [
      /^\$\.factors "sextortion" is listed twice/,
      (file) => {
        file.factors.push(file.factors[indexOf('sextortion')])
        return file
      },
    ],
    [
      /points\.child urgency\.yes must be hundredths/,
      (file) => spoilt(file, 'sextortion', 'child urgency', { yes: 30, no: 0 }),
    ],
    [
      /points\.child urgency\.yes a risk never lowers/,
      (file) => spoilt(file, 'sextortion', 'child urgency', { yes: -25, no: 0 }),
    ],
    [
      /points\.child urgency\.no a stated no never raises/,
      (file) => spoilt(file, 'sextortion', 'child urgency', { yes: 25, no: 25 }),
    ],
    [/a protective statement never raises/, (file) => spoilt(file, 'viralOrMeme', 'child urgency', { yes: 25, no: 0 })],
    [/silence may not rank below no/, (file) => spoilt(file, 'viralOrMeme', 'child urgency', { yes: 0, no: 25 })],
    [/a context factor moves nothing/, (file) => spoilt(file, 'generativeAi', 'child urgency', { yes: 25, no: 0 })],
    [/factor must be one of/, (file) => set(file, 'sextortion', { factor: 'postcode' })],
    [/gate must be one of: P1, P2/, (file) => set(file, 'sextortion', { gate: 'P3' })],
    [/gate only a risk can be a gate/, (file) => set(file, 'viralOrMeme', { gate: 'P2' })],
    [/group "nowhere" is not in/, (file) => set(file, 'sextortion', { group: 'nowhere' })],
    [/group only a risk saturates/, (file) => set(file, 'viralOrMeme', { group: 'exigency' })],
    [
      /group "age of the child" has no cap .* offender danger/,
      (file) => set(file, 'producerSignals', { group: 'age of the child' }),
    ],
    [/steps\[1\]\.at must lie beyond/, (file) => set(file, 'recipients', { steps: [step(5, 25), step(5, 50)] })],
    [
      /steps\[1\]\.points\.offender danger must not be lower/,
      (file) => set(file, 'recipients', { steps: [step(2, 50), step(5, 25)] }),
    ],
    [
      /thresholds\[0\]\.axis P1 is risk to a person/,
      (file) => {
        file.thresholds[0].axis = 'offender danger'
        return file
      },
    ],
    [
      /thresholds\[1\]\.atLeast must be above 0/,
      (file) => {
        file.thresholds[1].atLeast = 0
        return file
      },
    ],
    [
      /firstDecisionMinutes a higher priority cannot/,
      (file) => {
        file.clocks.firstDecisionMinutes.P1 = 900
        return file
      },
    ],
    [
      /providerDataYears must be a whole number/,
      (file) => {
        file.clocks.providerDataYears = 0.5
        return file
      },
    ],
  ]
  assert.deepEqual(faultsOf(fresh()), [])
  for (const [expected, spoil] of cases) {
    const faults = faultsOf(spoil(fresh()))
    assert.ok(
      faults.some((fault) => expected.test(fault)),
      `${expected} not in ${faults.join('; ')}`,
    )
  }
})

test('the table in the documentation is the weight file', () => {
  const page = readFileSync(new URL('../../../docs/triage.md', import.meta.url), 'utf8')
  const table = page.split('<!-- factors -->')[1]?.trim()
  assert.equal(table, factorTable(tandem1))
})

const step = (at: number, points: number) => ({ at, points: { 'offender danger': points } })
const set = (file: ReturnType<typeof fresh>, name: string, change: object) => {
  Object.assign(file.factors[indexOf(name)], change)
  return file
}
const spoilt = (file: ReturnType<typeof fresh>, name: string, axis: string, pair: object) => {
  file.factors[indexOf(name)].points[axis] = pair
  return file
}
const without = (file: ReturnType<typeof fresh>, name: string) => {
  file.factors.splice(indexOf(name), 1)
  return file
}
