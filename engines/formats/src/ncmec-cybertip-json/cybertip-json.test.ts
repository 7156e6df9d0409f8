import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { survives } from '../../test/hardships.ts'
import { completenessOf } from '../completeness/index.ts'
import { detect } from '../detect.ts'
import { objectsOf } from '../json/objects.ts'
import { readAll } from '../read.ts'
import type { ReferralRecord } from '../record.ts'
import { ncmecCybertipJsonReader } from './reader.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (value: unknown) => readAll(bytesOf(JSON.stringify(value)), { format: 'ncmec-cybertip-json' })

function tip(information: object, more: object = {}): ReferralRecord {
  const [entry] = read({ reportId: '1', reportedInformation: information, ...more }).entries
  assert.ok(entry !== undefined && entry.outcome !== 'set-aside' && entry.record.kind === 'referral')
  return entry.record
}
const codes = (value: unknown): string[] =>
  read(value).entries.flatMap((entry) =>
    entry.outcome === 'accepted'
      ? []
      : entry.outcome === 'set-aside'
        ? [entry.reason.code]
        : entry.remarks.map(({ code }) => code),
  )
const file = (fields: object) => tip({ uploadedFiles: { uploadedFiles: [fields] } }).files[0]

describe('CyberTips as law enforcement receives them', () => {
  it('are known by their content', () => {
    const known = detect(bytesOf('\ufeff{ "reportId": 1, "reportedInformation": {} }'))
    assert.deepEqual(known, { kind: 'known', format: 'ncmec-cybertip-json', certain: true })
    assert.deepEqual(detect(bytesOf('[{"reportId":"1","reportedInformation":{"reportingEsp":null}}]')), known)
    assert.notEqual(detect(bytesOf('{"reportId":"1"}')).kind, 'known')
  })

  it('keep three values where a warrant may hang on the answer', () => {
    const viewed = (value: unknown) => file({ viewedByEsp: value })?.viewedByProvider
    assert.deepEqual([true, 'true', 1].map(viewed), ['yes', 'yes', 'yes'])
    assert.deepEqual([false, 'False', 0].map(viewed), ['no', 'no', 'no'])
    assert.deepEqual([null, '', 'N/A', {}, 'partly'].map(viewed), Array(5).fill('not said'))
    assert.ok(
      codes({ reportId: 1, reportedInformation: { uploadedFiles: [{ viewedByEsp: 'partly' }] } }).includes(
        'flag-unreadable',
      ),
    )
  })

  it('take the upload time by the rule that fits, and say which', () => {
    const capture = (eventName: string | null, dateTime: string) => ({
      captureType: 'URL',
      value: 'https://a.example/',
      eventName,
      dateTime,
    })
    const of = (...captures: object[]) =>
      file({ sourceInformation: { sourceCaptures: captures } })?.uploadedAt?.original
    assert.equal(
      of(capture(null, '2026-05-04T09:00:00Z'), capture('UPLOAD', '2026-05-04T10:00:00Z')),
      '2026-05-04T10:00:00Z',
    )
    assert.equal(of(capture('Other', '2026-05-04T09:00:00Z')), '2026-05-04T09:00:00Z')
    assert.equal(of(capture('Login', '2026-05-04T09:00:00Z')), undefined)
  })

  it('give no address to anybody by guess', () => {
    const captured = {
      sourceInformation: { sourceCaptures: [{ captureType: 'IP Address', value: '203.0.113.7', port: 5 }] },
    }
    const holders = (people: object[]) =>
      tip({ reportedPeople: { reportedPersons: people }, uploadedFiles: [captured] }).people.flatMap(
        ({ role, ipEvents }) => ipEvents.map(() => role),
      )
    assert.deepEqual(holders([{ firstName: 'Test' }]), ['reported'])
    assert.deepEqual(holders([]), ['other'])
    assert.deepEqual(holders([{ firstName: 'Test' }, { firstName: 'Other' }]), ['other'])
  })

  it('mark what stands in prose as weaker than a field, with its place', () => {
    const text = 'Reach him at bob.test@mail.example or 203.0.113.9.'
    const record = tip({ additionalInformations: [{ value: text }] })
    const [mail] = record.mentions
    assert.equal(mail?.identifier.strength, 'weak')
    assert.match(mail?.identifier.because ?? '', /^from free text/)
    const [, from = '', to = ''] = /characters (\d+)-(\d+)$/.exec(mail?.place ?? '') ?? []
    assert.equal(text.slice(Number(from), Number(to)), 'bob.test@mail.example')
    assert.equal(record.narratives[0]?.text, text)
    assert.deepEqual(record.people, [])
  })

  it('keep what nobody described, and count it', () => {
    const record = tip({ reportedPeople: [{ firstName: 'Test', shoeSize: 44 }], newThing: { a: [1] } }, { later: true })
    assert.deepEqual(record.unknownFields, [
      '$.reportedInformation.reportedPeople[0].shoeSize',
      '$.reportedInformation.newThing',
      '$.later',
    ])
    const nested = codes({ reportId: '1', reportedInformation: { incidentSummary: { incidentDateTime: { a: 'x' } } } })
    assert.ok(nested.includes('value-nested'))
  })

  it('do not take each other along', () => {
    const good = '{"reportId":"1","reportedInformation":{}}'
    const twice = '{"reportId":"2","reportId":"3","reportedInformation":{}}'
    const outcomes = (text: string) =>
      readAll(bytesOf(text), { format: 'ncmec-cybertip-json' }).entries.map((entry) =>
        entry.outcome === 'set-aside' ? entry.reason.code : 'read',
      )
    assert.deepEqual(outcomes(`[${good},${twice},${good}]`), ['read', 'json-duplicate-key', 'read'])
    assert.deepEqual(outcomes(`[${good},17,${good}`), ['read', 'not-a-tip', 'read', 'json-cut-off'])
    assert.deepEqual(outcomes(`${good}\n${good.slice(0, 20)}`), ['read', 'json-cut-off'])
    assert.deepEqual(outcomes('[]'), ['no-tips'])
    assert.deepEqual(outcomes('{"a":1}'), ['not-a-tip'])
  })

  it('are asked for what they lack', () => {
    const complete = completenessOf(tip({ uploadedFiles: [{ verificationHash: 'a'.repeat(32), viewedByEsp: true }] }))
    assert.equal(complete?.offence, 'abuse material')
    assert.equal(complete?.answers.find(({ id }) => id === 'viewed')?.state, 'given')
    assert.equal(complete?.answers.find(({ id }) => id === 'account')?.state, 'missing')
  })

  it('survive every damage, and nothing that is JSON is lost', () => {
    const whole = {
      reportId: 1,
      reportedInformation: {
        reportingEsp: { espName: 'MeetMe' },
        reportedPeople: {
          reportedPersons: [{ additionalInformations: [{ value: '2026-05-04 08:00:00 192.0.2.44 (x)' }] }],
        },
      },
    }
    survives(ncmecCybertipJsonReader, bytesOf(JSON.stringify(whole)), { every: 7, rolls: 60 })
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (information, person) => {
        const { account, entries } = read({ reportId: 'R', reportedInformation: information, other: person })
        assert.deepEqual([account.records, entries.length], [1, 1])
        const [entry] = entries
        if (entry?.outcome === 'set-aside') assert.match(entry.reason.code, /^json-/)
      }),
    )
  })

  it('are cut where their brackets say, whatever stands in their strings', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.constantFrom('\n', '', ' '),
        (objects, between) => {
          const bytes = bytesOf(objects.map((each) => JSON.stringify(each)).join(between))
          const cuts = [...objectsOf(bytes)]
          assert.deepEqual(
            cuts.map(({ start, end }) => JSON.parse(Buffer.from(bytes.subarray(start, end)).toString())),
            JSON.parse(JSON.stringify(objects)),
          )
        },
      ),
    )
  })
})
