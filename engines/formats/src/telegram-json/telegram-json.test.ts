import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readWith, streamWith } from '../../test/damaged.ts'
import { headOf } from '../head.ts'
import type { AnyRecord, ItemRecord } from '../record.ts'
import { telegramJsonReader } from './reader.ts'

const fixtures = join(import.meta.dirname, '../../../../fixtures/chats')
const sample = join(import.meta.dirname, '../../../../../shared/data/intake/chat-telegram/DM_2A_7M.json')
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const isItem = (record: AnyRecord): record is ItemRecord => record.kind === 'item'

function read(content: unknown) {
  const { entries, end } = readWith(telegramJsonReader, content instanceof Uint8Array ? content : bytesOf(content))
  const records = entries.flatMap((entry) => (entry.outcome === 'set-aside' ? [] : [entry.record])).filter(isItem)
  const codes = entries.map((entry) =>
    entry.outcome === 'remarked'
      ? entry.remarks.map(({ code }) => code)
      : entry.outcome === 'set-aside'
        ? [entry.reason.code]
        : [],
  )
  return { entries, records, codes, end }
}

const one = (message: object) => read({ name: 'Test', type: 'personal_chat', id: 1, messages: [message] })
const said = (record: ItemRecord | undefined): string[] => record?.narratives.map(({ text }) => text) ?? []
const normals = (record: ItemRecord | undefined): string[] =>
  record?.mentions.map(({ identifier }) => identifier.normal) ?? []

describe('Telegram exports', () => {
  for (const name of ['test_single_export.json', 'test_batch_export.json']) {
    it(`of one chat or an account hold the same two messages (${name})`, () => {
      const bytes = readFileSync(join(fixtures, name))
      assert.equal(telegramJsonReader.detect(headOf(bytes)), 'certain')
      const { records, codes } = read(bytes)
      assert.deepEqual(codes, [[], []])
      assert.deepEqual(records.flatMap(said), ['Minimal Message', 'Link:https://telegram.org/'])
      assert.deepEqual(
        records.map(({ at }) => at?.instant),
        ['2018-12-05T10:39:10.000Z', '2018-12-05T10:49:24.000Z'],
      )
    })
  }

  const skip = existsSync(sample) ? false : 'the sample is under a copyleft licence and stands beside the checkout only'
  it('of mixed age have instants where Unix time stands, and none where only local time does', { skip }, () => {
    const { records, codes } = read(readFileSync(sample))
    assert.equal(records.length, 8)
    assert.deepEqual(codes.slice(0, 3), [['zone-unknown'], ['zone-unknown'], ['zone-unknown']])
    assert.deepEqual(
      records.map(({ at }) => at?.instant ?? null),
      [
        null,
        null,
        null,
        '2022-05-09T22:23:53.000Z',
        '2022-05-09T23:26:09.000Z',
        '2022-06-10T22:06:38.000Z',
        '2022-06-10T22:06:39.000Z',
        '2023-08-11T02:11:02.000Z',
      ],
    )
    assert.deepEqual(
      records.map(({ flags }) => flags['service']),
      ['yes', 'no', 'no', 'no', 'no', 'no', 'no', 'yes'],
    )
    assert.deepEqual(
      records[5]?.files.map(({ name, labels }) => [name, labels]),
      [[null, ['photo', 'not in the export']]],
    )
    assert.ok(
      records[7]?.details.some(({ kind, value }) => kind === 'clock of the exporting machine' && value === '-03:00'),
    )
  })

  it('give marked pieces of a text as identifiers, and a card number never whole', () => {
    const { records } = one({
      id: 1,
      type: 'message',
      date_unixtime: '1652135033',
      from: 'Bob',
      from_id: 'user9007199254740993',
      text: ['see ', { type: 'mention', text: '@Test_User' }],
      text_entities: [
        { type: 'plain', text: 'see ' },
        { type: 'mention', text: '@Test_User' },
        { type: 'phone', text: '+44 20 7946 0000' },
        { type: 'email', text: 'A@mail.example' },
        { type: 'text_link', text: 'here', href: 'https://site.example/x' },
        { type: 'mention_name', text: 'Bob', user_id: 42 },
        { type: 'bank_card', text: '4111 1111 1111 1111' },
      ],
    })
    assert.deepEqual(normals(records[0]), [
      'telegram|id/9007199254740993',
      'telegram|username/test_user',
      '+442079460000',
      'a@mail.example',
      'https://site.example/x',
      'telegram|id/42',
    ])
    const card = records[0]?.details.find(({ kind }) => kind.startsWith('bank card'))
    assert.equal(card?.value, '1111')
  })

  it('of an account give its owner, contacts and sessions with addresses', () => {
    const { records } = read({
      about: 'x',
      personal_information: {
        user_id: 7,
        first_name: 'Test',
        last_name: 'Owner',
        phone_number: '+44 20 7946 0000',
        username: '@owner',
      },
      contacts: {
        about: 'x',
        list: [
          {
            user_id: 8,
            first_name: 'Test',
            last_name: 'Friend',
            phone_number: '0044 20 7946 0001',
            date_unixtime: '1652135033',
          },
        ],
      },
      sessions: {
        about: 'x',
        list: [{ last_active_unixtime: '1652135033', last_ip: '203.0.113.7', application_name: 'Test' }],
      },
      chats: { about: 'x', list: [{ name: null, type: 'private_group', id: 5, messages: [] }] },
    })
    assert.deepEqual(
      records.map(({ what, whole }) => `${what} of ${whole.name}`),
      ['row of personal_information', 'row of contacts', 'row of sessions'],
    )
    assert.deepEqual(normals(records[0]), ['telegram|id/7', 'telegram|username/owner', '+442079460000'])
    const event = records[2]?.people[0]?.ipEvents[0]
    assert.deepEqual([event?.address, event?.time?.instant], ['203.0.113.7', '2022-05-09T22:23:53.000Z'])
  })

  it('tell which chat each message is of', () => {
    const chat = (name: string | null, id: number) => ({
      name,
      type: 'personal_chat',
      id,
      messages: [{ id: 1, date_unixtime: '1652135033', text: 'x' }],
    })
    const { records } = read({
      chats: { list: [chat('One', 1), chat(null, 2)] },
      left_chats: { list: [chat('Three', 3)] },
    })
    assert.deepEqual(
      records.map(({ whole }) => `${whole.name} ${whole.place}`),
      ['One $.chats.list[0]', 'null $.chats.list[1]', 'Three $.left_chats.list[0]'],
    )
  })

  it('remark times that disagree, a number that does not say what it counts, a message without time', () => {
    assert.deepEqual(one({ date: '2023-08-10T23:11:02', date_unixtime: '1691719000', text: 'x' }).codes, [
      ['times-disagree'],
    ])
    assert.deepEqual(one({ date_unixtime: '1691719000', from_id: 4242, text: 'x' }).codes, [['id-kind-unknown']])
    assert.deepEqual(one({ text: 'x' }).codes, [['time-missing']])
  })

  it('count fields that are not known, and set a message of a wrong shape aside alone', () => {
    const { records, codes } = read({
      messages: [
        { date_unixtime: '1', text: 'x', new_thing: 1 },
        { text: { a: 1 } },
        7,
        { date_unixtime: '1', text: 'y' },
      ],
    })
    assert.deepEqual(records[0]?.unknownFields, ['$.messages[0].new_thing'])
    assert.deepEqual(codes, [[], ['wrong-structure'], ['not-an-object'], []])
  })

  it('cut off keep what was whole and say what is missing', () => {
    const bytes = readFileSync(join(fixtures, 'test_single_export.json'))
    const { entries } = readWith(telegramJsonReader, bytes.subarray(0, 300))
    assert.deepEqual(
      entries.map((entry) => (entry.outcome === 'set-aside' ? `${entry.reason.code} ${entry.place}` : entry.outcome)),
      ['accepted', 'json-cut-off $.messages[1]'],
    )
  })

  it('give the same in a stream of any chunk size, and go on after a skip', async () => {
    const bytes = readFileSync(join(fixtures, 'test_batch_export.json'))
    const whole = readWith(telegramJsonReader, bytes)
    for (const chunk of [1, 7, 64, 10_000]) assert.deepEqual(await streamWith(telegramJsonReader, bytes, chunk), whole)
    assert.deepEqual((await streamWith(telegramJsonReader, bytes, 5, 1)).entries, whole.entries.slice(1))
  })
})
