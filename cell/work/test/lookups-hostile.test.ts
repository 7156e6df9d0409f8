import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { type Compute, inThisThread } from '@tandem/blind'
import { isProofOf } from '../src/deconfliction/receipt.ts'
import {
  type Arrival,
  ended,
  grantBetween,
  grantGiven,
  openRuns,
  type Scene,
  type SceneOptions,
  sendRun,
} from './deconfliction-scene.ts'
import { oneReferral } from './reports.ts'
import { refusal } from './support.ts'

/** Agencies that lie, officers that press at the same moment, and a copy of yesterday that is put back. */

let open: Scene[] = []
afterEach(async () => {
  for (const scene of open) await scene.close()
  open = []
})

async function sceneWith(options: SceneOptions = {}): Promise<Scene> {
  const scene = await openRuns(options)
  open.push(scene)
  for (const { agency } of [scene.national, scene.signals])
    await oneReferral(scene.work, agency, { email: 'shared@mail.example' })
  return scene
}

const OFFER = 2
const isQuestion = (body: Uint8Array): boolean => body[0] === 1

/** What would be under the key is under another one, as long as `lies` says so. */
const lyingCompute =
  (lies: { now: boolean }): Compute =>
  (work) =>
    inThisThread(
      lies.now && work.do === 'output' && work.mode === 'voprf'
        ? { ...work, secret: Uint8Array.from(work.secret).fill(7, 0, 31).fill(0, 31) }
        : work,
    )

test('a list that was not made with the key of the grant never comes into force', async () => {
  const scene = await sceneWith({ compute: lyingCompute({ now: true }) })
  const { grant } = await grantGiven(scene)
  const { state, says } = await scene.national.analyst.takeGrant(grant)
  assert.equal(state, 'ended')
  assert.match(says, /does not fit together/)
  assert.equal(await refusal(scene.national.analyst.lookUp(grant, 'shared@mail.example')), 'TANDEM-STATE-002')
})

test('two lists for one request: the one that was tested is the one that is asked', async () => {
  const lies = { now: true }
  const scene = await sceneWith({ compute: lyingCompute(lies) })
  const { grant, given } = await grantGiven(scene)
  const kept: Arrival[] = []
  scene.onTheWay = async (_body, _topic, pass) => {
    kept.push(await pass())
    return 'lost'
  }
  await scene.national.analyst.takeGrant(grant)
  const [untrue = null] = kept
  assert.ok(untrue instanceof Uint8Array && untrue[0] === OFFER)
  // Their people decide once more, now with a list that fits: the false one stays in their hands.
  await scene.work.superuser.query(
    `UPDATE tandem.lookup_grant SET state = 'received', decided_by = NULL, decided_at = NULL, job_id = NULL, key_sealed = NULL,
            list_sealed = NULL, public_key = NULL, outputs = NULL WHERE grant_id = $1`,
    [given],
  )
  lies.now = false
  await scene.signals.analyst.acceptGrant(given)
  const control = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  scene.onTheWay = async (body, _topic, pass) => {
    if (!isQuestion(body)) return pass()
    asked.resolve()
    await control.promise
    return pass()
  }
  const first = scene.national.analyst.takeGrant(grant)
  await asked.promise
  scene.onTheWay = async (body) => (isQuestion(body) ? 'lost' : untrue)
  const second = await scene.national.second.takeGrant(grant).catch((error: Error) => error.message)
  scene.onTheWay = (_body, _topic, pass) => pass()
  control.resolve()
  const taken = await first
  const { rows } = await scene.work.superuser.query<{ agrees: boolean; state: string }>(
    `SELECT a.public_key = h.public_key AS agrees, a.state FROM tandem.lookup_grant a, tandem.lookup_grant h
      WHERE a.grant_id = $1 AND h.grant_id = $2`,
    [grant, given],
  )
  assert.notEqual(rows[0]?.state === 'in force' && !rows[0].agrees, true, JSON.stringify({ taken, second }))
  // Whoever gives two lists is not believed at all.
  assert.equal(rows[0]?.state, 'ended')
  assert.equal(taken.state, 'ended')
})

test('two officers who look at the same moment do not end what the other one took up', async () => {
  const scene = await sceneWith()
  const { grant } = await grantGiven(scene)
  const [late, first] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  scene.onTheWay = async (_body, _topic, pass) => {
    const came = await pass()
    scene.onTheWay = (_again, _same, through) => through()
    first.resolve()
    await late.promise
    return came
  }
  const second = scene.national.second.takeGrant(grant)
  await first.promise
  assert.equal((await scene.national.analyst.takeGrant(grant)).state, 'in force')
  late.resolve()
  assert.equal((await second).state, 'in force')
  assert.equal((await scene.national.analyst.lookUp(grant, 'shared@mail.example')).answer, 'held')
})

test('a grant that was ended while its list was tested is told as ended', async () => {
  const scene = await sceneWith()
  const { grant } = await grantGiven(scene)
  scene.onTheWay = async (body, _topic, pass) => {
    if (isQuestion(body)) await scene.national.manager.endGrant(grant)
    return pass()
  }
  assert.equal((await scene.national.analyst.takeGrant(grant)).state, 'ended')
})

test('a copy of yesterday that is put back at the side that asks brings no token back', async () => {
  const scene = await sceneWith()
  const { grant } = await grantBetween(scene)
  const look = () => scene.national.analyst.lookUp(grant, 'shared@mail.example')
  for (let asked = 0; asked < 3; asked++) assert.equal((await look()).answer, 'held')
  // The cell of the asker as it was before the three: numbers are handed out again.
  await scene.work.superuser.query(`DELETE FROM tandem.lookup WHERE grant_id = $1`, [grant])
  await scene.work.superuser.query(`UPDATE tandem.lookup_grant SET used = 1 WHERE grant_id = $1`, [grant])
  for (let asked = 0; asked < 3; asked++) {
    const { answer, says } = await look()
    assert.equal(answer, 'no answer')
    assert.match(says, /Never act on it as if it were clear: call the desk\./)
  }
  assert.equal((await look()).answer, 'held')
})

test('requests beyond those that may wait leave nothing but their entry', async () => {
  const scene = await sceneWith()
  const ask = async () => {
    const { grant } = await scene.national.analyst.proposeGrant({ peer: scene.signals.agency.name })
    return scene.national.second.decideGrant(grant)
  }
  for (let waiting = 0; waiting < 20; waiting++) assert.equal((await ask()).says, null)
  const keys = async () =>
    Number(
      (
        await scene.work.superuser.query(`SELECT count(*) AS n FROM tandem.record_key WHERE agency_id = $1`, [
          scene.signals.agency.agency,
        ])
      ).rows[0]?.n,
    )
  const before = await keys()
  for (let more = 0; more < 3; more++) assert.match((await ask()).says ?? '', /quota/)
  assert.equal(await keys(), before)
  const refused = await scene.work.superuser.query(
    `SELECT 1 FROM ledger.opening WHERE verb = 'deconfliction.grant.receive' AND object ->> 'taken' = 'false'`,
  )
  assert.equal(refused.rows.length, 3)
})

test('a proof of the ledger gives no authority, no purpose and no operation of the side that gives it', async () => {
  const scene = await sceneWith()
  const came: Buffer[] = []
  scene.onTheWay = async (_body, _topic, pass) => {
    const answer = await pass()
    if (answer !== null) came.push(Buffer.from(answer))
    return answer
  }
  await grantBetween(scene)
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  assert.equal((await ended(scene.national, run)).run.outcome?.is, 'answered')
  const sent = scene.sent.map(({ body }) => Buffer.from(body))
  const proofs = (all: readonly Buffer[]) => all.filter((bytes) => bytes.includes('c2sp.org/tlog-proof')).length
  assert.deepEqual([proofs(came), proofs(sent)], [2, 1])
  for (const [agency, said] of [
    [scene.signals.agency.agency, came],
    [scene.national.agency.agency, sent],
  ] as const) {
    const { rows } = await scene.work.superuser.query<{ id: string }>(
      `SELECT authority_id AS id FROM tandem.authority WHERE agency_id = $1 UNION SELECT purpose_id FROM tandem.purpose WHERE agency_id = $1
       UNION SELECT operation_id FROM tandem.operation WHERE agency_id = $1`,
      [agency],
    )
    assert.ok(rows.length >= 3)
    for (const { id } of rows) assert.ok(!said.some((bytes) => bytes.includes(id)), id)
  }
})

test('a proof that is no leaf, or whose leaf has nothing in it, proves nothing', () => {
  const says = { verb: 'deconfliction.lookup.key', object: {} }
  for (const leaf of ['null', '{"v":1,"commitments":null}', '{"v":1,"commitments":[]}', '[]', '"', '']) {
    const receipt = { leaf: Buffer.from(leaf).toString('base64'), salt: '00'.repeat(32), proof: '' }
    assert.equal(isProofOf(says, JSON.stringify(receipt), []), false)
  }
})
