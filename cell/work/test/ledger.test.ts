import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { exampleLists, renderList, type TestPerson } from '@tandem/testkit'
import { oneReferral, sha256 } from './reports.ts'
import { type Desk, deskOf, openWork, type TestWork } from './support.ts'

describe('the ledger', () => {
  let work: TestWork
  let analyst: Desk
  let second: Desk
  let manager: Desk
  let safeguarder: Desk

  before(async () => {
    work = await openWork()
    const { national } = work.founded
    analyst = await deskOf(work, national.triageAnalyst)
    second = await deskOf(work, national.secondAnalyst)
    manager = await deskOf(work, national.dutyManager)
    safeguarder = await deskOf(work, national.safeguardingOfficer)
  })
  after(() => work.close())

  /** Verbs that a person's step wrote, with what they name. */
  const written = async <T>(
    person: TestPerson,
    step: () => Promise<T>,
  ): Promise<[T, { verb: string; object: object }[]]> => {
    const known = await work.superuser.query<{ entry_id: string }>('SELECT entry_id FROM ledger.opening')
    const before = new Set(known.rows.map((row) => row.entry_id))
    const result = await step()
    const { rows } = await work.superuser.query<{ entry_id: string; verb: string; object: object }>(
      'SELECT entry_id, verb, object FROM ledger.opening WHERE person_id = $1 ORDER BY entry_id',
      [person.person],
    )
    return [result, rows.filter((row) => !before.has(row.entry_id))]
  }

  const ofJobs: ReadonlySet<string> = new Set(['referral.rank', 'list.match', 'subject.rank'])

  test('every step writes exactly its own entries, and each opening fits its leaf', async () => {
    const { national } = work.founded
    const item = await oneReferral(work, national, { says: 'Words.' })
    const urgent = await oneReferral(work, national, { level: 'P1' })
    const target = await oneReferral(work, national)
    const until = new Date(Date.now() + 600_000).toISOString()
    let at = item.version
    let decision = ''
    let proposal = ''
    let track = ''
    let list = ''
    let authority = ''
    const keep = async (step: Promise<{ version: number; decision: string }>): Promise<void> => {
      const decided = await step
      at = decided.version
      decision = decided.decision
    }
    const of = (who: Desk, person: TestPerson) => ({ who, person })
    const byAnalyst = of(analyst, national.triageAnalyst)
    const byManager = of(manager, national.dutyManager)
    const bySafeguarder = of(safeguarder, national.safeguardingOfficer)
    const steps: readonly [{ who: Desk; person: TestPerson }, (desk: Desk) => Promise<unknown>, string[]][] = [
      [byAnalyst, (desk) => desk.queue(), ['queue.read']],
      [byAnalyst, (desk) => desk.show(item.id), ['referral.read']],
      [byAnalyst, (desk) => desk.openNarrative(item.id, '$.report.description'), ['narrative.open']],
      [byAnalyst, (desk) => keep(desk.take(item.id, at)), ['referral.take']],
      [byAnalyst, (desk) => keep(desk.release(item.id, at)), ['referral.release']],
      [byAnalyst, (desk) => keep(desk.hold(item.id, at, until)), ['referral.hold']],
      [byAnalyst, (desk) => keep(desk.undo(decision)), ['referral.undo']],
      [byAnalyst, (desk) => keep(desk.decline(item.id, at)), ['referral.decline']],
      [byAnalyst, (desk) => keep(desk.undo(decision)), ['referral.undo']],
      [byAnalyst, (desk) => keep(desk.close(item.id, at)), ['referral.close']],
      [byAnalyst, (desk) => keep(desk.undo(decision)), ['referral.undo']],
      [byAnalyst, (desk) => desk.setPriority(item.id, at, 'P2'), ['referral.prioritise']],
      [byAnalyst, (desk) => desk.note(item.id, 'A note.'), ['referral.note']],
      [
        byAnalyst,
        async (desk) => {
          const answer = await desk.setPriority(urgent.id, urgent.version, 'P2')
          if (answer.outcome === 'proposed') proposal = answer.proposal
        },
        ['referral.propose'],
      ],
      [byManager, (desk) => desk.pending(), ['proposal.list']],
      [byManager, (desk) => desk.settle(proposal, urgent.number), ['referral.prioritise', 'proposal.approve']],
      [
        byAnalyst,
        async (desk) => {
          track = (await desk.safeguard(item.id)).safeguarding
        },
        ['referral.safeguard'],
      ],
      [bySafeguarder, (desk) => desk.openTracks(), ['safeguarding.list']],
      [bySafeguarder, (desk) => desk.acknowledge(track), ['safeguarding.acknowledge']],
      [bySafeguarder, (desk) => desk.closeTrack(track), ['safeguarding.close']],
      [byAnalyst, (desk) => desk.search('R-1001'), ['search']],
      [byAnalyst, (desk) => desk.deliveries(), ['delivery.list']],
      [byAnalyst, (desk) => desk.lists(), ['list.read']],
      [byAnalyst, (desk) => desk.authorities(), ['authority.list']],
      [byAnalyst, (desk) => desk.createPurpose(national.desk.operation), ['purpose.create']],
      [
        byManager,
        async (desk) => {
          const { operation } = national.desk
          authority = (await desk.createAuthority(operation, until, new Date(Date.now() + 900_000).toISOString()))
            .authority
        },
        ['authority.create'],
      ],
      [byManager, (desk) => desk.cancelAuthority(authority), ['authority.cancel']],
      [byAnalyst, (desk) => desk.merge(target.id, target.version, item.id), ['referral.merge']],
      [byAnalyst, (desk) => desk.ledger(), ['ledger.read']],
      [
        byManager,
        async (desk) => {
          const [first] = exampleLists
          if (first !== undefined) list = (await desk.loadList(first.name, first.publisher, renderList(first))).list
        },
        ['list.load'],
      ],
      [byManager, (desk) => desk.withdrawList(list), ['list.withdraw']],
    ]
    for (const [{ who, person }, step, verbs] of steps) {
      const [, entries] = await written(person, () => step(who))
      // Jobs that a step asked for leave their own entries, whenever they run.
      const own = entries.map(({ verb }) => verb).filter((verb) => !ofJobs.has(verb))
      assert.deepEqual(own.sort(), [...verbs].sort(), String(step))
    }
    const inspector = await deskOf(work, work.founded.inspector)
    for (const desk of [analyst, manager, inspector]) {
      const { entries } = await desk.ledger()
      assert.ok(entries.length > 0)
      assert.deepEqual(
        entries.filter(({ fits }) => !fits),
        [],
      )
    }
  })

  test('a refused step leaves no entry', async () => {
    const { national } = work.founded
    const item = await oneReferral(work, national)
    const [, entries] = await written(national.triageAnalyst, () =>
      analyst.release(item.id, item.version).catch(() => 'refused'),
    )
    assert.deepEqual(entries, [])
  })

  test('one entry of a list commits to the rows in the order they were shown', async () => {
    const { national } = work.founded
    const [{ items }, entries] = await written(national.triageAnalyst, () => analyst.queue())
    assert.deepEqual(entries, [
      { ...entries[0], verb: 'queue.read', object: { view: 'queue', referrals: items.map(({ id }) => id) } },
    ])
  })

  test('an altered opening no longer fits, and the page says so', async () => {
    await analyst.note((await oneReferral(work, work.founded.national)).id, 'A note.')
    const { entries } = await manager.ledger()
    const entry = entries.find(({ verb }) => verb === 'referral.note')
    assert.ok(entry?.fits)
    await work.superuser.query(`UPDATE ledger.opening SET verb = 'referral.read' WHERE entry_id = $1`, [entry.id])
    const { entries: after } = await manager.ledger()
    assert.equal(after.find(({ id }) => id === entry.id)?.fits, false)
    await work.superuser.query(`UPDATE ledger.opening SET verb = 'referral.note' WHERE entry_id = $1`, [entry.id])
  })

  test('opened words are counted for the person who opened them and for nobody else', async () => {
    const { national } = work.founded
    const item = await oneReferral(work, national, { says: 'Some words.' })
    const first = await second.openNarrative(item.id, '$.report.description')
    assert.equal(first.words[0]?.text, 'Some words.')
    assert.equal((await second.openNarrative(item.id, '$.report.description')).openedToday, first.openedToday + 1)
    assert.equal((await manager.openNarrative(item.id, '$.report.description')).openedToday, 1)
    const supervisor = await work.as(national.dutyManager)
    const { rows } = await work.superuser.query<{ person_id: string }>('SELECT DISTINCT person_id FROM tandem.exposure')
    assert.ok(rows.some(({ person_id }) => person_id === national.secondAnalyst.person))
    const client = await work.database.login('tandem_supervisor')
    await client.query('BEGIN')
    await client.query('SELECT gate.begin($1)', [supervisor.credential.token])
    const seen = await client.query<{ person_id: string }>('SELECT person_id FROM tandem.exposure')
    await client.query('ROLLBACK')
    await client.end()
    assert.deepEqual(
      seen.rows.map(({ person_id }) => person_id),
      [national.dutyManager.person],
    )
  })

  test('a person reads their own entries, a duty manager those of the agency, an inspector those of all', async () => {
    const foreign = await deskOf(work, work.founded.signals.dutyManager)
    await foreign.queue()
    const people = (entries: readonly { who: string }[]) => new Set(entries.map(({ who }) => who))
    assert.deepEqual([...people((await analyst.ledger()).entries)], ['Test Analyst National'])
    const managers = people((await manager.ledger()).entries)
    assert.ok(managers.size > 1)
    assert.ok(![...managers].some((who) => who.includes('Signals')))
    const inspector = await deskOf(work, work.founded.inspector)
    assert.ok((await inspector.ledger()).entries.some(({ agency }) => agency === 'Signals'))
  })

  test('what is found by its number, reference, hash, mail, phone, address or account leaves no selector in the ledger', async () => {
    const told = {
      urn: 'TEST-SEARCH-77',
      account: 'searched.name',
      email: 'searched.person@mail.example',
      phone: '+44 7700 900123',
      ip: '203.0.113.77',
      files: ['a searched file'],
    }
    const item = await oneReferral(work, work.founded.national, told)
    const selectors = [told.urn, sha256('a searched file'), told.email, told.phone, told.ip, `Testgram/${told.account}`]
    const [, entries] = await written(work.founded.national.triageAnalyst, async () => {
      for (const text of [...selectors, `R-${item.number}`, String(item.number), 'SEARCHED.PERSON@mail.example']) {
        const { referrals } = await analyst.search(text)
        assert.ok(
          referrals.some(({ id }) => id === item.id),
          `not found by ${text.slice(0, 12)}`,
        )
      }
      assert.deepEqual((await analyst.search('nobody@mail.example')).referrals, [])
    })
    assert.equal(entries.length, 10)
    const { rows } = await work.superuser.query<{ text: string }>(
      `SELECT string_agg(object::text || verb, ' ') || string_agg(convert_from(leaf, 'UTF8'), ' ') AS text
         FROM ledger.opening JOIN ledger.leaf USING (agency_id, entry_id)`,
    )
    const ledger = (rows[0]?.text ?? '').toLowerCase()
    for (const selector of selectors) assert.ok(!ledger.includes(selector.toLowerCase()), selector)
    assert.ok(!ledger.includes('447700900123'))
  })
})
