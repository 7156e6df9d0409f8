import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { planted } from '../../test/planted.ts'
import { fullReport, plainReport } from '../../test/samples.ts'
import { readAll } from '../read.ts'
import type { Entry, ReferralRecord } from '../record.ts'
import { type Report, writeUkCseaIrp } from './index.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const readJson = (value: unknown) => readAll(bytesOf(JSON.stringify(value)))
const readReport = (report: unknown) => readJson({ profile: 'uk-csea-irp/1', report })

function referral(entry: Entry<unknown> | undefined): ReferralRecord {
  assert.ok(entry !== undefined && entry.outcome !== 'set-aside')
  const { record } = entry
  assert.ok(isReferral(record))
  return record
}
const isReferral = (record: unknown): record is ReferralRecord =>
  typeof record === 'object' && record !== null && 'kind' in record && record.kind === 'referral'

const codesOf = (report: unknown): string[] => {
  const [entry] = readReport(report).entries
  if (entry?.outcome === 'set-aside') return [`set aside: ${entry.reason.code}`]
  return entry?.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : []
}

describe('UK industry report', () => {
  it('reads every field of a full report', () => {
    const { account, entries, format } = readAll(writeUkCseaIrp([fullReport]))
    assert.equal(format, 'uk-csea-irp/1')
    assert.deepEqual(account, { records: 1, accepted: 1, remarked: 0, setAside: 0 })
    const record = referral(entries[0])
    assert.equal(record.reference, 'TEST-URN-0001')
    assert.equal(record.supplementTo, 'TEST-URN-0000')
    assert.deepEqual(record.sender, {
      organisation: 'Test Service Ltd',
      service: 'Testgram',
      contact: 'Test Contact, +44 20 7946 0000, reports@service.example',
    })
    assert.deepEqual(record.declaredPriority, { level: 'P2', reason: 'recently made' })
    assert.deepEqual([record.telephoned, record.reviewedByPerson, record.originalFormat], ['yes', 'yes', 'no'])
    assert.deepEqual([record.reportedToLocalPolice, record.localPoliceReference], ['yes', 'TP/1'])
    assert.equal(record.places?.declaredReason, '$.report.priority.reason')
    assert.equal(record.places?.localPoliceReference, '$.report.localPolice.reference')
    assert.equal(record.places?.telephoned, '$.report.telephoned')
    assert.equal(record.detectedAt?.instant, '2026-05-04T09:12:33.000Z')
    assert.equal(record.incidentAt?.instant, '2026-05-04T09:10:02.000Z')
    assert.equal(record.incidentKind, 'imagery, messaging')
    assert.deepEqual(
      record.people.map(({ role }) => role),
      ['reported', 'other', 'victim'],
    )
    assert.deepEqual(
      record.people[0]?.ipEvents.map(({ address, port, event }) => [address, port, event]),
      [
        ['2001:db8::1', 40000, 'login'],
        ['203.0.113.7', 51234, 'upload'],
      ],
    )
    assert.equal(record.people[0]?.userWasTold, 'no')
    assert.equal(record.people[2]?.userWasTold, 'not said')
    assert.deepEqual(
      record.files.map(({ name }) => name),
      ['a.jpg', 'b.jpg'],
    )
    assert.deepEqual(
      record.files[0]?.hashes.map(({ kind, value }) => [kind, value.slice(0, 6)]),
      [
        ['sha256', 'ababab'],
        ['md5', '012345'],
        ['photodna', 'Ab1+Ab'],
      ],
    )
    assert.deepEqual(
      record.mentions.map(({ identifier, person }) => [identifier.kind, identifier.normal, person]),
      [
        ['account', 'testgram|id/9007199254740993', 0],
        ['account', 'testgram|username/Test_User', 0],
        ['account', 'testgram|username/old_name', 0],
        ['ip', '2001:db8::1', 0],
        ['email', 'person@mail.example', 0],
        ['phone', '+442079460001', 0],
        ['url', 'https://service.example/u/test_user', 0],
        ['account', 'telegram|id/42', 1],
        ['account', 'telegram|username/other_name', 1],
        ['account', 'testgram|id/43', 2],
        ['account', 'testgram|username/recipient_name', 2],
        ['ip', '203.0.113.7', 0],
        ['url', 'https://service.example/item/1', null],
      ],
    )
    const said = record.narratives.map(({ about, author, text, from }) => [about, author, text, from ?? null])
    assert.deepEqual(said, [
      ['person', 0, 'Text of the profile.', null],
      ['file', null, 'Text about the content.', null],
      ['conversation', null, 'First message.', 'test_user'],
      ['conversation', 2, 'Second message.', null],
      ['conversation', null, 'Third message.', 'nobody'],
      ['report', null, 'Free text of the report.', null],
    ])
    const kinds = (record.details ?? []).map(({ kind }) => kind)
    for (const kind of [
      'payment: card, last four',
      'identity document: passport GB',
      'device: IMEI',
      'EXIF latitude',
      'group name',
      'local police force',
      'connection',
    ]) {
      assert.ok(kinds.includes(kind), kind)
    }
    assert.deepEqual(record.unknownFields, [])
  })

  it('loses no text of a report: each value is somewhere in the record', () => {
    const record = JSON.stringify(referral(readAll(writeUkCseaIrp([fullReport])).entries[0])).toLowerCase()
    const missing: string[] = []
    JSON.stringify(fullReport, (key, value: unknown) => {
      if (typeof value === 'string' && !record.includes(value.toLowerCase())) missing.push(`${key}: ${value}`)
      return value
    })
    // Algorithm names are folded to their kind; flags and numbers are compared in the test above.
    assert.deepEqual(missing, [])
  })

  it('keeps absent apart from false and from not held', () => {
    const record = referral(readReport({ ...plainReport, telephoned: null }).entries[0])
    assert.deepEqual(
      [record.telephoned, record.reviewedByPerson, record.allAvailableGiven, record.reportedToLocalPolice],
      ['not said', 'not said', 'not said', 'not said'],
    )
    assert.deepEqual(codesOf(plainReport), [])
  })

  it('remarks what an officer must ask for', () => {
    const at = '2026-05-04T09:10:02Z'
    const withIp = (ip: unknown) => ({ ...plainReport, contentSender: { ipHistory: [ip] } })
    assert.deepEqual(codesOf(withIp({ address: '203.0.113.7', at })), ['port-missing'])
    assert.deepEqual(codesOf(withIp({ address: '203.0.113.7:443', at })), [])
    assert.deepEqual(codesOf(withIp({ address: '203.0.113.7', port: 70000, at })), ['port-invalid', 'port-missing'])
    assert.deepEqual(codesOf(withIp({ address: '203.0.113.007', port: 1, at })), ['ip-invalid'])
    assert.deepEqual(codesOf(withIp({ address: '203.0.113.7', port: 1, at: '2026-05-04T09:10:02' })), ['zone-unknown'])
    assert.deepEqual(codesOf(withIp({ address: '203.0.113.7', port: 1, at: 'infinity' })), ['time-invalid'])
    // A day or an hour that does not exist is no time, whatever its zone.
    for (const no of ['2026-13-01T00:00:00Z', '2026-02-30', '0000-00-00 00:00:00', '2026-05-04T25:00:00Z']) {
      assert.deepEqual(codesOf(withIp({ address: '203.0.113.7', port: 1, at: no })), ['time-invalid'], no)
    }
    for (const open of ['2026-05-04', '2026-05-04 09:10', '2026-05-04T09:10:02.5']) {
      assert.deepEqual(codesOf(withIp({ address: '203.0.113.7', port: 1, at: open })), ['zone-unknown'], open)
    }
    assert.deepEqual(codesOf({ ...plainReport, urn: ' ', provider: null, priority: null, detectedAt: null }), [
      'identifier-invalid',
      'reference-missing',
      'sender-missing',
      'priority-missing',
      'detected-missing',
    ])
    const p1 = { ...plainReport, priority: { level: 'P1' }, telephoned: false }
    assert.deepEqual(codesOf({ ...p1, detectedAt: '2026-05-04T17:00:00Z' }), ['no-telephone-call'])
    // 16:30 UTC is 17:30 in British summer time.
    assert.deepEqual(codesOf({ ...p1, detectedAt: '2026-05-04T16:30:00Z' }), ['no-telephone-call'])
    assert.deepEqual(codesOf({ ...p1, detectedAt: '2026-05-04T15:30:00Z' }), [])
  })

  it('never gives an instant to a time without zone', () => {
    const record = referral(readReport({ ...plainReport, detectedAt: '2026-05-04T09:10:02' }).entries[0])
    assert.equal(record.detectedAt?.original, '2026-05-04T09:10:02')
    assert.equal(record.detectedAt?.instant, null)
  })

  it('does not use a hash of the wrong length, and keeps it', () => {
    const hashes = [
      { algorithm: 'md5', value: '0123' },
      { algorithm: 'sha256', value: '1.23e+37' },
      { algorithm: 'md5', value: 'D41D8CD98F00B204E9800998ECF8427E' },
      { algorithm: 'newhash', value: 'abc' },
      { algorithm: 'SHA-1', value: '0123456789ABCDEF0123456789ABCDEF01234567' },
    ]
    const report = { ...plainReport, content: [{ type: 'imagery', files: [{ hashes }] }] }
    assert.deepEqual(codesOf(report), ['hash-length', 'hash-length', 'hash-of-nothing', 'enum-unknown'])
    const record = referral(readReport(report).entries[0])
    assert.deepEqual(
      record.files[0]?.hashes.map(({ kind, value }) => [kind, value]),
      [['sha1', '0123456789abcdef0123456789abcdef01234567']],
    )
    assert.equal(record.details?.filter(({ kind }) => kind.startsWith('hash as written')).length, 4)
  })

  it('keeps ids digit by digit, also as JSON numbers above 2^53', () => {
    const text = JSON.stringify({ profile: 'uk-csea-irp/1', report: plainReport }).replace(
      '"id":"7"',
      '"id":9007199254740993',
    )
    const [entry] = readAll(bytesOf(text)).entries
    assert.equal(referral(entry).mentions[0]?.identifier.normal, 'testgram|id/9007199254740993')
    assert.deepEqual(entry?.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : [], ['value-as-text'])
  })

  it('keeps unknown words and unknown fields without losing the report', () => {
    const report = {
      ...plainReport,
      detectedBy: 'oracle',
      newField: { a: 1 },
      contentSender: { id: '7', mood: 'x', accountState: 'melted' },
    }
    assert.deepEqual(codesOf(report), ['enum-unknown', 'enum-unknown'])
    const record = referral(readReport(report).entries[0])
    assert.equal(record.detectedBy, 'oracle')
    assert.equal(record.people[0]?.accountState, 'melted')
    assert.deepEqual(record.unknownFields, ['$.report.contentSender.mood', '$.report.newField'])
  })

  it('keeps an unknown priority as written and declares none', () => {
    const record = referral(readReport({ ...plainReport, priority: { level: 'P0', reason: 'why' } }).entries[0])
    assert.equal(record.declaredPriority, null)
    assert.ok(record.details?.some(({ value }) => value === 'P0'))
    assert.ok(record.narratives.some(({ text }) => text === 'why'))
  })

  it('strips media that reached it and shows damaged characters', () => {
    const code = planted['image/jpeg']?.toString('base64') ?? ''
    const report = {
      ...plainReport,
      description: `see ${code} here`,
      contentSender: { id: '7', profileText: 'a\0b\ud800' },
    }
    assert.deepEqual(codesOf(report), ['text-damaged', 'media-stripped'])
    const record = referral(readReport(report).entries[0])
    assert.ok(!JSON.stringify(record).includes(code.slice(0, 40)))
    assert.match(
      record.narratives.find(({ about }) => about === 'report')?.text ?? '',
      /^see \[stripped media .*\] here$/,
    )
    assert.equal(record.narratives.find(({ about }) => about === 'person')?.text, 'a\u2400b\ufffd')
  })

  it('sets one broken report aside with its place, and goes on with the others', () => {
    const raw = `{"profile":"uk-csea-irp/1","reportCount":9,"reports":[
      ${JSON.stringify(plainReport)}, 5, {"urn":"A","provider":[]}, {}, {"urn":"B","urn":"C"}, {"urn":"D","x":{"__proto__":1}},
      {"urn":"E","description":"${'x'.repeat(300_000)}"}, ${JSON.stringify(plainReport)}]}`
    const { entries, account, claimedRecords, remarks } = readAll(bytesOf(raw))
    assert.deepEqual(
      entries.map((entry) => (entry.outcome === 'set-aside' ? entry.reason.code : entry.outcome)),
      [
        'accepted',
        'report-not-object',
        'wrong-structure',
        'empty-report',
        'json-duplicate-key',
        'json-poisoned-key',
        'json-string-too-long',
        'accepted',
      ],
    )
    assert.deepEqual(account, { records: 8, accepted: 2, remarked: 0, setAside: 6 })
    assert.equal(claimedRecords, 9)
    assert.deepEqual(
      remarks.map(({ code }) => code),
      ['count-differs'],
    )
    const wrong = entries[2]
    assert.equal(wrong?.outcome === 'set-aside' ? wrong.reason.place : '', '$.reports[2].provider')
  })

  it('sets the whole file aside when its outer form is broken', () => {
    const code = (text: string): string => {
      const { entries, account } = readAll(bytesOf(text), { format: 'uk-csea-irp/1' })
      assert.deepEqual(account, { records: 1, accepted: 0, remarked: 0, setAside: 1 })
      const [entry] = entries
      return entry?.outcome === 'set-aside' ? entry.reason.code : ''
    }
    assert.equal(code(''), 'json-empty')
    assert.equal(code('[]'), 'not-a-document')
    assert.equal(code('{"profile":"uk-csea-irp/2","report":{}}'), 'wrong-profile')
    assert.equal(code('{"profile":"uk-csea-irp/1"}'), 'no-report')
    assert.equal(code('{"profile":"uk-csea-irp/1","reports":{}}'), 'wrong-structure')
    assert.equal(code('{"profile":"uk-csea-irp/1","report":{},"report":{}}'), 'json-duplicate-key')
    assert.equal(code('{"profile":"uk-csea-irp/1","report":{"urn":"A"'), 'json-cut-off')
  })

  it('accounts for every record when a file is cut at any place', () => {
    for (const sample of [writeUkCseaIrp([fullReport]), writeUkCseaIrp([fullReport, plainReport, fullReport])]) {
      for (let end = 0; end < sample.length; end += 64) assertExact(readAll(sample.subarray(0, end)), 1)
    }
  })

  it('accounts for every record when bytes are changed at random', () => {
    const sample = writeUkCseaIrp([fullReport, plainReport])
    const changes = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = Uint8Array.from(sample)
        for (const [at, value] of list) bytes[at] = value
        assertExact(readAll(bytes))
      }),
      { numRuns: 400 },
    )
  })

  it('accounts for any value in any place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(fullReport)), fc.jsonValue(), (key, value) => {
        const report: Record<string, unknown> = { ...fullReport, [key]: value }
        const reading = readReport(report)
        assertExact(reading, 1)
      }),
      { numRuns: 400 },
    )
  })

  it('writes the same bytes for the same reports', () => {
    const copy: Report = structuredClone(fullReport)
    assert.deepEqual(writeUkCseaIrp([fullReport]), writeUkCseaIrp([copy]))
  })
})

function assertExact(reading: ReturnType<typeof readAll>, records = reading.entries.length): void {
  const { account, entries } = reading
  assert.equal(account.records, records)
  assert.equal(account.records, account.accepted + account.remarked + account.setAside)
  assert.equal(account.records, entries.length)
  assert.ok(account.records > 0)
  for (const entry of entries) {
    const reasons = entry.outcome === 'set-aside' ? [entry.reason] : entry.outcome === 'remarked' ? entry.remarks : []
    if (entry.outcome !== 'accepted') assert.ok(reasons.length > 0)
    for (const { code, says } of reasons) {
      assert.match(code, /^[a-z0-9-]+$/)
      assert.notEqual(code, 'reader-failed')
      assert.ok(says.length > 10)
    }
  }
}
