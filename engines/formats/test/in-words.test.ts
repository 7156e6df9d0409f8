import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Entry,
  identifiersIn,
  type ReferralRecord,
  readAll,
  withIdentifiersInWords,
  writeUkCseaIrp,
} from '../src/index.ts'
import { fullReport, plainReport } from './samples.ts'

const tell = (description: string, more: object = {}) => {
  const [entry] = readAll(writeUkCseaIrp([{ ...plainReport, ...more, description }])).entries
  assert.ok(entry !== undefined)
  return withIdentifiersInWords(entry)
}
const mentionsOf = (entry: Entry<unknown>) => {
  assert.ok(entry.outcome !== 'set-aside')
  const { record } = entry as { record: ReferralRecord }
  return record.mentions
}

test('what free text names becomes a mention in its place, of nobody', () => {
  const text =
    'He pays to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, writes from test.person@mail.example on 2026-05-04.'
  const found = mentionsOf(tell(text)).filter(({ place }) => place.includes('characters'))
  assert.deepEqual(
    found.map(({ identifier }) => [identifier.kind, identifier.strength]),
    [
      ['wallet', 'checksum'],
      ['email', 'form'],
    ],
  )
  for (const { place, original, person } of found) {
    const [, from, to] = /, characters (\d+)-(\d+)$/.exec(place) ?? []
    assert.equal(text.slice(Number(from), Number(to)), original)
    assert.equal(person, null)
  }
})

test('what a field says already is not said twice, and a value written often is one mention', () => {
  const [email = ''] = fullReport.contentSender?.emails ?? []
  const sender = { contentSender: fullReport.contentSender }
  const before = mentionsOf(tell('nothing', sender)).length
  assert.equal(mentionsOf(tell(`${email} and ${email}`, sender)).length, before)
  assert.equal(mentionsOf(tell('a@mail.example a@mail.example', sender)).length, before + 1)
})

test('what a sender says of itself would link all its reports, so it names nobody', () => {
  const xml = `<report><incidentSummary><incidentType>Child Pornography (possession, manufacture, and distribution)</incidentType>
    <incidentDateTime>2026-05-04T09:04:00Z</incidentDateTime></incidentSummary>
    <reporter><reportingPerson><firstName>Test</firstName><email>staff@service.example</email></reportingPerson>
    <companyTemplate>Ask law@service.example</companyTemplate><legalURL>https://service.example/legal</legalURL></reporter>
    <additionalInfo>He writes from other@mail.example</additionalInfo></report>`
  const [entry] = readAll(Buffer.from(xml)).entries
  assert.ok(entry !== undefined)
  assert.deepEqual(
    mentionsOf(withIdentifiersInWords(entry)).map(({ identifier }) => identifier.normal),
    ['other@mail.example'],
  )
})

test('more than can be noted is counted in a remark, none in silence', () => {
  const many = Array.from({ length: 2_010 }, (_, at) => `a${at}@mail.example`).join(' ')
  const entry = tell(many)
  assert.ok(entry.outcome === 'remarked')
  const [remark] = entry.remarks.filter(({ code }) => code === 'mentions-too-many')
  assert.match(remark?.says ?? '', / 10 identifiers more /)
})

test('spans are those of the text, also behind characters of two units', () => {
  const text = '😀 ü test@mail.example'
  const [found] = identifiersIn(text)
  assert.equal(text.slice(found?.start, found?.end), 'test@mail.example')
})
