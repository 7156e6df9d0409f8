import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ReferralRecord } from '../record.ts'
import { incidentKinds } from './incident-kinds.ts'
import { readIspws } from './read.ts'
import { type IspwsReport, writeIspws, writeIspwsBundle, writeIspwsFile } from './write.ts'

function recordsOf(text: string): ReferralRecord[] {
  return [...readIspws(new TextEncoder().encode(text))].map((entry) => {
    if (entry.outcome === 'set-aside') assert.fail(entry.reason.says)
    return entry.record
  })
}

/** Any text with a visible character; XML cannot carry most control characters, so the writer would replace them. */
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  .map((value) => value.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, 'x'))
  .filter((value) => value.trim() !== '')
const flag = fc.constantFrom(true, false, undefined)
const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length / 2, maxLength: length / 2 })
    .map((bytes) => `5a${Buffer.from(bytes).toString('hex').slice(2)}`)

test('what is written is read back unchanged, whatever the texts hold', () => {
  const input = fc.record({
    type: fc.constantFrom(...incidentKinds.keys()),
    reason: fc.option(text, { nil: undefined }),
    chat: text,
    info: text,
    bio: text,
    viewed: flag,
    open: flag,
    proxy: flag,
    port: fc.integer({ min: 1, max: 65_535 }),
    md5: hex(32),
    sha256: hex(64),
    name: text,
    annotations: fc.subarray(['sextortion', 'csamSolicitation', 'spam']),
    labels: fc.subarray(['infant', 'physicalHarm', 'viral']),
  })
  fc.assert(
    fc.property(input, (given) => {
      const report: IspwsReport = {
        incidentType: given.type,
        platform: 'Testnet',
        ...(given.reason === undefined ? {} : { escalateToHighPriority: given.reason }),
        annotations: given.annotations,
        incidentDateTime: '2026-05-04T09:12:33+01:00',
        places: [{ kind: 'chat', client: 'Testnet', content: given.chat }],
        reporter: { person: { firstName: 'Test', lastName: 'Reporter' } },
        reported: {
          espIdentifier: '123',
          espService: 'Testnet',
          profileBio: given.bio,
          ipEvents: [
            {
              ipAddress: '192.0.2.7',
              eventName: 'Login',
              dateTime: '2026-05-04T08:00:00Z',
              port: given.port,
              ...(given.proxy === undefined ? {} : { possibleProxy: given.proxy }),
            },
          ],
        },
        victims: [{ person: { age: 12 } }],
        additionalInfo: given.info,
        files: [
          {
            originalFileName: given.name,
            ...(given.viewed === undefined ? {} : { viewed: given.viewed }),
            ...(given.open === undefined ? {} : { publiclyAvailable: given.open }),
            annotations: given.labels,
            hashes: [
              { type: 'MD5', value: given.md5.toUpperCase() },
              { type: 'SHA256', value: given.sha256 },
            ],
          },
        ],
      }
      const [record] = recordsOf(writeIspws(report))
      assert.ok(record !== undefined)
      const said = (value: boolean | undefined): string => (value === undefined ? 'not said' : value ? 'yes' : 'no')
      const narrative = (about: string): string | undefined =>
        record.narratives.find((candidate) => candidate.about === about)?.text
      assert.equal(record.incidentKind, incidentKinds.get(given.type))
      assert.deepEqual(
        record.declaredPriority,
        given.reason === undefined ? null : { level: 'P1', reason: given.reason },
      )
      assert.equal(narrative('conversation'), given.chat)
      assert.equal(narrative('report'), given.info)
      assert.equal(narrative('person'), given.bio)
      assert.deepEqual(record.annotations, [...given.annotations, ...given.labels])
      const [file] = record.files
      assert.equal(file?.name, given.name.trim())
      assert.equal(file?.viewedByProvider, said(given.viewed))
      assert.equal(file?.publiclyAvailable, said(given.open))
      assert.deepEqual(
        file?.hashes.map(({ kind, value }) => [kind, value]),
        [
          ['md5', given.md5],
          ['sha256', given.sha256],
        ],
      )
      const reported = record.people.find(({ role }) => role === 'reported')
      assert.equal(reported?.ipEvents[0]?.port, given.port)
      assert.equal(reported?.ipEvents[0]?.possibleProxy, said(given.proxy))
      assert.deepEqual(record.unknownFields, [])
    }),
    { numRuns: 200 },
  )
})

test('children stand in the order of the schema', () => {
  const xml = writeIspws({
    incidentType: 'Child Sex Tourism',
    platform: 'Testnet',
    escalateToHighPriority: 'x',
    annotations: ['spam'],
    incidentDateTime: '2026-05-04T09:12:33Z',
    incidentDateTimeDescription: 'y',
    places: [{ kind: 'webPage', urls: ['https://a.example/?a=1&b=<'] }],
    lawEnforcement: { agencyName: 'Test Police', caseNumber: '7', reported: true },
    reporter: { person: {}, contact: {} },
    reported: {},
    recipients: [{}],
    victims: [{}],
    additionalInfo: 'z',
  })
  const wanted = [
    'incidentSummary',
    'incidentType',
    'platform',
    'escalateToHighPriority',
    'reportAnnotations',
    'incidentDateTime',
    'incidentDateTimeDescription',
    'internetDetails',
    'lawEnforcement',
    'agencyName',
    'caseNumber',
    'reporter',
    'reportingPerson',
    'contactPerson',
    'personOrUserReported',
    'intendedRecipient',
    'victim',
    'additionalInfo',
  ]
  const places = wanted.map((name) => xml.search(new RegExp(`<${name}[>/ ]`)))
  assert.ok(!places.includes(-1))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
  const [record] = recordsOf(xml)
  assert.equal(record?.reportedToLocalPolice, 'yes')
  assert.equal(record?.localPoliceReference, '7')
})

test('bundles and lone files are read back', () => {
  const plain = {
    incidentType: 'Child Sex Tourism',
    incidentDateTime: '2026-05-04T09:12:33Z',
    reporter: { person: {} },
  }
  const bundle = writeIspwsBundle([{ ...plain, reportId: '1' }, plain], [{ reportId: '1', originalFileName: 'a' }])
  assert.deepEqual(
    recordsOf(bundle).map(({ files }) => files.length),
    [1, 0],
  )
  assert.equal(recordsOf(writeIspwsFile({ reportId: '9', originalFileName: 'a' }))[0]?.supplementTo, '9')
})
