import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AttributionFacts, attributionChecks, attributionInWords, judgeAttribution } from '@tandem/linkage'
import fc from 'fast-check'

const complete: AttributionFacts = {
  event: {
    address: '198.51.100.7',
    port: 4711,
    instant: '2026-03-29T00:30:00.000Z',
    zone: 'stated',
    possibleProxy: 'not said',
    accountCompromised: 'no',
    source: 'report',
  },
  context: { reasons: [], tor: 'no' },
  answer: {
    isReturn: true,
    isWhole: true,
    address: 'same',
    time: 'covers',
    customers: 'one',
    findings: [],
    row: { fits: true, port: 'same', zone: 'stated' },
    names: true,
    source: 'answer',
    provider: 'isp',
  },
  checks: { sharedPremises: 'no', otherUsers: 'no', addressTranslation: 'no', anonymiser: 'no' },
  lines: [
    {
      kind: 'other answer',
      fitsKind: true,
      namesSame: 'yes',
      addresses: ['203.0.113.9'],
      source: 'second answer',
      provider: 'other isp',
    },
  ],
}

const codes = (facts: AttributionFacts): string[] => judgeAttribution(facts).doubts.map(({ code }) => code)
const [line] = complete.lines
assert.ok(line !== undefined && complete.answer !== null)
const { answer, event } = complete

/** One thing taken away at a time, and the name that it must come back under. */
const mutations: readonly (readonly [string, AttributionFacts])[] = [
  ['not-an-address', { ...complete, event: { ...event, address: null } }],
  ['port-missing', { ...complete, event: { ...event, port: null } }],
  ['instant-open', { ...complete, event: { ...event, instant: null } }],
  ['zone-assumed', { ...complete, event: { ...event, zone: 'assumed' } }],
  ['zone-unknown', { ...complete, event: { ...event, zone: 'unknown' } }],
  ['possible-proxy', { ...complete, event: { ...event, possibleProxy: 'yes' } }],
  ['account-taken-over', { ...complete, event: { ...event, accountCompromised: 'yes' } }],
  ['tor-not-checked', { ...complete, context: { reasons: [], tor: null } }],
  ['tor-not-checked', { ...complete, context: { reasons: [], tor: 'no-data' } }],
  ['tor-exit', withReason('tor-exit', 'no')],
  ['vpn', withReason('vpn', 'more')],
  ['something-new', withReason('something-new', 'note')],
  ['no-answer', { ...complete, answer: null }],
  ['nothing-attributed', { ...complete, answer: { ...answer, names: false } }],
  ['answer-of-no-provider', { ...complete, answer: { ...answer, isReturn: false } }],
  ['answer-not-whole', { ...complete, answer: { ...answer, isWhole: false } }],
  ['other-address', { ...complete, answer: { ...answer, address: 'other' } }],
  ['answer-without-address', { ...complete, answer: { ...answer, address: 'not said' } }],
  ['time-wrong', { ...complete, answer: { ...answer, time: 'wrong' } }],
  ['time-depends', { ...complete, answer: { ...answer, time: 'depends' } }],
  ['answer-without-time', { ...complete, answer: { ...answer, time: 'not said' } }],
  ['several-customers', { ...complete, answer: { ...answer, customers: 'several' } }],
  ['no-customer', { ...complete, answer: { ...answer, customers: 'none' } }],
  ['customer-not-said', { ...complete, answer: { ...answer, customers: 'not said' } }],
  ['not-from-the-fitting-row', { ...complete, answer: { ...answer, row: { ...answer.row, fits: false } } }],
  ['other-port', { ...complete, answer: { ...answer, row: { ...answer.row, port: 'other' } } }],
  ['answer-zone-assumed', { ...complete, answer: { ...answer, row: { ...answer.row, zone: 'assumed' } } }],
  ['answer-zone-unknown', { ...complete, answer: { ...answer, row: { ...answer.row, zone: 'unknown' } } }],
  ['only-one-line', { ...complete, lines: [] }],
  ['line-not-of-its-kind', { ...complete, lines: [{ ...line, fitsKind: false }] }],
  ['line-same-address', { ...complete, lines: [{ ...line, addresses: ['198.51.100.7'] }] }],
  ['line-same-record', { ...complete, lines: [{ ...line, source: 'report' }] }],
  ['line-same-record', { ...complete, lines: [{ ...line, source: 'answer' }] }],
  ['line-same-provider', { ...complete, lines: [{ ...line, provider: 'isp' }] }],
  ['line-names-another', { ...complete, lines: [{ ...line, namesSame: 'no' }] }],
  ['line-names-another', { ...complete, lines: [line, { ...line, namesSame: 'no' }] }],
  ['line-names-nobody', { ...complete, lines: [{ ...line, namesSame: 'not said' }] }],
  ...attributionChecks.map(
    (check) => [codeOf(check), { ...complete, checks: { ...complete.checks, [check]: 'not said' } }] as const,
  ),
  ...(['sharedPremises', 'otherUsers', 'anonymiser'] as const).map(
    (check) =>
      [
        codeOf(check).replace('-not-checked', ''),
        { ...complete, checks: { ...complete.checks, [check]: 'yes' } },
      ] as const,
  ),
]

function withReason(code: string, weighs: 'no' | 'more' | 'note'): AttributionFacts {
  return { ...complete, context: { reasons: [{ code, weighs, says: 'as a file says' }], tor: 'no' } }
}

function codeOf(check: (typeof attributionChecks)[number]): string {
  return {
    sharedPremises: 'shared-premises-not-checked',
    otherUsers: 'other-users-not-checked',
    addressTranslation: 'address-shared-not-checked',
    anonymiser: 'anonymiser-not-checked',
  }[check]
}

test('with everything there it is clear, and each thing taken away comes back as a doubt with its name', () => {
  assert.deepEqual(judgeAttribution(complete), { clear: true, doubts: [] })
  for (const [code, facts] of mutations) {
    assert.ok(codes(facts).includes(code), `${code} is not among ${codes(facts).join(', ')}`)
    assert.equal(judgeAttribution(facts).clear, false, code)
  }
})

test('only what leaves nothing to attribute bars; it stands first', () => {
  const bars = mutations.flatMap(([, facts]) => judgeAttribution(facts).doubts.filter((each) => each.bars))
  assert.deepEqual([...new Set(bars.map(({ code }) => code))].sort(), [
    'no-answer',
    'not-an-address',
    'nothing-attributed',
  ])
  const { doubts } = judgeAttribution({ ...complete, event: { ...event, port: null }, answer: null, lines: [] })
  assert.equal(doubts[0]?.code, 'no-answer')
})

test('a shared address with the port on both sides names one customer; without the answered port it does not', () => {
  const shared: AttributionFacts = { ...complete, checks: { ...complete.checks, addressTranslation: 'yes' } }
  assert.deepEqual(codes(shared), [])
  const silent: AttributionFacts = { ...shared, answer: { ...answer, row: { ...answer.row, port: 'not said' } } }
  assert.deepEqual(codes(silent).sort(), ['address-shared', 'answer-without-port'])
})

test('what the check of an answer found is told in its own names', () => {
  const found = [
    { code: 'one-hour-off', says: 'wrong by exactly one hour' },
    { code: 'time-wrong', says: 'does not cover' },
    { code: 'other-address', says: 'a row about something else' },
  ]
  assert.deepEqual(codes({ ...complete, answer: { ...answer, time: 'wrong', findings: found } }), [
    'one-hour-off',
    'time-wrong',
  ])
  // Other rows of an answer that fits are no fault.
  assert.deepEqual(codes({ ...complete, answer: { ...answer, findings: found } }), [])
})

const three = fc.constantFrom('yes' as const, 'no' as const, 'not said' as const)
const zones = fc.constantFrom('stated' as const, 'assumed' as const, 'unknown' as const)
const anyFacts: fc.Arbitrary<AttributionFacts> = fc.record({
  event: fc.record({
    address: fc.constantFrom(null, '198.51.100.7'),
    port: fc.constantFrom(null, 4711),
    instant: fc.constantFrom(null, '2026-03-29T00:30:00.000Z'),
    zone: zones,
    possibleProxy: three,
    accountCompromised: three,
    source: fc.constantFrom('report', 'other'),
  }),
  context: fc.record({
    reasons: fc.array(
      fc.record({
        code: fc.constantFrom('tor-exit', 'vpn', 'retention-elapsed', 'tor-relay', 'zone-assumed', 'unheard-of'),
        weighs: fc.constantFrom('no' as const, 'more' as const, 'note' as const),
        says: fc.constant('as a file says'),
      }),
      { maxLength: 2 },
    ),
    tor: fc.constantFrom(null, 'no', 'exit', 'no-data', 'nearby'),
  }),
  answer: fc.option(
    fc.record({
      isReturn: fc.boolean(),
      isWhole: fc.boolean(),
      address: fc.constantFrom('same' as const, 'other' as const, 'not said' as const),
      time: fc.constantFrom('covers' as const, 'wrong' as const, 'depends' as const, 'not said' as const),
      customers: fc.constantFrom('one' as const, 'several' as const, 'none' as const, 'not said' as const),
      findings: fc.constant([]),
      row: fc.record({
        fits: fc.boolean(),
        port: fc.constantFrom('same' as const, 'other' as const, 'not said' as const),
        zone: zones,
      }),
      names: fc.boolean(),
      source: fc.constantFrom('answer', 'other'),
      provider: fc.constant('isp'),
    }),
  ),
  checks: fc.record({ sharedPremises: three, otherUsers: three, addressTranslation: three, anonymiser: three }),
  lines: fc.array(
    fc.record({
      kind: fc.constantFrom('other answer' as const, 'account in the name' as const, 'observation' as const),
      fitsKind: fc.boolean(),
      namesSame: three,
      addresses: fc.constantFrom([], ['198.51.100.7'], ['203.0.113.9']),
      source: fc.constantFrom(null, 'report', 'second answer'),
      provider: fc.constantFrom(null, 'isp', 'other isp'),
    }),
    { maxLength: 2 },
  ),
})

/** Mostly right, so that what is clear is drawn too: each part is the complete one three times of four. */
const mostlyRight = fc
  .tuple(anyFacts, fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }))
  .map(([drawn, keep]): AttributionFacts => {
    const wrong = keep[0] === true && keep[1] === true
    return {
      event: keep[2] === true && keep[3] === true ? drawn.event : event,
      context: keep[4] === true && keep[5] === true ? drawn.context : complete.context,
      answer: keep[6] === true && keep[7] === true ? drawn.answer : answer,
      checks: keep[8] === true && keep[9] === true ? drawn.checks : complete.checks,
      lines: wrong ? drawn.lines : complete.lines,
    }
  })

test('cleared implies every required check, whatever the facts', () => {
  let cleared = 0
  fc.assert(
    fc.property(mostlyRight, (facts) => {
      const { clear, doubts } = judgeAttribution(facts)
      assert.equal(clear, doubts.length === 0)
      assert.equal(new Set(doubts.map(({ code }) => code)).size, doubts.length)
      if (!clear) return
      cleared++
      const { event: used, context, answer: told, checks, lines } = facts
      assert.ok(used.address !== null && used.port !== null && used.instant !== null && used.zone === 'stated')
      assert.ok(context.tor !== null && ['no', 'nearby', 'relay-not-exit'].includes(context.tor))
      assert.ok(context.reasons.every(({ code }) => ['retention-elapsed', 'tor-relay'].includes(code)))
      assert.ok(told?.isReturn && told.isWhole && told.names && told.row.fits)
      assert.deepEqual([told.address, told.time, told.customers, told.row.zone], ['same', 'covers', 'one', 'stated'])
      assert.ok(told.row.port === 'same' || (told.row.port === 'not said' && checks.addressTranslation === 'no'))
      assert.deepEqual([checks.sharedPremises, checks.otherUsers, checks.anonymiser], ['no', 'no', 'no'])
      assert.ok(checks.addressTranslation === 'no' || told.row.port === 'same')
      assert.ok(
        lines.some(
          (each) =>
            each.fitsKind &&
            each.namesSame === 'yes' &&
            !each.addresses.includes(used.address ?? '') &&
            each.source !== used.source &&
            each.source !== told.source &&
            each.provider !== told.provider,
        ),
      )
      assert.ok(lines.every(({ namesSame }) => namesSame !== 'no'))
    }),
    { numRuns: 3000 },
  )
  assert.ok(cleared > 100, `${cleared} of 3000 were clear`)
})

test('what is read out names every doubt, and an error before anything else', () => {
  fc.assert(
    fc.property(anyFacts, fc.boolean(), (facts, isInError) => {
      const { doubts } = judgeAttribution(facts)
      const words = attributionInWords('cleared with doubts', doubts, isInError)
      for (const { code, says } of doubts) assert.ok(words.includes(code) && words.includes(says))
      assert.equal(words.startsWith('IN ERROR'), isInError)
    }),
  )
})
