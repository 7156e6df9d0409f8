import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readWith, streamWith } from '../../test/damaged.ts'
import { headOf } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import type { AnyRecord, ItemRecord } from '../record.ts'
import { providerReturnReader, type ReturnProfile, readReturn, returnProfiles } from './index.ts'

const isItem = (record: AnyRecord): record is ItemRecord => record.kind === 'item'
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const fit = (text: string) => providerReturnReader.detect(headOf(bytesOf(text)))

function read(content: string | Uint8Array) {
  const { entries, end } = readWith(providerReturnReader, typeof content === 'string' ? bytesOf(content) : content)
  const records = entries.flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record])).filter(isItem)
  const codes = entries.map((entry) =>
    entry.outcome === 'remarked'
      ? entry.remarks.map(({ code }) => code)
      : entry.outcome === 'set-aside'
        ? [entry.reason.code]
        : [],
  )
  return { entries, records, codes, end: end?.remarks.map(({ code }) => code) ?? [], claimed: end?.claimedRecords }
}

const event = (record: ItemRecord | undefined) => record?.people[0]?.ipEvents[0]
const normals = (record: ItemRecord | undefined) => record?.mentions.map(({ identifier }) => identifier.normal)
const isp = 'Reference;IP Address;Source Port;Start Time (UTC);End Time (UTC);Customer Number;Name;IMEI'
const row = 'R1;203.0.113.12;50000;2026-05-04 09:00:00;2026-05-04 09:59:59;0012345;Test Person;490154203237518'

describe('answers of providers', () => {
  it('from an internet provider give customer, address, period and port as written', () => {
    const { records, codes } = read(`${isp}\r\n${row}\r\n`)
    assert.deepEqual(codes, [[]])
    const [record] = records
    assert.deepEqual(
      [event(record)?.address, event(record)?.port, event(record)?.time?.instant],
      ['203.0.113.12', 50000, '2026-05-04T09:00:00.000Z'],
    )
    assert.equal(record?.people[0]?.ipEvents[1]?.time?.instant, '2026-05-04T09:59:59.000Z')
    assert.deepEqual(record?.people[0]?.names, ['Test Person'])
    assert.equal(record?.details.find(({ kind }) => kind === 'customer')?.value, '0012345')
    assert.equal(record?.reference, 'R1')
  })

  it('are certain when only one sender writes these columns, else possible', () => {
    assert.equal(fit('username,ip,first_seen_time,last_seen_time\n'), 'certain')
    assert.equal(fit('id,channel id,author id,timestamp,username,contents,attachments\n'), 'certain')
    assert.equal(fit('1777885200000\ttest_user\t203.0.113.7\t50000\t2026-05-04 09:00:00\tx\n'), 'certain')
    assert.equal(fit('[\n{\n"createdAt" : "2026-05-04T09:00:00.000Z",\n"loginIp" : "203.0.113.7"\n}\n'), 'certain')
    assert.equal(fit(`${isp}\n${row}\n`), 'possible')
    assert.equal(fit('name,age\nA,1\n'), 'no')
    assert.equal(fit('{"a":1}'), 'no')
  })

  it('have legends, separators, repeated headers and totals passed over and counted', () => {
    const { entries, end, claimed } = read(
      `"SYNTHETIC\r\nlegend"\r\n==========\r\n${isp}\r\n${row}\r\n;;;;;;;\r\n${isp}\r\n${row}\r\nTotal records: 3\r\n`,
    )
    assert.equal(entries.length, 2)
    assert.deepEqual(end, ['rows-legend', 'rows-separator', 'rows-header', 'rows-footer', 'count-differs'])
    assert.equal(claimed, 3)
  })

  for (const [name, bytes] of [
    ['UTF-16', Buffer.from(`\ufeff${isp}\n${row.replace('Test Person', 'Test Zoë')}\n`, 'utf16le')],
    ['UTF-8 with a mark', bytesOf(`\ufeff${isp}\n${row.replace('Test Person', 'Test Zoë')}\n`)],
    ['Windows-1252', Buffer.from(`${isp}\n${row.replace('Test Person', 'Test Zoë')}\n`, 'latin1')],
  ] as const) {
    it(`are read in ${name}`, () => {
      const { records, end } = read(bytes)
      assert.deepEqual(records[0]?.people[0]?.names, ['Test Zoë'])
      assert.deepEqual(end, name === 'Windows-1252' ? ['encoding-guessed'] : [])
    })
  }

  it('without a zone name no instant, and say so', () => {
    const { records, codes } = read(`${isp.replaceAll(' (UTC)', '')}\n${row}\n`)
    assert.deepEqual(codes, [['zone-unknown', 'zone-unknown']])
    assert.equal(event(records[0])?.time?.instant, null)
    assert.deepEqual(event(records[0])?.time?.candidates, ['2026-05-04T09:00:00.000Z'])
  })

  it('in a named zone are converted, and the hours of the change of clocks are told apart', () => {
    const local = (from: string) => {
      const header = 'IP Address,Start Time,Time Zone,Customer Number,Source Port'
      const { records, codes } = read(`${header}\n203.0.113.12,${from},Europe/London,1,5\n`)
      return [event(records[0])?.time?.instant ?? event(records[0])?.time?.candidates, codes[0]]
    }
    assert.deepEqual(local('2026-05-04 10:00:00'), ['2026-05-04T09:00:00.000Z', []])
    assert.deepEqual(local('2026-01-04 10:00:00'), ['2026-01-04T10:00:00.000Z', []])
    // Clocks go forward on 29 March and back on 25 October 2026, each at 01:00 UTC.
    assert.deepEqual(local('2026-03-29 01:30:00'), [[], ['hour-left-out']])
    assert.deepEqual(local('2026-10-25 01:30:00'), [
      ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
      ['hour-twice'],
    ])
  })

  it('with a zone word that means several zones name no instant', () => {
    const { codes } = read(
      'IP Address,Start Time,Customer Number,Source Port\n203.0.113.12,2026-05-04 10:00:00 BST,1,5\n',
    )
    assert.deepEqual(codes, [['zone-ambiguous']])
  })

  it('keep both days where day and month are open, and decide by one date that is possible in one order only', () => {
    const header = 'IP Address,Start Time (UTC),Customer Number,Source Port'
    const line = (date: string) => `203.0.113.12,${date} 10:00:00,1,5`
    const open = read(`${header}\n${line('04/05/2026')}\n`)
    assert.deepEqual(open.codes, [['day-order-undecided']])
    assert.equal(event(open.records[0])?.time?.candidates.length, 2)
    const decided = read(`${header}\n${line('04/05/2026')}\n${line('04/25/2026')}\n`)
    assert.deepEqual(decided.codes, [[], []])
    assert.equal(event(decided.records[0])?.time?.instant, '2026-04-05T10:00:00.000Z')
  })

  it('have what a spreadsheet destroyed remarked and never repaired', () => {
    const imei = (written: string) => read(`${isp}\n${row.replace('490154203237518', written)}\n`)
    assert.deepEqual(imei('4.90154E+14').codes, [['damaged-by-spreadsheet']])
    assert.deepEqual(imei('490154203237').codes, [['digits-lost']])
    assert.deepEqual(imei('490154203237519').codes, [['check-digit']])
    assert.deepEqual(imei("'490154203237518").codes, [[]])
    assert.deepEqual(imei('="490154203237518"').codes, [[]])
    assert.deepEqual(imei('490154203237518.0').codes, [['number-as-float']])
    assert.equal(imei('4.90154E+14').records[0]?.details.find(({ kind }) => kind === 'IMEI')?.value, '4.90154E+14')
  })

  it('from Snapchat, Kik, Discord, Roblox, Google and X give accounts of that platform', () => {
    const of = (text: string) => normals(read(text).records[0])
    assert.deepEqual(
      of(
        'username,ip,first_seen_time,last_seen_time\nTest_User,203.0.113.7,Wed Aug 19 12:00:00 UTC 2026,2026-08-19 12:10:00 UTC\n',
      ),
      ['203.0.113.7', 'snapchat|username/test_user'],
    )
    assert.deepEqual(of('1777885200000\ttest_user\t203.0.113.7\t50000\t2026-05-04 09:00:00\tx\n'), [
      '203.0.113.7',
      'kik|username/test_user',
    ])
    assert.deepEqual(
      of(
        'channel id,id,author id,timestamp,username,contents,attachments\n1,2,111111111111111111,2026-05-04T09:00:00.000Z,test_user,"hi","https://a.example/x\nhttps://a.example/y"\n',
      ),
      ['discord|id/111111111111111111', 'discord|username/test_user', 'https://a.example/x', 'https://a.example/y'],
    )
    assert.deepEqual(of('User Id,Username,IP Address,Last Seen\n42,test_user,203.0.113.7,1777885200\n'), [
      '203.0.113.7',
      'roblox|id/42',
      'roblox|username/test_user',
    ])
    assert.deepEqual(
      of(
        'Gaia ID,Activity Timestamp,IP Address,Proxied Host IP Address,User Agent String\n123456789012345678901,2026-05-04 09:00:00 UTC,2001:db8::7,,x\n',
      ),
      ['2001:db8::7', 'google|id/123456789012345678901'],
    )
    assert.deepEqual(
      of(
        '{\n"accountId" : "1000000000000000001",\n"createdAt" : "2026-05-04T09:00:00.000Z",\n"loginIp" : "203.0.113.7"\n}\n',
      ),
      ['203.0.113.7', 'x|id/1000000000000000001'],
    )
  })

  it('read Unix time in seconds and milliseconds, and text, side by side', () => {
    const { records } = read(
      'User Id,IP Address,Last Seen\n42,203.0.113.7,1777885200\n42,203.0.113.7,1777885200000\n42,203.0.113.7,5/14/2026 9:00:00 AM UTC\n',
    )
    assert.deepEqual(
      records.map((record) => event(record)?.time?.instant),
      ['2026-05-04T09:00:00.000Z', '2026-05-04T09:00:00.000Z', '2026-05-14T09:00:00.000Z'],
    )
  })

  it('show mojibake as written and repaired', () => {
    const { records, codes } = read(
      'channel id,id,author id,timestamp,username,contents\n1,2,111111111111111111,2026-05-04T09:00:00.000Z,test_user,cafÃ©\n',
    )
    assert.deepEqual(codes, [['mojibake']])
    assert.deepEqual(
      records[0]?.narratives.map(({ text }) => text),
      ['cafÃ©', 'café'],
    )
  })

  it('of a carrier join date and time, take marks off numbers and keep "not passed on"', () => {
    const header = 'Item,Conn. Date,Conn. Time (UTC),Originating Number,Terminating Number,IMEI,IMSI'
    const { records } = read(
      `${header}\n1,05/14/2026,04:15:30,+1 202 555 0174 (F),-1,490154203237518,001010123456789\n`,
    )
    assert.equal(records[0]?.at?.instant, '2026-05-14T04:15:30.000Z')
    assert.deepEqual(normals(records[0]), ['+12025550174'])
    assert.ok(records[0]?.details.some(({ value }) => value === 'not passed on (-1)'))
  })

  it('with a header and no rows, or no known header, are one entry that says so', () => {
    assert.deepEqual(read(`${isp}\n`).codes, [['no-rows']])
    assert.deepEqual(read('a,b\n1,2\n').codes, [['profile-needed']])
  })

  it('of an unknown sender are read by a profile that a desk wrote down', () => {
    const own: ReturnProfile = {
      id: 'test-provider',
      provider: 'Test Provider',
      platform: 'testgram',
      needs: ['wer', 'wann'],
      distinctive: true,
      columns: [
        { names: ['wer'], is: 'username' },
        { names: ['wann'], is: 'time', of: 'login' },
      ],
    }
    // Plain data: it survives being saved.
    const saved: ReturnProfile = structuredClone(own)
    const entries = [
      ...readReturn(bytesOf('Wer;Wann\ntest_user;2026-05-04T09:00:00Z\n'), defaultLimits, {
        profiles: [saved, ...returnProfiles],
      }),
    ]
    assert.ok(entries[0]?.outcome === 'accepted')
    assert.deepEqual(normals(entries[0].record), ['testgram|username/test_user'])
  })

  it('give the same in a stream, also longer than the part that is looked at first', async () => {
    const long = `${isp}\n${`${row}\n`.repeat(2000)}`
    for (const text of [`${isp}\n${row}\n${row}\n`, long]) {
      const whole = readWith(providerReturnReader, bytesOf(text))
      for (const chunk of [777, 100_000])
        assert.deepEqual(await streamWith(providerReturnReader, bytesOf(text), chunk), whole)
      assert.deepEqual((await streamWith(providerReturnReader, bytesOf(text), 5000, 1)).entries, whole.entries.slice(1))
    }
  })
})
