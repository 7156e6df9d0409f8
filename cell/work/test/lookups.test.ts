import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grantBetween, grantGiven, openRuns, type Scene } from './deconfliction-scene.ts'
import { arrive, report } from './reports.ts'
import { desk, refusal } from './support.ts'

let scene: Scene

before(async () => {
  scene = await openRuns()
  const { work, national, signals } = scene
  await arrive(work, national.agency, report({ email: 'shared@mail.example' }))
  await arrive(
    work,
    signals.agency,
    report({ email: 'shared@mail.example' }),
    report({ email: 'theirs@mail.example', phone: '+447700900002' }),
  )
})
after(() => scene.close())

test('two people ask for a grant, one gives it, and one officer looks up one value', async () => {
  const { national, signals } = scene
  const { grant } = await national.analyst.proposeGrant({ peer: signals.agency.name, kinds: ['email'], lookups: 4 })
  assert.equal(await refusal(national.analyst.decideGrant(grant)), 'TANDEM-STATE-004')
  assert.deepEqual((await signals.analyst.lookups()).grants, [])
  assert.deepEqual(await national.second.decideGrant(grant), { grant, state: 'waiting', says: null })
  assert.equal((await national.analyst.takeGrant(grant)).state, 'waiting')
  assert.equal(await refusal(national.analyst.lookUp(grant, 'shared@mail.example')), 'TANDEM-STATE-002')

  const [received] = (await signals.analyst.lookups()).grants
  assert.ok(received)
  assert.deepEqual(
    [received.side, received.state, received.peer, received.kinds, received.lookups, received.left],
    ['holder', 'received', national.agency.name, ['email'], 4, 0],
  )
  assert.match(received.authority, /Online Safety Act 2023 66/)
  const accepted = await signals.analyst.acceptGrant(received.id)
  assert.equal(accepted.entries, 2)
  assert.equal(await refusal(signals.second.acceptGrant(received.id)), 'TANDEM-STATE-002')

  assert.deepEqual(await national.analyst.takeGrant(grant), {
    grant,
    state: 'in force',
    says: 'In force: 4 lookups at most.',
  })
  const held = await national.second.lookUp(grant, ' Shared@MAIL.example')
  assert.deepEqual([held.answer, held.inRecord, held.desk], ['held', true, 'Their desk for tests'])
  assert.match(held.says, /Talk before you act: call their desk\. It names nobody and proves nothing\./)
  const unknown = await national.second.lookUp(grant, 'nobody@mail.example')
  assert.deepEqual([unknown.answer, unknown.inRecord], ['not in their list', false])
  assert.match(unknown.says, /It is not “nobody is interested”/)
  assert.doesNotMatch(JSON.stringify(unknown), /\bclear\b/)

  const here = (await national.analyst.lookups()).grants.find(({ id }) => id === grant)
  const there = (await signals.analyst.lookups()).grants.find(({ id }) => id === received.id)
  assert.deepEqual([here?.left, there?.left], [2, 2])
  assert.equal(here?.publicKey, there?.publicKey)
  assert.deepEqual((await signals.analyst.lookups()).lookups, [], 'the side that answers learns nothing')
})

test('both ledgers hold what was done and neither the value; the key was fixed before anything was asked', async () => {
  const { national, signals, work } = scene
  const { grant } = await grantBetween(scene)
  await national.analyst.lookUp(grant, 'shared@mail.example')
  const { rows } = await work.superuser.query(
    `SELECT agency_id, verb, object FROM ledger.opening WHERE verb LIKE 'deconfliction.%' ORDER BY at`,
  )
  const of = (agency: string, verb: string) =>
    rows.filter((row) => row.agency_id === agency && row.verb === verb).map((row) => row.object)
  const asked = of(national.agency.agency, 'deconfliction.lookup.ask').at(-1)
  const answered = of(signals.agency.agency, 'deconfliction.lookup.answer').at(-1)
  assert.equal(asked.elements.length, 1)
  assert.equal(asked.elements[0], answered.element)
  assert.equal(asked.number, answered.number)
  assert.equal(of(national.agency.agency, 'deconfliction.lookup.end').at(-1).is, 'held')
  const key = of(signals.agency.agency, 'deconfliction.lookup.key').at(-1)
  const taken = of(national.agency.agency, 'deconfliction.grant.take').at(-1)
  assert.deepEqual([key.publicKey, key.outputs], [taken.publicKey, taken.outputs])
  const order = rows.map(({ verb }) => verb)
  assert.ok(order.lastIndexOf('deconfliction.lookup.key') < order.lastIndexOf('deconfliction.lookup.control'))
})

test('what cannot be looked up costs no lookup, and nothing leaves', async () => {
  const { national } = scene
  const { grant } = await grantBetween(scene, { kinds: ['email', 'phone'], lookups: 3 })
  const before = scene.sent.length
  assert.equal(await refusal(national.analyst.lookUp(grant, '07700 900002', 'phone')), 'TANDEM-INPUT-001')
  assert.equal(await refusal(national.analyst.lookUp(grant, 'not a mail address')), 'TANDEM-INPUT-001')
  assert.equal(await refusal(national.analyst.lookUp(grant, 'mail.example', 'domain')), 'TANDEM-INPUT-001')
  assert.equal(scene.sent.length, before)
  const answers = []
  for (const written of ['+44 7700 900002', '+44 (0)7700-900002', '+447700900002'])
    answers.push((await national.analyst.lookUp(grant, written, 'phone')).answer)
  assert.deepEqual(answers, ['held', 'held', 'held'])
  assert.equal(await refusal(national.analyst.lookUp(grant, '+447700900002', 'phone')), 'TANDEM-STATE-002')
  assert.equal(scene.sent.length, before + 3)
})

test('a refusal by their people ends the request, and its reason stays there', async () => {
  const { national, signals } = scene
  const { grant } = await national.analyst.proposeGrant({ peer: signals.agency.name })
  await national.second.decideGrant(grant)
  const received = (await signals.analyst.lookups()).grants.find(({ state }) => state === 'received')
  await signals.analyst.refuseGrant(received?.id ?? '')
  const taken = await national.analyst.takeGrant(grant)
  assert.equal(taken.state, 'ended')
  assert.doesNotMatch(JSON.stringify(await national.analyst.lookups()), /not under this authority/)
  const { grant: other } = await national.analyst.proposeGrant({ peer: signals.agency.name })
  assert.equal((await national.second.decideGrant(other, false)).state, 'refused')
  assert.equal(await refusal(national.analyst.takeGrant(other)), 'TANDEM-STATE-002')
})

test('nobody sees the other agency’s grants, and roles without the verb look nothing up', async () => {
  const { national, signals, work } = scene
  const { grant, given } = await grantBetween(scene)
  assert.equal(await refusal(signals.analyst.lookUp(grant, 'shared@mail.example')), 'TANDEM-FIND-001')
  assert.equal(await refusal(national.analyst.endGrant(given)), 'TANDEM-FIND-001')
  const safeguarder = desk(work, await work.as(national.agency.safeguardingOfficer))
  assert.equal(await refusal(safeguarder.lookUp(grant, 'shared@mail.example')), 'TANDEM-AUTH-002')
  const elsewhere = desk(work, await work.as(national.agency.otherOfficer))
  assert.deepEqual([(await elsewhere.lookups()).grants, (await elsewhere.lookups()).lookups], [[], []])
  assert.equal(await refusal(national.analyst.inspectLookups()), 'TANDEM-AUTH-002')
})

test('the inspector sees how much was asked of whom, and which had no referral', async () => {
  const { national, work } = scene
  const { grant, given } = await grantBetween(scene)
  await national.analyst.lookUp(grant, 'shared@mail.example')
  await national.analyst.lookUp(grant, 'stranger@mail.example')
  const inspector = desk(work, await work.as(work.founded.inspector))
  const { grants } = await inspector.inspectLookups()
  const line = (id: string) => grants.find((each) => each.id === id)
  const [asks, holds] = [line(grant), line(given)]
  assert.deepEqual([asks?.asked, asks?.held, asks?.unanswered, asks?.notInRecord], [2, 1, 0, 1])
  // One more was answered than asked about: the control.
  assert.deepEqual([holds?.answered, holds?.asked, holds?.size], [3, 0, 16])
  assert.equal(asks?.publicKey, holds?.publicKey)
  assert.doesNotMatch(JSON.stringify(grants), /mail\.example/)
})

test('the inspector draws lookups, the agency opens them, and what no referral mentions is found', async () => {
  const { national, signals, work } = scene
  const { grant, given } = await grantBetween(scene)
  await national.analyst.lookUp(grant, 'SHARED@mail.example')
  await national.analyst.lookUp(grant, 'stranger@mail.example')
  const inspector = desk(work, await work.as(work.founded.inspector))
  assert.equal(await refusal(inspector.askLookupAudit(given, 5)), 'TANDEM-STATE-002')
  assert.equal(await refusal(national.analyst.askLookupAudit(grant, 5)), 'TANDEM-AUTH-002')
  const { audit, drawn } = await inspector.askLookupAudit(grant, 5)
  assert.equal(drawn, 2)
  assert.equal(await refusal(national.analyst.openLookupAudit(audit)), 'TANDEM-AUTH-002')
  assert.equal(await refusal(signals.manager.openLookupAudit(audit)), 'TANDEM-FIND-001')
  const opened = await national.manager.openLookupAudit(audit)
  assert.deepEqual(opened.audit.result, { opened: 2, known: 1, findings: [{ number: 2, is: 'no referral' }] })
  assert.deepEqual(
    opened.shown.map(({ value, inRecord }) => [value, inRecord]),
    [
      ['SHARED@mail.example', true],
      ['stranger@mail.example', false],
    ],
  )
  assert.equal(await refusal(national.manager.openLookupAudit(audit)), 'TANDEM-STATE-002')
  const told = (await inspector.inspectLookups()).audits.find(({ id }) => id === audit)
  assert.deepEqual(told?.result, opened.audit.result)
  assert.doesNotMatch(JSON.stringify(told), /mail\.example/)

  // Whoever writes another element into the record than the one that left, or another value, does not open it.
  await work.superuser.query(
    `UPDATE tandem.lookup SET elements = (SELECT element FROM tandem.lookup_spent WHERE grant_id = $2 AND number = 2)
      WHERE grant_id = $1 AND number = 1`,
    [grant, given],
  )
  const again = await national.manager.openLookupAudit((await inspector.askLookupAudit(grant, 5)).audit)
  assert.deepEqual(again.audit.result?.findings, [
    { number: 1, is: 'another' },
    { number: 2, is: 'no referral' },
  ])
})

test('a value counts as mentioned in whatever form an officer writes it', async () => {
  const { national, work } = scene
  await arrive(work, national.agency, report({ account: 'Night.Owl', phone: '+447700900055', ip: '192.0.2.7' }))
  const { grant } = await grantBetween(scene, { kinds: ['account', 'ip', 'phone'] })
  const asked = [
    ['account', 'Testgram|username/Night.Owl'],
    ['phone', '+44 7700 900055'],
    ['ip', '192.0.2.7'],
    ['account', 'Testgram|username/nobody.else'],
  ] as const
  const told = []
  for (const [kind, value] of asked) told.push((await national.analyst.lookUp(grant, value, kind)).inRecord)
  assert.deepEqual(told, [true, true, true, false])
})

test('a grant lives through a restart of the side that answers, and its key goes when it ends', async () => {
  const { national, signals, work } = scene
  const { grant, given } = await grantBetween(scene)
  signals.restart()
  assert.equal((await national.analyst.lookUp(grant, 'theirs@mail.example')).answer, 'held')
  await signals.second.endGrant(given)
  const { rows } = await work.superuser.query(`SELECT key_sealed FROM tandem.lookup_grant WHERE grant_id = $1`, [given])
  assert.deepEqual(rows, [{ key_sealed: null }])
  const { answer, says } = await national.analyst.lookUp(grant, 'theirs@mail.example')
  assert.equal(answer, 'no answer')
  assert.match(says, /Never act on it as if it were clear: call the desk\./)
  await national.analyst.endGrant(grant)
  assert.equal(await refusal(national.analyst.lookUp(grant, 'theirs@mail.example')), 'TANDEM-STATE-002')
})

test('the worker ends what has expired', async () => {
  const { work } = scene
  const { given } = await grantGiven(scene)
  await work.superuser.query(`UPDATE tandem.job SET lease_until = now() - interval '1 second' WHERE subject_id = $1`, [
    given,
  ])
  const end = Date.now() + 10_000
  let state = ''
  while (state !== 'ended' && Date.now() < end) {
    const { rows } = await work.superuser.query(
      `SELECT state, key_sealed IS NULL AS gone FROM tandem.lookup_grant WHERE grant_id = $1`,
      [given],
    )
    state = rows[0]?.gone === true ? rows[0].state : ''
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.equal(state, 'ended')
})

test('a value that was looked up is in no row in clear', async () => {
  const { rows } = await scene.work.superuser.query(
    `SELECT g::text AS said FROM tandem.lookup_grant g UNION ALL SELECT l::text FROM tandem.lookup l
     UNION ALL SELECT s::text FROM tandem.lookup_spent s UNION ALL SELECT a::text FROM tandem.lookup_audit a UNION ALL SELECT o.object::text FROM ledger.opening o
     UNION ALL SELECT b::text FROM tandem.outbox b UNION ALL SELECT j::text FROM tandem.job j`,
  )
  const all = rows.map((row) => String(row.said)).join('\n')
  assert.ok(all.length > 1000)
  for (const word of ['shared@mail', 'stranger@mail', '7700900002', 'about to act', 'Before acting'])
    for (const form of [word, Buffer.from(word).toString('hex'), Buffer.from(word).toString('base64').slice(0, 8)])
      assert.ok(!all.includes(form), form)
})
