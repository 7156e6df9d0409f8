import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readIp } from '@tandem/identifiers'
import { type ItemRecord, type ReferralRecord, readAll } from '../src/index.ts'
import { comparisonsOf } from '../src/stix-2.1/pattern.ts'

/** What well-known libraries were seen to do with real files; none of it may happen here. */
const fixture = (path: string): Buffer => readFileSync(join(import.meta.dirname, '../../../fixtures', path))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const items = (bytes: Uint8Array): ItemRecord[] =>
  readAll(bytes).entries.flatMap((entry) =>
    entry.outcome !== 'set-aside' && entry.record.kind === 'item' ? [entry.record] : [],
  )
const cyberTip = (inside: string): Uint8Array =>
  utf8(
    `<report><incidentSummary><incidentType>Child Pornography (possession, manufacture, and distribution)</incidentType><incidentDateTime>2026-05-04T09:12:33Z</incidentDateTime></incidentSummary><reporter><reportingPerson><firstName>Test</firstName><lastName>Person</lastName></reportingPerson></reporter>${inside}</report>`,
  )
const referral = (bytes: Uint8Array): ReferralRecord => {
  const [entry] = readAll(bytes).entries
  assert.ok(entry !== undefined && entry.outcome !== 'set-aside' && entry.record.kind === 'referral')
  return entry.record
}
const person = (inside: string): Uint8Array => cyberTip(`<personOrUserReported>${inside}</personOrUserReported>`)

describe('fast-xml-parser', () => {
  it('turns ids of digits into numbers and loses the zeros of a phone: here every value is its text', () => {
    const record = referral(
      person('<espIdentifier>00123456789012345678901</espIdentifier><screenName>1e10</screenName>'),
    )
    const held = JSON.stringify(record)
    assert.ok(held.includes('"00123456789012345678901"') && held.includes('"1e10"'), held)
  })
  it('makes one child an object and two a list: here both are read alike', () => {
    const one = referral(person('<espIdentifier>1</espIdentifier><displayName>A</displayName>'))
    const two = referral(
      person('<espIdentifier>1</espIdentifier><displayName>A</displayName><displayName>B</displayName>'),
    )
    const named = ({ people }: ReferralRecord) => people.find(({ role }) => role === 'reported')?.names
    assert.deepEqual([named(one), named(two)], [['A'], ['A', 'B']])
  })
  it('drops a forbidden character and calls the file valid: here the report is set aside with its place', () => {
    const { account, entries } = readAll(person('<espIdentifier>a&#x1;b</espIdentifier>'))
    assert.deepEqual(account, { records: 1, accepted: 0, remarked: 0, setAside: 1 })
    const [entry] = entries
    assert.ok(entry?.outcome === 'set-aside' && entry.reason.place !== '')
  })
  it('does not expand bombs of entities, nor do we: a document type is refused', () => {
    const bomb = Buffer.concat([
      utf8('<!DOCTYPE report [<!ENTITY a "aaaa">]>'),
      person('<espIdentifier>&a;</espIdentifier>'),
    ])
    assert.equal(readAll(bomb, { format: 'ncmec-ispws' }).account.setAside, 1)
  })
})

describe('warcio', () => {
  it('tells a wrong length and a truncation to the console only: here they are remarks of their records', () => {
    for (const name of ['example-bad-length.warc', 'example-trunc.warc']) {
      const { account } = readAll(fixture(`warc/${name}`))
      assert.ok(account.remarked + account.setAside > 0, name)
    }
  })
  it('makes one record of no type of a damaged ARC: here it is set aside whole', () => {
    const arc = utf8(
      'filedesc://test.arc 0.0.0.0 20260504 text/plain 200 - - 0 test.arc 77\n1 0 Test\n\nURL IP-address damaged\n',
    )
    assert.deepEqual(readAll(arc).account, { records: 1, accepted: 0, remarked: 0, setAside: 1 })
  })
})

describe('mail', () => {
  it('mailparser gives no text of a digest: here the texts of its mails are parts', () => {
    const [mail] = items(fixture('mail/multipart-digest.txt'))
    assert.ok((mail?.narratives ?? []).some(({ text }) => text.trim() !== ''))
  })
  it('mbox-reader makes three messages of two: here it is two', () => {
    assert.equal(readAll(fixture('mail/unmunged.mbox.txt')).account.records, 2)
  })
})

describe('whatsapp-chat-parser', () => {
  it('reads 12/9/20 as a day in silence: here a day that nothing decides is two candidates and a remark', () => {
    const { entries, account } = readAll(utf8('12/9/20, 10:00 - Test One: hi\n12/9/20, 10:01 - Test Two: ho\n'))
    assert.equal(account.remarked, 2)
    for (const entry of entries) {
      assert.ok(entry.outcome === 'remarked' && entry.record.kind === 'item')
      assert.equal(entry.record.at?.instant, null)
      assert.equal(entry.record.at?.candidates.length, 2)
    }
  })
  it('takes "Name:" without a blank behind it for a system line: here it is a message of that person', () => {
    const [, second] = items(utf8('13/9/20, 10:00 - Test One: hi\n13/9/20, 10:01 - Test Two:.\n'))
    assert.equal(second?.narratives[0]?.text, '.')
    assert.equal(second?.author === null ? null : second?.people[second.author]?.names[0], 'Test Two')
  })
})

describe('ajv with the schemas of STIX', () => {
  it('takes a time of change before that of creation: here it is remarked', () => {
    const [entry] = readAll(fixture('stix21/validator-invalid_timestamp.json')).entries
    assert.ok(entry?.outcome === 'remarked')
    assert.deepEqual(
      entry.remarks.map(({ code }) => code),
      ['modified-before-created'],
    )
  })
  it('hangs on a name of thirty letters: here a pattern of a hundred thousand takes no second', () => {
    const before = process.cpuUsage()
    comparisonsOf(`[${'a'.repeat(30)}-`)
    comparisonsOf(`[${'a1'.repeat(100_000)}!:x = '1']`)
    const { user, system } = process.cpuUsage(before)
    assert.ok(user + system < 1_000_000)
  })
})

it('ipaddr.js takes octal, short and hexadecimal IPv4: here they are no addresses', () => {
  for (const odd of ['0300.0250.0.1', '192.168.1', '0xc0a80001', '3232235521', '192.168.0.256', '192.168.0.01'])
    assert.equal(readIp(odd).ok, false, odd)
  assert.equal(readIp('192.168.0.1').ok, true)
})

it('the combined log has one line in ten thousand that is damaged: here that one alone is set aside', () => {
  const { account } = readAll(fixture('access-log/combined-excerpt.txt'))
  assert.equal(account.records, account.accepted + account.remarked + account.setAside)
  assert.equal(account.setAside, 1)
})
