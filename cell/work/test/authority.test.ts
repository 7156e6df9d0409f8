import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeUkCseaIrp } from '@tandem/formats'
import { oneReferral, report } from './reports.ts'
import { type Desk, deskOf, everyRefused, openWork, refusal, type TestWork } from './support.ts'

describe('no authority, no query', () => {
  let work: TestWork
  let analyst: Desk
  let manager: Desk
  const expire = (when: string) =>
    work.superuser.query(`UPDATE tandem.authority SET expires_at = ${when} WHERE authority_id = $1`, [
      work.founded.national.desk.authority,
    ])

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    manager = await deskOf(work, work.founded.national.dutyManager)
  })
  after(() => work.close())

  test('every step ends with the authority, and begins again with it', async () => {
    const { id, version } = await oneReferral(work, work.founded.national)
    await expire('clock_timestamp()')
    await everyRefused('TANDEM-LAW-001', [
      () => analyst.queue(),
      () => analyst.show(id),
      () => analyst.take(id, version),
      () => analyst.search('R-1001'),
      () => analyst.note(id, 'a note'),
      () => manager.lists(),
      () => manager.withdrawList(id),
    ])
    await expire(`clock_timestamp() + interval '1 year'`)
    assert.equal((await analyst.take(id, version)).state, 'taken')
  })

  test('access dies at the second of expiry, in mid-transaction too', async () => {
    const { id } = await oneReferral(work, work.founded.national)
    const { credential } = await work.as(work.founded.national.triageAnalyst)
    const seen = await work.founded.store.within(credential, async (tx) => {
      tx.record('referral.read', { referral: id })
      const first = await tx.run('referral/record', { referral_id: id })
      await expire(`clock_timestamp() + interval '200 milliseconds'`)
      await sleep(300)
      return [first.length, (await tx.run('referral/record', { referral_id: id })).length]
    })
    assert.deepEqual(seen, [1, 0])
    await expire(`clock_timestamp() + interval '1 year'`)
  })

  test('without authority receipts continue and reading waits until it comes back', async () => {
    const { national } = work.founded
    await expire('clock_timestamp()')
    const receipt = await work.deliver(national, writeUkCseaIrp([report({ urn: 'TEST-WAITS' })], 'synthetic'))
    assert.equal(receipt.state, 'awaiting authority')
    await expire(`clock_timestamp() + interval '1 year'`)
    let read = await analyst.delivery(receipt.delivery)
    for (let tries = 0; read.delivery.state !== 'read' && tries < 100; tries++) {
      work.worker.nudge()
      await sleep(100)
      read = await analyst.delivery(receipt.delivery)
    }
    assert.equal(read.referrals.length, 1)
  })

  test('a cancelled authority is dead at once, and a person chooses another', async () => {
    const { national } = work.founded
    const soon = new Date(Date.now() - 1000).toISOString()
    const { authority } = await manager.createAuthority(
      national.desk.operation,
      soon,
      new Date(Date.now() + 600_000).toISOString(),
    )
    assert.equal(await refusal(analyst.createAuthority(national.desk.operation, soon, soon)), 'TANDEM-AUTH-002')
    await analyst.choose(national.desk.operation, authority, national.desk.purpose)
    await analyst.queue()
    await manager.cancelAuthority(authority)
    assert.equal(await refusal(analyst.queue()), 'TANDEM-LAW-001')
    assert.equal(await refusal(manager.cancelAuthority(authority)), 'TANDEM-STATE-002')
    const choose = (operation: string, chosen: string) => analyst.choose(operation, chosen, national.desk.purpose)
    assert.equal(await refusal(choose(national.desk.operation, authority)), 'TANDEM-LAW-001')
    assert.equal(await refusal(choose(national.other.operation, national.other.authority)), 'TANDEM-LAW-001')
    await choose(national.desk.operation, national.desk.authority)
    await analyst.queue()
  })

  test('officers of another operation of the same agency see none of its rows', async () => {
    const { national } = work.founded
    const { id } = await oneReferral(work, national)
    const outsider = await deskOf(work, national.otherManager)
    assert.deepEqual((await outsider.queue('all')).items, [])
    assert.equal(await refusal(outsider.show(id)), 'TANDEM-FIND-001')
    assert.equal(await refusal(outsider.take(id, 1)), 'TANDEM-FIND-001')
  })
})
