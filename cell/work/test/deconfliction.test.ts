import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ended, eventually, openRuns, type Scene, sendRun } from './deconfliction-scene.ts'
import { arrive, report } from './reports.ts'
import { desk, refusal } from './support.ts'

let scene: Scene

before(async () => {
  scene = await openRuns()
  const { work, national, signals } = scene
  await arrive(
    work,
    national.agency,
    report({ email: 'shared@mail.example', phone: '+447700900001' }),
    report({ email: 'ours@mail.example' }),
  )
  await arrive(
    work,
    signals.agency,
    report({ email: 'shared@mail.example' }),
    report({ email: 'theirs@mail.example', phone: '+447700900002' }),
  )
})
after(() => scene.close())

test('two people ask, one accepts, and the asker alone learns what both hold', async () => {
  const { national, signals, work } = scene
  const { run, entries } = await national.analyst.proposeRun({ peer: signals.agency.name, kinds: ['email', 'phone'] })
  assert.equal(entries, 3)
  assert.equal(await refusal(national.analyst.decideRun(run)), 'TANDEM-STATE-004')
  const approved = await national.second.decideRun(run)
  assert.equal(approved.state, 'waiting')
  assert.equal(await refusal(national.manager.decideRun(run)), 'TANDEM-STATE-002')

  const received = await eventually(async () =>
    (await signals.analyst.runs()).runs.find(({ state }) => state === 'received'),
  )
  assert.deepEqual(
    [received.side, received.state, received.peer, received.entries, received.kinds],
    ['holder', 'received', national.agency.name, null, ['email', 'phone']],
  )
  assert.match(received.authority, /Online Safety Act 2023 66/)
  assert.match(received.purpose, /before an arrest/)
  const accepted = await signals.analyst.acceptRun(received.id)
  assert.equal(accepted.entries, 3)

  const shown = await ended(national, run)
  assert.equal(shown.run.state, 'answered')
  assert.deepEqual(
    shown.hits.map(({ kind, shown }) => [kind, shown]),
    [['email', 'shared@mail.example']],
  )
  assert.match(shown.run.outcome?.says ?? '', /1 entry stands in both lists\. Talk before you act/)
  assert.equal(shown.run.outcome?.held, 16)
  assert.ok(shown.commitment !== null)

  const there = await ended(signals, received.id)
  assert.deepEqual([there.run.state, there.hits, there.run.outcome?.hits], ['answered', [], null])
  assert.equal(there.commitment?.run, shown.commitment?.run)

  // Both commitments stand in the ledger of their side before anything was evaluated.
  const { rows } = await work.superuser.query(
    `SELECT object ->> 'side' AS side FROM ledger.opening WHERE verb = 'deconfliction.commit' AND object ->> 'run' = $1 ORDER BY at`,
    [shown.commitment?.run],
  )
  assert.deepEqual(
    rows.map((row) => row.side),
    ['asker', 'holder'],
  )
})

test('no hit is told in words that cannot be taken for clear', async () => {
  const { run, received } = await sendRun(scene, { kinds: ['phone'] })
  await scene.signals.analyst.acceptRun(received)
  const { run: line, hits } = await ended(scene.national, run)
  assert.deepEqual([line.state, hits], ['answered', []])
  assert.match(line.outcome?.says ?? '', /they entered this time\. It is not “nobody is interested”/)
  assert.doesNotMatch(JSON.stringify(line), /\bclear\b/)
})

test('a hit is released by two people; then both sides see desks, and no name', async () => {
  const { national, signals } = scene
  const { run, received } = await sendRun(scene)
  await signals.analyst.acceptRun(received)
  const { hits } = await ended(national, run)
  const reference = hits[0]?.reference ?? ''
  assert.equal(await refusal(national.analyst.proposeRelease(run, ['not a hit'])), 'TANDEM-INPUT-001')
  const { release } = await national.analyst.proposeRelease(run, [reference])
  assert.equal((await signals.analyst.run(received)).releases.length, 0)
  assert.equal(await refusal(national.analyst.decideRelease(release)), 'TANDEM-STATE-004')
  const sent = await national.second.decideRelease(release)
  assert.deepEqual([sent.state, sent.pointers], ['sent', ['Their desk for tests']])
  const [here] = (await national.analyst.run(run)).releases
  assert.deepEqual([here?.state, here?.pointers], ['sent', ['Their desk for tests']])
  const [there] = (await signals.analyst.run(received)).releases
  assert.deepEqual(
    [there?.state, there?.desk, there?.entries.map(({ shown }) => shown)],
    ['received', 'Our desk for tests', ['shared@mail.example']],
  )
  assert.equal(await refusal(national.manager.decideRelease(release)), 'TANDEM-STATE-002')
})

test('only chosen values are asked about, and one that no referral mentions is left out and said', async () => {
  const { national, signals } = scene
  const values = ['SHARED@mail.example ', 'stranger@mail.example', '+44 7700 900001']
  const proposed = await national.analyst.proposeRun({ peer: signals.agency.name, kinds: ['email'], values })
  assert.equal(proposed.entries, 1)
  assert.deepEqual(
    proposed.left.map(({ count }) => count),
    [2],
  )
  await national.second.decideRun(proposed.run)
  const received = await eventually(async () =>
    (await signals.analyst.runs()).runs.find(({ state }) => state === 'received'),
  )
  const before = await signals.analyst.run(received.id)
  assert.deepEqual(
    before.theirPeople.map(({ role }) => role),
    ['requester', 'approver'],
  )
  await signals.analyst.acceptRun(received.id)
  const { hits, run } = await ended(national, proposed.run)
  assert.deepEqual([run.outcome?.asked, hits.map(({ shown }) => shown)], [1, ['shared@mail.example']])
})

test('events meet across the grid, and what is not near does not', async () => {
  const { national, signals } = scene
  const at = (name: string, latitude: number, from: string, to: string) => ({
    name,
    latitude,
    longitude: -0.12,
    from,
    to,
  })
  const grid = { reachMetres: 500, slotMinutes: 30 }
  const events = [
    at('Arrest', 51.5, '2026-12-01T06:00:00Z', '2026-12-01T07:00:00Z'),
    at('Meeting', 52.5, '2026-12-01T06:00:00Z', '2026-12-01T07:00:00Z'),
  ]
  assert.equal(
    await refusal(national.analyst.proposeRun({ peer: signals.agency.name, kinds: [], events })),
    'TANDEM-INPUT-001',
  )
  const { run, received } = await sendRun(scene, { kinds: [], events, grid })
  await signals.analyst.acceptRun(received, [at('Watch', 51.503, '2026-12-01T06:20:00Z', '2026-12-01T06:40:00Z')])
  const { hits } = await ended(national, run)
  assert.deepEqual(
    hits.map(({ reference, shown }) => [reference, shown.split(',')[0]]),
    [['event 1', 'Arrest']],
  )
})

test('nobody sees the other agency’s runs, and roles without the verb see none', async () => {
  const { national, signals, work } = scene
  const runs = (await national.analyst.runs()).runs.map(({ id }) => id)
  for (const id of runs) assert.equal(await refusal(signals.analyst.run(id)), 'TANDEM-FIND-001')
  const inspector = desk(work, await work.as(work.founded.inspector))
  assert.equal(await refusal(inspector.runs()), 'TANDEM-LAW-001')
  assert.equal(await refusal(national.analyst.inspectRuns()), 'TANDEM-AUTH-002')
  const safeguarder = desk(work, await work.as(national.agency.safeguardingOfficer))
  assert.equal(await refusal(safeguarder.proposeRun({ peer: signals.agency.name })), 'TANDEM-AUTH-002')
  const elsewhere = desk(work, await work.as(national.agency.otherOfficer))
  assert.deepEqual((await elsewhere.runs()).runs, [])
})

test('the inspector draws a sample, the agency opens it, and an entry of no record is found', async () => {
  const { national, signals, work } = scene
  const { run, received } = await sendRun(scene)
  await signals.analyst.acceptRun(received)
  await ended(national, run)
  const inspector = desk(work, await work.as(work.founded.inspector))
  const { runs } = await inspector.inspectRuns()
  assert.deepEqual(
    [run, received].map((id) => runs.find((each) => each.id === id)?.size),
    [16, 16],
  )
  const { audit, places } = await inspector.askAudit(run, 1000)
  assert.equal(places, 16)
  assert.equal(await refusal(national.analyst.openAudit(audit)), 'TANDEM-AUTH-002')
  assert.equal(await refusal(signals.manager.openAudit(audit)), 'TANDEM-FIND-001')
  const opened = await national.manager.openAudit(audit)
  assert.deepEqual(opened.audit.result?.findings, [])
  assert.equal(opened.audit.result?.known, 2)
  assert.deepEqual(
    opened.shown
      .filter(({ referrals }) => referrals.length > 0)
      .map(({ value }) => value)
      .sort(),
    ['ours@mail.example', 'shared@mail.example'],
  )
  assert.equal(await refusal(national.manager.openAudit(audit)), 'TANDEM-STATE-002')
  const told = (await inspector.inspectRuns()).audits.find(({ id }) => id === audit)
  assert.equal(told?.result?.known, 2)
  assert.doesNotMatch(JSON.stringify(told), /mail\.example/)

  // A mention that is no longer there: what was entered stands in no record.
  await work.superuser.query(`DELETE FROM tandem.mention WHERE agency_id = $1`, [signals.agency.agency])
  const again = await inspector.askAudit(received, 1000)
  const found = await signals.manager.openAudit(again.audit)
  assert.deepEqual(
    found.audit.result?.findings.map(({ is }) => is),
    ['invented', 'invented'],
  )
})

test('an entry of a run is in no row in clear', async () => {
  const { rows } = await scene.work.superuser.query(
    `SELECT d::text AS said FROM tandem.deconfliction d UNION ALL SELECT o.object::text FROM ledger.opening o
     UNION ALL SELECT h::text FROM tandem.deconfliction_hit h UNION ALL SELECT r::text FROM tandem.deconfliction_release r
     UNION ALL SELECT a::text FROM tandem.deconfliction_audit a`,
  )
  const all = rows.map((row) => String(row.said)).join('\n')
  assert.ok(all.length > 1000)
  for (const word of ['shared@mail', Buffer.from('shared@mail').toString('hex'), 'before an arrest'])
    assert.ok(!all.includes(word), word)
})
