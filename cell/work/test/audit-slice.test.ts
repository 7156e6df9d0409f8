import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { judgeSlice, lots, lotsDrawn, wilson } from '@tandem/triage'
import { arrive, itemOf, oneReferral, report } from './reports.ts'
import { type Desk, deskOf, openWork, type QueueItem, refusal, type TestWork } from './support.ts'

describe('the audit slice', () => {
  let work: TestWork
  let analyst: Desk
  let manager: Desk
  let inspector: Desk
  let low: QueueItem[] = []
  let high: QueueItem
  const national = () => work.founded.national
  const kept = async (ids: readonly string[]) => {
    const { rows } = await work.superuser.query<{ referral_id: string; lot: number | null; by_lot: boolean | null }>(
      'SELECT referral_id, lot, by_lot FROM tandem.triage_item WHERE referral_id = ANY ($1)',
      [ids],
    )
    return new Map(rows.map((row) => [row.referral_id, row]))
  }
  /** As if other lots had been drawn when these came: a share of 3 in 100 would ask for thousands of reports. */
  const drawInstead = (items: readonly QueueItem[], below: number) =>
    work.superuser.query(
      'UPDATE tandem.triage_item SET lots_drawn = $2 WHERE lot IS NOT NULL AND referral_id = ANY ($1)',
      [items.map(({ id }) => id), below],
    )
  const counts = async () => {
    const [slice] = (await manager.auditSlice()).slices
    assert.ok(slice)
    return slice
  }

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, national().triageAnalyst)
    manager = await deskOf(work, national().dutyManager)
    inspector = await deskOf(work, work.founded.inspector)
    low = await arrive(work, national(), ...Array.from({ length: 200 }, () => report()))
    high = await oneReferral(work, national(), { level: 'P1' })
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  test('what ranks low has a lot, in the ledger before it was ranked, that can be made again; the rest has none', async () => {
    assert.equal(low.length, 200)
    const rows = await kept([...low, high].map(({ id }) => id))
    assert.deepEqual([rows.get(high.id)?.lot, (await analyst.show(high.id)).lot, high.byLot], [null, null, false])
    const { rows: entries } = await work.superuser.query<{ object: { referrals: string[]; lots: number[] } }>(
      `SELECT object FROM ledger.opening WHERE object ? 'lots'`,
    )
    const told = new Map(
      entries.flatMap(({ object: { referrals, lots } }) => referrals.map((id, at) => [id, lots[at]])),
    )
    assert.ok(told.has(high.id), 'the lot of what ranked high was made too, before anybody knew that it would')
    for (const { id, byLot } of low) {
      const row = rows.get(id)
      assert.ok(row !== undefined && row.lot !== null)
      assert.equal(told.get(id), row.lot)
      assert.equal(byLot, row.lot < lotsDrawn)
      assert.equal(row.by_lot, byLot)
    }
    assert.ok(new Set([...rows.values()].map(({ lot }) => lot)).size > 190, 'lots differ')
    for (const { id } of low.slice(0, 5)) {
      const lot = rows.get(id)?.lot
      assert.deepEqual((await analyst.show(id)).lot, { lot, drawnBelow: lotsDrawn, of: lots, agrees: true })
    }
  })

  test('no login changes a lot, a share or a draw, and a draw moves no rank', async () => {
    const logins = ['tandem_officer', 'tandem_supervisor', 'tandem_ingest', 'tandem_inspector', 'tandem_gate']
    for (const login of logins) {
      for (const column of ['lot', 'lots_drawn', 'by_lot']) {
        const { rows } = await work.superuser.query<{ may: boolean }>(
          `SELECT has_column_privilege($1, 'tandem.triage_item', $2, 'UPDATE') AS may`,
          [login, column],
        )
        assert.equal(rows[0]?.may, false, `${login} ${column}`)
      }
    }
    const order = async () => (await analyst.queue()).items.map(({ number }) => number)
    const before = await order()
    await drawInstead(low, lots)
    assert.deepEqual(await order(), before)
    assert.ok((await analyst.queue()).items.every(({ id, byLot }) => byLot === (id !== high.id)))
    await drawInstead(low, 0)
    assert.deepEqual(await order(), before)
  })

  test('the drawn are found in each view, part by part, by whoever may see them', async () => {
    await drawInstead(low.slice(10, 17), lots)
    const all = await analyst.queue()
    const drawn = await analyst.drawn()
    assert.deepEqual(
      drawn.items,
      all.items.filter(({ byLot }) => byLot),
    )
    assert.deepEqual([drawn.items.length, drawn.counts.byLot, drawn.counts.queue], [7, 7, 201])
    const first = await analyst.drawn('queue', 4)
    const second = await analyst.drawn('queue', 4, first.next ?? '')
    assert.deepEqual([...first.items, ...second.items], drawn.items)
    assert.equal((await analyst.drawn('all')).items.length, 7)
    const some = await analyst.drawn('all', 4)
    assert.equal((await analyst.drawn('all', 4, some.next ?? '')).items.length, 3)
    assert.equal(
      await refusal(analyst.drawn('queue', 4, some.next ?? '')),
      'TANDEM-INPUT-001',
      'a place of another list',
    )
    assert.deepEqual((await analyst.drawn('ended')).items, [])
    for (const person of [national().otherManager, work.founded.signals.triageAnalyst]) {
      const theirs = await (await deskOf(work, person)).drawn()
      assert.deepEqual([theirs.items, theirs.counts.byLot], [[], 0])
    }
    const entry = (await manager.ledger()).entries.find(
      ({ verb, object }) => verb === 'queue.read' && JSON.stringify(object).includes('"lot":"drawn"'),
    )
    assert.ok(entry)
  })

  test('what became of them is counted once each: mattered, not, elsewhere, risen by itself, waiting', async () => {
    const [passed, ended, declined, raised, told, merged, rises, undone] = low.slice(100, 108)
    assert.ok(passed && ended && declined && raised && told && merged && rises && undone)
    const before = await counts()
    await analyst.close(passed.id, passed.version, 'passed to a force')
    await analyst.close(ended.id, ended.version)
    await analyst.decline(declined.id, declined.version)
    await analyst.setPriority(raised.id, raised.version, 'P2')
    await analyst.safeguard(told.id)
    await analyst.merge(merged.id, merged.version, low[0]?.id ?? '')
    const { decision } = await analyst.close(undone.id, undone.version, 'passed to a force')
    await analyst.undo(decision)
    const urn = rises.reference ?? ''
    await arrive(work, national(), report({ level: 'P1', supplements: urn }))
    assert.equal((await itemOf(work, national(), rises.id)).priority.effective, 'P1')
    const now = await counts()
    const { others } = now
    assert.deepEqual(
      [others.mattered, others.nothing, others.elsewhere, others.rose].map(
        (many, at) =>
          many -
          ([before.others.mattered, before.others.nothing, before.others.elsewhere, before.others.rose][at] ?? 0),
      ),
      [3, 2, 1, 1],
      JSON.stringify(now),
    )
    assert.deepEqual([others.passedOn, others.raised, others.safeguarded], [1, 1, 1])
    assert.equal(before.others.waiting - others.waiting, 7)
    for (const { received, ...parts } of [now.drawn, others]) {
      const { passedOn: _, raised: __, safeguarded: ___, ...states } = parts
      assert.equal(
        Object.values(states).reduce((sum, many) => sum + many),
        received,
        'nothing is lost',
      )
    }
    // The machine rising what a person had found to matter takes nothing away from the finding.
    await arrive(work, national(), report({ level: 'P1', supplements: raised.reference ?? '' }))
    assert.equal((await counts()).others.mattered, others.mattered)
  })

  test('no figure on few; then the share of those drawn with its interval, and what it says of the others', async () => {
    const few = await counts()
    assert.deepEqual([few.drawn.received, few.share, few.mayMatter], [7, null, null])
    assert.match(few.says.join(' '), /0 of those drawn were decided on\. Below 30 nothing is said/)
    const drawn = low.slice(20, 60)
    await drawInstead(drawn, lots)
    for (const [at, { id, version }] of drawn.entries()) {
      if (at < 4) await analyst.close(id, version, 'passed to a force')
      else if (at < 35) await analyst.decline(id, version)
    }
    const now = await counts()
    assert.deepEqual([now.drawn.mattered, now.drawn.nothing, now.drawn.waiting], [4, 31, 12])
    assert.deepEqual(now.share, { share: 4 / 35, low: wilson(4, 47).low, high: wilson(16, 47).high })
    assert.deepEqual(now.mayMatter, judgeSlice(now.drawn, now.others).mayMatter)
    assert.equal(now.isIncomplete, true)
    const words = now.says.join(' ')
    assert.match(
      words,
      /Of 100 that rank low, between 3\.4 and 48\.3 matter, with 95 % confidence and whatever the 12 turn out to be that still wait: 4 of the 35/,
    )
    assert.match(words, /12 of those drawn still wait/)
    assert.match(words, /People picked these, so this is no estimate/)
    assert.equal(await refusal(analyst.auditSlice()), 'TANDEM-AUTH-002')
    const elsewhere = await deskOf(work, national().otherManager)
    assert.deepEqual(await elsewhere.auditSlice(), { slices: [] }, 'another operation of the agency sees nothing')
  })

  test('the inspector sees the same counts of every agency, disagreements beside them, and no referral', async () => {
    const item = low[150]
    assert.ok(item)
    await analyst.disagree(item.id, item.score, 'higher', 'said in a reason that stays sealed')
    await arrive(work, work.founded.signals, report())
    const seen = await inspector.inspectRanks()
    assert.deepEqual(
      seen.slices.map(({ agency, drawn, others }) => [agency, drawn.received + others.received]),
      [
        ['National', 200],
        ['Signals', 1],
      ],
    )
    assert.deepEqual(seen.slices[0], await counts())
    assert.deepEqual(seen.disagreements, [
      { agency: 'National', weightSet: 'tandem-1', higher: 1, lower: 0, referrals: 1, people: 1, decided: 40 },
    ])
    const text = JSON.stringify(seen)
    for (const { id } of low) assert.ok(!text.includes(id))
    assert.equal(await refusal(manager.inspectRanks()), 'TANDEM-AUTH-002')
    assert.equal(await refusal(inspector.drawn()), 'TANDEM-LAW-001')
  })

  test('a lot that somebody changed in the database is found by the ledger and by making it again', async () => {
    await drawInstead(low, lotsDrawn)
    assert.deepEqual((await inspector.inspectRanks()).lots, [
      { agency: 'National', kept: 200, inLedger: 200, differ: 0, unknown: 0 },
      { agency: 'Signals', kept: 1, inLedger: 1, differ: 0, unknown: 0 },
    ])
    const [item, drawn, gone] = low.slice(160, 163)
    assert.ok(item && drawn && gone)
    await work.superuser.query('UPDATE tandem.triage_item SET lot = (lot + 1) % 1000000 WHERE referral_id = $1', [
      item.id,
    ])
    // A border that was moved, a lot that was taken out, and one that was put in.
    await drawInstead([drawn], 0)
    await work.superuser.query('UPDATE tandem.triage_item SET lot = NULL, lots_drawn = NULL WHERE referral_id = $1', [
      gone.id,
    ])
    await work.superuser.query('UPDATE tandem.triage_item SET lot = 5, lots_drawn = 30000 WHERE referral_id = $1', [
      high.id,
    ])
    assert.deepEqual((await inspector.inspectRanks()).lots[0], {
      ...{ agency: 'National', kept: 200, inLedger: 200, differ: 3, unknown: 1 },
    })
    assert.equal((await analyst.show(item.id)).lot?.agrees, false)
  })
})
