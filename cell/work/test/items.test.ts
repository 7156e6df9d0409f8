import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { deskOf, openWork, type TestWork } from './support.ts'

const fixture = (path: string): Buffer => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url))

/** POSIX ustar: a header block a member, bytes filled up to 512, two empty blocks at the end. */
function tarOf(members: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Buffer {
  const blocks = members.flatMap(({ name, bytes }) => {
    const head = Buffer.alloc(512)
    head.write(name)
    head.write('0000644', 100)
    head.write(bytes.length.toString(8).padStart(11, '0'), 124)
    head.write('00000000000', 136)
    head.write('        0', 148)
    head.write('ustar\x0000', 257)
    const sum = head.reduce((total, byte) => total + byte, 0)
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

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

  test('an archive is taken apart: its reports are referrals, its pictures are digests that lists are asked for', async () => {
    const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5_000, 0xa7)])
    const md5 = createHash('md5').update(picture).digest('hex')
    const keeper = await deskOf(work, work.founded.national.dutyManager)
    await keeper.loadList('Test list', 'Test Hotline', Buffer.from(`md5\n${md5}\n`))
    const { told, shown, setAside } = await delivered(
      tarOf([
        { name: 'tip.xml', bytes: fixture('ncmec-cybertip-report/documentation-example-report.xml') },
        { name: 'holiday.txt', bytes: picture },
        { name: 'chat.json', bytes: chat('Test tar', 3) },
      ]),
    )
    assert.deepEqual([told.format, told.account?.records, setAside.length], ['tar', 5, 0])
    assert.deepEqual(shown.map(({ item }) => item.format).sort(), ['ncmec-ispws', 'tar', 'telegram-json'])
    const listing = shown.find(({ item }) => item.format === 'tar')
    assert.deepEqual(
      listing?.files.map(({ name, contentType }) => [name, contentType]),
      [['holiday.txt', 'image/png']],
    )
    assert.deepEqual(
      listing?.hits.map(({ kind, value }) => [kind, value]),
      [['md5', md5]],
    )
    assert.equal(told.stripped.length, 1)
  })

  test('a damaged report is set aside with its reason, not read as a dump of lines', async () => {
    const { told, setAside } = await delivered(Buffer.from('{"reports": [ {"urn": "TEST-1", '))
    assert.equal(told.account?.setAside, told.account?.records)
    assert.equal(setAside.length, 1)
  })
})
