import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { exampleLists, renderList, worldReferrals } from '@tandem/testkit'
import type { Met } from './play.ts'
import { deskOf, openWork, type TestWork } from './support.ts'
import { assertHits, assertIdentifiers, assertPriority, endsIn, isLow, relationsTo } from './truth.ts'

const COUNT = 400

describe('a generated flow with the skew of the real one', () => {
  let work: TestWork
  const met = new Map<string, Met>()
  const receipts: { state: string; kind: string }[] = []

  before(async () => {
    work = await openWork()
    const { national } = work.founded
    const desk = await deskOf(work, national.dutyManager)
    for (const list of exampleLists) await desk.loadList(list.name, list.publisher, renderList(list))
    const arrived: { delivery: string; truth: Met['truth'] }[] = []
    for (const { bytes, senderName, truth } of worldReferrals({ seed: 'a working day', count: COUNT })) {
      const { delivery, state } = await work.deliver(national, bytes, { sender: senderName })
      receipts.push({ state, kind: truth.relation.kind })
      if (state !== 'repeat') arrived.push({ delivery, truth })
    }
    for (const { delivery, truth } of arrived) {
      const [stored] = (await desk.delivery(delivery)).referrals
      if (stored !== undefined) met.set(truth.id, { truth, shown: await desk.show(stored.id) })
    }
  })
  after(() => work.close())

  test('what comes again is a repeat and everything else is on the desk', () => {
    assert.deepEqual(work.problems, [])
    for (const { state, kind } of receipts) assert.equal(state === 'repeat', kind === 'redelivery')
    assert.equal(met.size, receipts.filter(({ kind }) => kind !== 'redelivery').length)
  })

  test('identifiers, hits and priorities are the truth’s', () => {
    for (const one of met.values()) {
      assertIdentifiers(one)
      assertHits(one)
      assertPriority(one)
    }
  })

  test('only what is told in words alone stands low', () => {
    const low = [...met.values()].filter(isLow)
    assert.ok(low.length < met.size / 20)
    for (const { truth, shown } of low) assert.equal(shown.item.priority.declared ?? 'P3', 'P3', truth.id)
  })

  test('nothing is folded that is new, and what is folded is P3 or ranked with its bundle', () => {
    for (const one of met.values()) {
      const { truth, shown } = one
      if (shown.item.state !== 'folded') continue
      assert.notEqual(truth.relation.kind, 'new', truth.id)
      const bundle = endsIn(one, met)
      assert.ok(bundle.shown.item.priority.effective <= shown.item.priority.effective, truth.id)
      if (truth.relation.kind === 'viral copy') assert.equal(shown.item.priority.effective, 'P3')
    }
  })

  test('copies of a viral file end in one of its first three referrals', () => {
    const copies = [...met.values()].filter(({ truth }) => truth.relation.kind === 'viral copy')
    const folded = copies.filter(({ shown }) => shown.item.state === 'folded')
    assert.ok(folded.length > copies.length / 4)
    for (const copy of folded)
      assert.equal(
        endsIn(copy, met).truth.id,
        copy.truth.relation.of,
        JSON.stringify([
          copy.shown.related,
          met.get(copy.truth.relation.of ?? '')?.shown.item,
          endsIn(copy, met).shown.item,
          endsIn(copy, met).truth.relation,
        ]),
      )
  })

  test('a supplement that says so is in the bundle of its report', () => {
    const told = [...met.values()].filter(({ truth }) => truth.supplementTo !== null)
    assert.ok(told.length > 0)
    for (const one of told) {
      assert.equal(one.shown.item.state, 'folded', one.truth.id)
      assert.ok(relationsTo(one, met.get(one.truth.relation.of ?? '')).includes('supplement to'), one.truth.id)
    }
  })

  test('the same account is always said', () => {
    for (const one of met.values()) {
      if (one.truth.relation.kind !== 'same account') continue
      const other = met.get(one.truth.relation.of ?? '')
      if (other === undefined) continue
      assert.ok(relationsTo(one, other).length > 0, one.truth.id)
    }
  })

  test('the queue is in its order, page by page, and every referral at work is in it once', async () => {
    const desk = await deskOf(work, work.founded.national.triageAnalyst)
    const whole = await desk.queue('queue')
    const paged: typeof whole.items = []
    for (let after: string | undefined; ; ) {
      const page = await desk.queue('queue', 37, after)
      paged.push(...page.items)
      if (page.next === null) break
      after = page.next
    }
    assert.deepEqual(
      paged.map(({ id }) => id),
      whole.items.map(({ id }) => id),
    )
    assert.equal(new Set(paged.map(({ id }) => id)).size, whole.counts.queue)
    const keys = paged.map(({ priority, actBy }) => `${priority.effective} ${new Date(actBy ?? 0).toISOString()}`)
    assert.deepEqual(keys, [...keys].sort())
  })
})
