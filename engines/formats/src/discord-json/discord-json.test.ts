import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readWith, streamWith } from '../../test/damaged.ts'
import { headOf } from '../head.ts'
import type { AnyRecord, ItemRecord } from '../record.ts'
import { discordJsonReader } from './reader.ts'

const shared = join(import.meta.dirname, '../../../../../shared/data/intake/chat-discord')
const skip = existsSync(shared) ? false : 'the sample is under a copyleft licence and stands beside the checkout only'
const isItem = (record: AnyRecord): record is ItemRecord => record.kind === 'item'

const author = { id: '111111111111111111', name: 'test_user', discriminator: '0000', nickname: 'Test', isBot: false }
const message = {
  id: '1000000000000000000',
  type: 'Default',
  timestamp: '2022-07-22T11:22:59.101+00:00',
  isPinned: false,
  content: 'hello',
  author,
}
const file = (messages: readonly object[], more: object = {}): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      guild: { id: '0', name: 'Direct Messages' },
      channel: { id: '99', type: 'DirectTextChat', name: 'Test' },
      messages,
      ...more,
    }),
  )

function read(bytes: Uint8Array) {
  const { entries, end } = readWith(discordJsonReader, bytes)
  const records = entries.flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record])).filter(isItem)
  const codes = entries.map((entry) => (entry.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : []))
  return { entries, records, codes, end }
}

describe('Discord exports', () => {
  it('are known by their guild and channel', () => {
    assert.equal(discordJsonReader.detect(headOf(file([message]))), 'certain')
    assert.equal(discordJsonReader.detect(headOf(new TextEncoder().encode('{"messages":[]}'))), 'no')
  })

  it('give each message with its author, whose id is text digit by digit', () => {
    const { records, codes } = read(file([message]))
    assert.deepEqual(codes, [[]])
    const [first] = records
    assert.equal(first?.whole.name, 'Direct Messages / Test')
    assert.deepEqual(
      first?.mentions.map(({ identifier }) => identifier.normal),
      ['discord|id/111111111111111111', 'discord|username/test_user'],
    )
    assert.deepEqual(first?.people[0]?.names, ['Test', 'test_user'])
    assert.equal(first?.at?.instant, '2022-07-22T11:22:59.101Z')
  })

  it('remark a message whose id was made at another time than it says', () => {
    const { codes, records } = read(file([{ ...message, timestamp: '2022-07-23T11:22:59.101+00:00' }]))
    assert.deepEqual(codes, [['id-time-differs']])
    assert.ok(
      records[0]?.details.some(({ kind, value }) => kind === 'time in the id' && value === '2022-07-22T11:22:59.101Z'),
    )
  })

  it('give replies, attachments, forwarded text and the unknown', () => {
    const { records } = read(
      file([
        {
          ...message,
          type: 'Reply',
          reference: { messageId: '5', channelId: '99', guildId: null },
          attachments: [{ id: '1', url: 'https://files.example/a.png', fileName: 'a.png', fileSizeBytes: 165152 }],
          forwardedMessage: { timestamp: '2020-01-01T00:00:00+00:00', content: 'older', attachments: [] },
          brandNew: 1,
        },
      ]),
    )
    const [first] = records
    assert.equal(first?.answers, '5')
    assert.deepEqual(
      first?.files.map(({ name, url }) => [name, url]),
      [['a.png', 'https://files.example/a.png']],
    )
    assert.deepEqual(
      first?.narratives.map(({ text, at }) => [text, at?.instant]),
      [
        ['hello', '2022-07-22T11:22:59.101Z'],
        ['older', '2020-01-01T00:00:00.000Z'],
      ],
    )
    assert.deepEqual(first?.unknownFields, ['$.messages[0].brandNew'])
    assert.equal(first?.flags['forwarded'], 'yes')
  })

  it('show the count of the export beside ours', () => {
    const { end } = read(file([message], { messageCount: 3 }))
    assert.equal(end?.claimedRecords, 3)
    assert.ok(end?.remarks.some(({ code }) => code === 'count-differs'))
  })

  it('give the same in a stream of any chunk size', async () => {
    const bytes = file([message, { ...message, content: 'é👀' }, message], { messageCount: 3 })
    const whole = readWith(discordJsonReader, bytes)
    for (const chunk of [1, 13, 100_000]) assert.deepEqual(await streamWith(discordJsonReader, bytes, chunk), whole)
    assert.deepEqual((await streamWith(discordJsonReader, bytes, 9, 2)).entries, whole.entries.slice(2))
  })

  it('of a server and of two people are read whole', { skip }, () => {
    const counts = ['DM_2A_2M.json', 'SV_5A_5M.json'].map((name) => {
      const { entries, codes, end } = read(readFileSync(join(shared, name)))
      return [entries.length, end?.claimedRecords, codes.flat()]
    })
    // A call with the made-up id 100, and two messages whose id is that of a later one.
    assert.deepEqual(counts, [
      [3, 3, ['id-time-differs']],
      [5, 5, ['id-time-differs', 'id-time-differs']],
    ])
  })
})
