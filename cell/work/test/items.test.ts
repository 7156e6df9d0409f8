import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { deskOf, openWork, type TestWork } from './support.ts'

const fixture = (path: string): Buffer => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url))

/** A synthetic export of Telegram. */
const chat = (name: string, messages: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      name,
      type: 'private_group',
      id: 4_000_000_001,
      messages: Array.from({ length: messages }, (_, index) => ({
        id: index + 1,
        type: 'message',
        date: new Date(Date.UTC(2024, 4, 1, 10) + index * 1000).toISOString().slice(0, 19),
        date_unixtime: String(Date.UTC(2024, 4, 1, 10) / 1000 + index),
        from: index % 2 === 0 ? 'Test One' : 'Test Two',
        from_id: `user${index % 2}`,
        ...(index > 1 ? { reply_to_message_id: index - 1 } : {}),
        text: `Test words ${index + 1}`,
      })),
    }),
  )

describe('what is no report comes in by the same lanes', () => {
  let work: TestWork
  before(async () => {
    work = await openWork()
  })
  after(() => work.close())

  const delivered = async (bytes: Uint8Array) => {
    const { national } = work.founded
    const { delivery } = await work.deliver(national, bytes)
    const desk = await deskOf(work, national.triageAnalyst)
    const { delivery: told, referrals, setAside } = await desk.delivery(delivery)
    const shown = await Promise.all(referrals.map(({ id }) => desk.show(id)))
    return { told, setAside, shown }
  }

  test('a chat is one referral with all its messages, and the account counts messages', async () => {
    const { told, setAside, shown } = await delivered(fixture('chats/test_single_export.json'))
    assert.deepEqual(
      [told.format, told.account?.records, told.account?.accepted, setAside.length],
      ['telegram-json', 2, 2, 0],
    )
    assert.equal(shown.length, 1)
    assert.equal(shown[0]?.narratives.length, 2)
  })

  test('messages of every layout keep their remarks and their times as written', async () => {
    const { told, shown } = await delivered(fixture('chats/test_ddmmyy_24hrs.txt'))
    assert.deepEqual([told.account?.records, told.account?.accepted, told.account?.remarked], [9, 8, 1])
    assert.equal(shown.length, 1)
    assert.ok((shown[0]?.remarks.length ?? 0) > 0)
    assert.ok((shown[0]?.people.length ?? 0) > 1)
  })

  test('a chat longer than an officer reads is referrals in parts, told apart, and none is folded behind another', async () => {
    const { told, shown } = await delivered(chat('Test group', 2_500))
    assert.deepEqual([told.account?.records, told.account?.accepted], [2_500, 2_500])
    assert.deepEqual(
      shown.map(({ narratives }) => narratives.length),
      [1_000, 1_000, 500],
    )
    assert.deepEqual(
      shown.map(({ details }) => details.find(({ kind }) => kind === 'part')?.value?.slice(0, 6)),
      ['1 of 3', '2 of 3', '3 of 3'],
    )
    for (const { item, details, facts } of shown) {
      assert.equal(item.state, 'open')
      assert.equal(details.find(({ kind }) => kind === 'part of')?.value, 'Test group')
      assert.equal(facts.incidentAt, null, 'the time of a message is no time of an incident')
    }
  })

  test('two chats of one name from one sender stand beside each other', async () => {
    const [first] = (await delivered(chat('Test pair', 3))).shown
    const [second] = (await delivered(chat('Test pair', 4))).shown
    assert.deepEqual([first?.item.state, second?.item.state, second?.related], ['open', 'open', []])
  })

  test('who wrote, when, and what the source marks stand beside each closed message; a run of them opens at once', async () => {
    const { shown } = await delivered(chat('Test marks', 60))
    const [item] = shown
    const message = item?.narratives[3]
    assert.deepEqual(
      [item?.people[message?.author ?? -1]?.names[0], message?.at?.original, message?.reference, message?.answers],
      ['Test Two', '1714557603', '4', '2'],
    )
    const desk = await deskOf(work, work.founded.national.triageAnalyst)
    const places = item?.narratives.slice(0, 50).map(({ place }) => place) ?? []
    const before = await desk.openNarratives(item?.item.id ?? '', places.slice(0, 1))
    const { words, openedToday } = await desk.openNarratives(item?.item.id ?? '', places)
    assert.deepEqual([words.length, openedToday - before.openedToday], [50, 50])
    assert.equal(words[49]?.text, 'Test words 50')
    await assert.rejects(desk.openNarratives(item?.item.id ?? '', ['$.elsewhere']), /Nothing here/)
  })

  test('columns of a table and marks of an item without words are details that an officer sees', async () => {
    const { shown } = await delivered(fixture('access-log/tor-website.txt'))
    const kinds = new Set(shown[0]?.details.map(({ kind }) => kind))
    assert.ok(kinds.has('status') && kinds.size > 4, [...kinds].join())
  })

  test('a box of mails is one referral with the mails, and no attachment of it is kept', async () => {
    const { told, shown } = await delivered(fixture('mail/simple.mbox.txt'))
    assert.deepEqual([told.format, told.account?.records], ['mbox', 3])
    assert.ok(shown.some(({ mentions }) => mentions.some(({ kind }) => kind === 'email')))
  })

  test('a damaged report is set aside with its reason, not read as a dump of lines', async () => {
    const { told, setAside } = await delivered(Buffer.from('{"reports": [ {"urn": "TEST-1", '))
    assert.equal(told.account?.setAside, told.account?.records)
    assert.equal(setAside.length, 1)
  })
})
