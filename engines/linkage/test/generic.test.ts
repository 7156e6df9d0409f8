import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  addressEvidence,
  carrierNat,
  caseworkSettings,
  type GenericList,
  GenericLists,
  genericBirth,
  genericReason,
  genericValues,
  kindRules,
  type LinkEvent,
  type Observed,
  type ObservedKind,
  reviewGeneric,
  Subjects,
  usualLease,
  type ValueSuppressed,
  valueKey,
} from '../src/index.ts'
import { casework, streamed } from './shared-values.ts'

/** Records that mostly have something of their own, and values that many of them share. */
const someObserved: fc.Arbitrary<Observed[]> = fc
  .array(
    fc.record({
      email: fc.option(fc.nat(80)),
      account: fc.option(fc.nat(80)),
      phone: fc.option(fc.nat(1)),
      ip: fc.option(fc.nat(1)),
    }),
    { maxLength: 40, size: 'max' },
  )
  .map((records) =>
    records.flatMap((values, record) =>
      (['email', 'account', 'phone', 'ip'] as const).flatMap((kind) =>
        values[kind] === null ? [] : [{ kind, record: `r${record}`, value: `v${values[kind]}` }],
      ),
    ),
  )

/** By the book: groups by searching, one value after the other, until nothing changes. */
function plainGeneric(observed: readonly Observed[]): string[] {
  const generic = new Set<string>()
  const asked = new Set<string>()
  const valuesOf = (record: string): Set<string> =>
    new Set(observed.filter((each) => each.record === record && kindRules[each.kind].identifies).map(valueKey))
  const holders = (key: string) => [
    ...new Set(observed.filter((each) => valueKey(each) === key).map(({ record }) => record)),
  ]
  // Groups by what few name: everybody takes the least name in reach until nothing changes.
  const base = new Map(observed.map(({ record }) => [record, record]))
  for (let changed = true; changed; ) {
    changed = false
    for (const { kind, value } of observed) {
      const own = holders(valueKey({ kind, value }))
      if (!kindRules[kind].identifies || own.length > kindRules[kind].most) continue
      const least = own.map((record) => base.get(record) ?? '').sort()[0] ?? ''
      for (const record of own) {
        changed ||= base.get(record) !== least
        base.set(record, least)
      }
    }
  }
  for (;;) {
    const round: [string, boolean][] = []
    for (const { kind, value } of observed) {
      const key = valueKey({ kind, value })
      if (generic.has(key) || asked.has(key)) continue
      const own = holders(key)
      const says = (record: string) => [...valuesOf(record)].filter((each) => each !== key && !generic.has(each))
      const isOne = (one: string, other: string) =>
        base.get(one) === base.get(other) || says(one).some((each) => says(other).includes(each))
      const left = new Set(own.filter((record) => says(record).length > 0))
      let groups = left.size < own.length ? 1 : 0
      for (const start of own) {
        if (!left.delete(start)) continue
        groups++
        const open = [start]
        for (const one of open)
          for (const other of [...left]) if (isOne(one, other) && left.delete(other)) open.push(other)
      }
      if (groups > kindRules[kind].most) round.push([key, kindRules[kind].exclusive])
    }
    if (round.length === 0) return [...generic, ...asked].sort()
    for (const [key, isAsked] of round) (isAsked ? asked : generic).add(key)
  }
}

describe('values that many name', () => {
  it('are generic by the identities they stand with, as counted by the book, in any order', () => {
    let most = 0
    fc.assert(
      fc.property(someObserved, (observed) => {
        most = Math.max(most, plainGeneric(observed).length)
        const found = genericValues(observed)
        assert.deepEqual(
          found.map(({ value }) => value),
          plainGeneric(observed),
        )
        assert.deepEqual(genericValues([...observed].reverse()), found)
      }),
      { numRuns: 40 },
    )
    assert.ok(most > 2)
  })

  it('a prolific suspect is not generic, whatever number of referrals names him', () => {
    const observed = Array.from({ length: 500 }, (_, number): Observed[] => [
      { record: `r${number}`, kind: 'email', value: 'one@mail.example' },
      { record: `r${number}`, kind: 'ip', value: '198.51.100.7' },
      { record: `r${number}`, kind: 'device-id', value: 'd1' },
    ]).flat()
    assert.deepEqual(genericValues(observed), [])
  })

  it('a VPN is generic; an account that many seem to have is asked about and not suppressed', () => {
    const observed = Array.from({ length: 40 }, (_, number): Observed[] => [
      { record: `r${number}`, kind: 'email', value: `${number}@mail.example` },
      { record: `r${number}`, kind: 'ip', value: '198.51.100.7' },
      { record: `r${number}`, kind: 'account', value: 'platform|id/1' },
    ]).flat()
    // The account holds them together, so that one identity is behind the address.
    assert.deepEqual(
      genericValues(observed).map(({ value, ask }) => [value, ask]),
      [['account platform|id/1', true]],
    )
    const apart = observed.filter(({ kind }) => kind !== 'account')
    assert.deepEqual(
      genericValues(apart).map(({ value, ask, identities }) => [value, ask, identities]),
      [['ip 198.51.100.7', false, 40]],
    )
  })
})

describe('published indicators', () => {
  it('name their source, and know what they say they know', () => {
    const known: [ObservedKind, string][] = [
      ['ip', '100.64.0.1'],
      ['ip', '10.0.0.1'],
      ['email', 'No-Reply@mail.example.net'],
      ['email', 'x@yopmail.com'],
      ['email', 'x@host.test'],
      ['phone', '+447700900123'],
      ['phone', '+12025550123'],
      ['device-id', 'android/9774d56d682e549c'],
      ['device-id', 'advertising/00000000-0000-0000-0000-000000000000'],
      ['mac', '02:00:00:00:00:00'],
      ['imei', '000000000000000'],
      ['hash', 'md5/d41d8cd98f00b204e9800998ecf8427e'],
    ]
    for (const [kind, value] of known) {
      const reason = genericReason(kind, value)
      assert.ok(reason !== null && reason.source !== '' && reason.reason !== '', `${kind} ${value}`)
    }
    for (const [kind, value] of [
      ['ip', '8.8.8.8'],
      ['email', 'information@mail.co.uk'],
      ['phone', '+447911123456'],
      ['device-id', 'android/a774d56d682e549c'],
      ['hash', 'md5/e41d8cd98f00b204e9800998ecf8427e'],
    ] satisfies [ObservedKind, string][])
      assert.equal(genericReason(kind, value), null, value)
  })

  it('a birth on 1 January is a year at most', () => {
    assert.ok(genericBirth('1988-01-01') !== null)
    assert.equal(genericBirth('1988-01-10'), null)
    assert.match(genericBirth('1970-01-01')?.reason ?? '', /Unix/)
  })

  it('lists of a cell hold ranges, domains with all below them, and values', () => {
    const list = (holds: GenericList['holds'], entries: readonly string[]): GenericList => ({
      ...{ name: 'a list', version: '7', source: 'a publisher', reason: 'a VPN', holds, entries },
    })
    const lists = new GenericLists([
      list('ranges', ['203.0.114.0/24', '2a00::/32', 'nonsense']),
      list('mail domains', ['*.throw.away']),
      list({ kind: 'wallet' }, ['bc1q']),
    ])
    assert.deepEqual(lists.setAside, [{ list: 'a list', entry: 'nonsense' }])
    assert.equal(lists.reasons('ip', '203.0.114.9')[0]?.version, '7')
    assert.equal(lists.reasons('ip', '203.0.115.9').length, 0)
    assert.equal(lists.reasons('email', 'x@deep.throw.away').length, 1)
    assert.equal(lists.reasons('email', 'x@thethrow.away').length, 0)
    assert.equal(lists.reasons('wallet', 'BC1Q').length, 1)
  })
})

describe('an address of the internet', () => {
  const day = 86_400_000
  const use = (at: number | null, port: number | null = null) => ({ address: '198.51.100.1', port, at })
  it('says less the longer ago, never against, nothing without a time, and little behind carrier NAT', () => {
    fc.assert(
      fc.property(fc.nat(1000 * day), fc.nat(1000 * day), fc.nat(1000 * day), (a, b, c) => {
        const says = (apart: number) => addressEvidence(use(0), use(apart), usualLease)?.millibits ?? -1
        const [near, far] = [says(Math.min(a, b)), says(Math.max(a, b))]
        assert.ok(near >= far && far >= 0)
        assert.deepEqual(addressEvidence(use(a), use(c), usualLease), addressEvidence(use(c), use(a), usualLease))
        assert.ok((addressEvidence(use(0), use(a), carrierNat)?.millibits ?? 0) <= says(a))
      }),
    )
    assert.equal(addressEvidence(use(null), use(0), usualLease)?.millibits, 0)
    assert.equal(addressEvidence(use(0), { ...use(0), address: '198.51.100.2' }, usualLease), null)
    assert.ok((addressEvidence(use(0), use(1000), carrierNat)?.millibits ?? 9999) < 500)
    assert.equal(addressEvidence(use(0, 40_000), use(1000, 40_000), carrierNat)?.millibits, carrierNat.most)
    assert.ok((addressEvidence(use(0, 40_000), use(day, 40_000), carrierNat)?.millibits ?? 9999) < 500)
  })
})

describe('a review of generic values', () => {
  const none = new GenericLists([])
  it('suppresses once, follows what is observed, spares what a person spared, and leaves persons alone', () => {
    fc.assert(
      fc.property(someObserved, someObserved, (first, second) => {
        let standing: ValueSuppressed[] = []
        let at = 1
        const review = (observed: readonly Observed[], spared: ReadonlySet<string> = new Set()): number => {
          const { acts } = reviewGeneric(observed, standing, none, { at: at++, spared })
          const ended = new Set(acts.flatMap((act) => (act.kind === 'value unsuppressed' ? [act.suppression] : [])))
          standing = [
            ...standing.filter(({ id }) => !ended.has(id)),
            ...acts.flatMap((act) => (act.kind === 'value suppressed' ? [act] : [])),
          ]
          return acts.length
        }
        review(first)
        assert.equal(review(first), 0)
        review([...first, ...second])
        const expected = genericValues([...first, ...second]).flatMap(({ value, ask }) => (ask ? [] : [value]))
        assert.deepEqual(standing.map(({ value }) => value).sort(), expected)
        review([...first, ...second], new Set(expected))
        assert.equal(standing.length, 0)
        review(first)
        const person: ValueSuppressed = {
          ...{ kind: 'value suppressed', id: 'mine', at: 0, value: 'email v0', reason: 'a shared box' },
          ground: { by: 'person', who: 'officer' },
        }
        standing.push(person)
        review([])
        assert.deepEqual(standing, [person])
      }),
    )
  })
})

describe('an attack with shared values', () => {
  const { observed, truth, largest: largestTrue } = casework({ persons: 700, seed: 5 })
  const arrived = Map.groupBy(observed, ({ record }) => record)
  const sizes = (subjects: Subjects) => [...subjects.all()].map(({ records }) => records.length)

  it('is not survived by linking on every shared value', () => {
    const { subjects } = streamed(arrived, { review: 0 })
    assert.ok(Math.max(...sizes(subjects)) > 5 * largestTrue)
  })

  it('leaves the largest subject within 1.5 times the truth: what was linked before the review is un-merged', () => {
    const { subjects, log, largestEver } = streamed(arrived, { review: 400 })
    assert.ok(largestEver > 1.5 * largestTrue, 'the attack had its time')
    const largest = Math.max(...sizes(subjects))
    assert.ok(largest <= 1.5 * largestTrue, `${largest} of truly ${largestTrue}`)
    let [right, joined, real] = [0, 0, 0]
    for (const { records } of subjects.all()) {
      joined += (records.length * (records.length - 1)) / 2
      for (const group of Map.groupBy(records, (record) => truth.get(record)).values())
        right += (group.length * (group.length - 1)) / 2
    }
    for (const group of Map.groupBy(truth.keys(), (record) => truth.get(record)).values())
      real += (group.length * (group.length - 1)) / 2
    assert.ok(right / joined > 0.97 && right / real > 0.75, `precision ${right / joined}, recall ${right / real}`)

    // Reversible: every suppression taken back, the attack is there again; and the log tells of all of it.
    const back = log.flatMap((event): LinkEvent[] =>
      event.kind === 'value suppressed'
        ? [{ kind: 'value unsuppressed', id: `back ${event.id}`, at: 1e6, suppression: event.id, who: 'o', why: 'w' }]
        : [],
    )
    assert.ok(
      Math.max(...sizes(Subjects.open([...log, ...back], { settings: caseworkSettings }).subjects)) > 1.5 * largestTrue,
    )
  })
})
