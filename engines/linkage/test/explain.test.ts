import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  bits,
  explainSubject,
  type LinkEvent,
  linkInWords,
  type MeasuredError,
  Subjects,
  subjectInWords,
  tiesOf,
} from '../src/index.ts'
import { logOf } from './subjects-oracle.ts'

const error: MeasuredError = {
  method: 'linkage',
  set: 'a set',
  on: '29 November 2026',
  precision: 0.982,
  recall: 0.909,
}

/** Into what a subject falls when one more event is in the log. */
function partsWith(log: readonly LinkEvent[], event: LinkEvent, records: readonly string[]): string[][] {
  const { subjects } = Subjects.open([...log, event])
  return [...Map.groupBy(records, (record) => subjects.subjectOf(record)?.id).values()]
}

describe('why records are one subject', () => {
  it('every fact that alone holds it is named, and no other: the log without it says so', () => {
    fc.assert(
      fc.property(logOf(7, 24), (log) => {
        const { subjects } = Subjects.open(log)
        for (const subject of subjects.all()) {
          const { flips, notTried } = explainSubject(subjects, subject)
          assert.equal(notTried, 0)
          for (const value of ['v0', 'v1', 'v2']) {
            const event: LinkEvent = {
              ...{ kind: 'value suppressed', id: 'x', at: 30, value, reason: 'r', ground: { by: 'person', who: 'o' } },
            }
            const parts = partsWith(log, event, subject.records)
            const flip = flips.find(({ fact }) => fact.kind === 'value' && fact.value === value)
            // A value that speaks against one person anywhere is no reason for the subject.
            if (flip !== undefined) assert.deepEqual(flip.parts, parts)
            else assert.ok(parts.length === 1 || !speaksFor(subjects, subject.records, value))
          }
          for (const { id, verb, one } of subjects.facts.decisions()) {
            if (verb !== 'must link' || !subject.records.includes(one)) continue
            const event: LinkEvent = { kind: 'decision undone', id: 'x', at: 30, decision: id, who: 'o', why: 'w' }
            const parts = partsWith(log, event, subject.records)
            const flip = flips.find(({ fact }) => fact.kind === 'decision' && fact.decision === id)
            assert.deepEqual(flip?.parts ?? [subject.records], parts)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('a path holds all records, its evidence sums exactly, and the alternatives are above and below the bar', () => {
    fc.assert(
      fc.property(logOf(7, 24), (log) => {
        const { subjects } = Subjects.open(log)
        for (const subject of subjects.all()) {
          const { path, weakest, hypotheses } = explainSubject(subjects, subject)
          assert.equal(path.length, subject.records.length - 1)
          const weights = path.flatMap((hold) => (hold.by === 'evidence' ? [hold.link.weight] : []))
          if (weights.length > 0) assert.equal(weakest?.weight, Math.min(...weights))
          for (const hold of path) {
            if (hold.by === 'decision') continue
            const { prior, lines, weight } = hold.link
            assert.equal(
              lines.reduce((sum, { counted }) => sum + counted, prior),
              weight,
            )
            for (const { counted, suppressedBy, said } of lines)
              assert.equal(counted, suppressedBy.length > 0 ? 0 : said)
          }
          const { two, more } = hypotheses
          if (two !== null) {
            assert.ok(two.above >= 0)
            assert.deepEqual([...two.parts[0], ...two.parts[1]].sort(), subject.records)
          }
          if (more !== null && more.missing <= 0) assert.ok(more.apart.length > 0)
        }
      }),
      { numRuns: 200 },
    )
  })
})

function speaksFor(subjects: Subjects, records: readonly string[], value: string): boolean {
  return records.some((record) =>
    [...subjects.facts.edgesOf(record).values()].some(
      ({ one, other, evidence }) =>
        records.includes(one) &&
        records.includes(other) &&
        evidence.some((line) => line.value === value && line.millibits > 0),
    ),
  )
}

const added = (record: string, received: number): LinkEvent => ({
  ...{ kind: 'record added', id: `a ${record}`, at: received, record, received },
})
const scored = (
  id: string,
  one: string,
  other: string,
  lines: readonly (readonly [string, number, string?])[],
): LinkEvent => ({
  ...{ kind: 'edge scored', id, at: 5, one, other, relation: 'same person', model: { name: 'casework', revision: 1 } },
  ...{ prior: -10_000 },
  evidence: lines.map(([field, millibits, value]) => ({
    ...{ field, millibits, level: 'the same' },
    ...(value === undefined ? {} : { value }),
  })),
})

describe('what an officer reads out', () => {
  const { subjects } = Subjects.open([
    added('A', 1),
    added('B', 2),
    added('C', 3),
    scored('s1', 'A', 'B', [
      ['phone', 14_250, '+447700900123'],
      ['address', 9000, '100.64.0.1'],
      ['birth', -1500],
    ]),
    scored('s2', 'B', 'C', [['name', 3000]]),
    {
      ...{ kind: 'value suppressed', id: 'n1', at: 6, value: '100.64.0.1', reason: 'carrier NAT (RFC 6598)' },
      ground: { by: 'list', list: 'special ranges', version: '1', source: 'IANA' },
    },
  ])
  const subject = subjects.subjectOf('A')
  assert.ok(subject !== null)

  it('of a link: for, against, not counted and why, the sum, and the measured error', () => {
    const explained = explainSubject(subjects, subject)
    assert.ok(explained.weakest !== null)
    assert.equal(
      linkInWords(explained.weakest, error),
      'Records A and B were compared for whether they are the same person. Before anything was compared: 1,024 to 1 ' +
        'against it (−10.000 bits). For it: phone, the same (+447700900123), 14.250 bits. Against it: birth, the same, ' +
        '−1.500 bits. Not counted: address (100.64.0.1), which would say 9.000 bits: carrier NAT (RFC 6598). Together: ' +
        '6.7 to 1 for it (2.750 bits) (the sum of the lines above). Measured error of linkage, on a set, 29 November ' +
        '2026: of 1,000 links 18 were wrong, and of 1,000 true ones 91 were missed. A link is a lead. It names no ' +
        'offender, and nothing acts on it alone.',
    )
  })

  it('of a subject: what holds it, what would part it, what else could be true', () => {
    const text = subjectInWords(explainSubject(subjects, subject), error)
    assert.match(text, /Subject A is 2 records, held together by the link of A and B \(2\.750 bits\)\./)
    assert.match(text, /no longer be one without the value \+447700900123\./)
    assert.match(text, /If it is two persons, then most likely A and B: .* 2\.750 bits above the bar\./)
    assert.match(text, /The nearest other subject is C, 6\.500 bits below the bar\./)
  })

  it('in figures that add up as they are read', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), (weight) => {
        assert.equal(Math.round(Number(bits(weight).replace('−', '-').replace(' bits', '')) * 1000), weight)
      }),
    )
  })
})

it('parts stand in the order of the subject, whoever from outside would join them', () => {
  const { subjects } = Subjects.open([
    added('A', 1),
    added('B', 2),
    added('C', 3),
    scored('s1', 'B', 'C', [
      ['name', 2000, 'v2'],
      ['phone', 15_000, 'v0'],
    ]),
    scored('s2', 'A', 'C', [['phone', 15_000, 'v0']]),
  ])
  const subject = subjects.subjectOf('B')
  assert.deepEqual(subject?.records, ['B', 'C'])
  // Without v2 the record C goes to A.
  assert.deepEqual(subject === null ? [] : explainSubject(subjects, subject).flips, [
    { fact: { kind: 'value', value: 'v0' }, parts: [['B'], ['C']] },
    { fact: { kind: 'value', value: 'v2' }, parts: [['B'], ['C']] },
  ])
})

it('ties of any other kind show and never merge', () => {
  const { subjects } = Subjects.open([
    added('A', 1),
    added('B', 2),
    ...(['household', 'contact', 'shared file', 'payment', 'same account', 'same device'] as const).map(
      (relation, number): LinkEvent => ({
        ...{ kind: 'edge scored', id: `t${number}`, at: 3, one: 'A', other: 'B', relation, prior: 0 },
        ...{ model: { name: 't', revision: 1 }, evidence: [{ field: 'f', level: 'l', millibits: 50_000 }] },
      }),
    ),
  ])
  const [one, other] = [subjects.subjectOf('A'), subjects.subjectOf('B')]
  assert.notEqual(one?.id, other?.id)
  assert.deepEqual(
    one === null ? [] : tiesOf(subjects, one).map(({ relation, subject }) => [relation, subject]),
    ['contact', 'household', 'payment', 'shared file'].map((relation) => [relation, 'B']),
  )
})

it('a subject that rests on one value, or is a chain, raises an alarm', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
  const { subjects } = Subjects.open(
    [
      ...names.map((name, number) => added(name, number)),
      ...names
        .slice(1)
        .map((name, number) => scored(`s${number}`, names[number] ?? '', name, [['ip', 90_000, '192.0.2.1']])),
    ],
    { settings: { unscored: 0 } },
  )
  const subject = subjects.subjectOf('A')
  assert.equal(subject?.records.length, 7)
  assert.deepEqual(subject === null ? [] : explainSubject(subjects, subject).alarms, [
    { kind: 'one value', value: '192.0.2.1', links: 6, of: 6 },
    { kind: 'long', diameter: 6, most: 4 },
    { kind: 'bridges', bridges: 6, of: 6 },
  ])
})
