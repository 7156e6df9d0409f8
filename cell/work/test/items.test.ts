import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { deskOf, openWork, type TestWork } from './support.ts'

const fixture = (path: string): Buffer => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url))

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
