import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { afterEach, test } from 'node:test'
import { deriveKeyPair, evaluateProved, proofBytes, ristretto255, suiteOf } from '@tandem/blind'
import {
  type Arrival,
  ended,
  grantBetween,
  grantGiven,
  keysOfTest,
  openRuns,
  type Scene,
  type SceneOptions,
  sendRun,
} from './deconfliction-scene.ts'
import { oneReferral } from './reports.ts'
import { refusal } from './support.ts'

/** A peer or a line that replays, forges, is silent, or lies; an asker that wants more than it was given. */

const chance = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

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

const QUESTION = 1
const REFUSED = 1
const ANSWER = 3
const isQuestion = (body: Uint8Array): boolean => body[0] === QUESTION
const isAnswer = (arrival: Arrival): boolean => arrival instanceof Uint8Array && arrival[0] === ANSWER
const wordOf = (arrival: Arrival): string =>
  arrival instanceof Uint8Array && arrival[0] === REFUSED ? Buffer.from(arrival.slice(1)).toString() : 'no word'

const deliver = (scene: Scene, body: Uint8Array): Promise<Arrival> =>
  scene.signals.runs.door({ name: scene.national.agency.name, agency: scene.signals.agency.agency }, 'lookup', body)

const lastQuestion = (scene: Scene): Uint8Array =>
  scene.sent.findLast(({ body }) => isQuestion(body))?.body ?? Buffer.of()

const spent = async (scene: Scene): Promise<number> =>
  Number((await scene.work.superuser.query(`SELECT count(*) AS n FROM tandem.lookup_spent`)).rows[0]?.n)

const used = async (scene: Scene): Promise<number> =>
  Number((await scene.work.superuser.query(`SELECT coalesce(sum(used), 0) AS n FROM gate.question_quota`)).rows[0]?.n)

/** Whatever goes wrong reads like this, and never as if nothing were held. */
async function noAnswer(scene: Scene, grant: string, why: string): Promise<void> {
  const { id, answer, says } = await scene.national.analyst.lookUp(grant, 'shared@mail.example')
  assert.equal(answer, 'no answer')
  assert.match(says, /This is no answer: it does not say that nothing is held\./)
  assert.match(says, /Never act on it as if it were clear: call the desk\./)
  assert.doesNotMatch(says.replace('as if it were clear', ''), /clear|nobody|not in/i)
  const { rows } = await scene.work.superuser.query(
    `SELECT state, held, outcome ->> 'why' AS why FROM tandem.lookup WHERE lookup_id = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ state: 'no answer', held: null, why }])
}

test('a question that is replayed is refused, one after the other and fifty at once', async () => {
  const scene = await sceneWith()
  const { grant } = await grantBetween(scene)
  await scene.national.analyst.lookUp(grant, 'shared@mail.example')
  const [before, taken] = [await spent(scene), await used(scene)]
  assert.equal(wordOf(await deliver(scene, lastQuestion(scene))), 'repeated')
  // One that never arrived: all fifty copies of it come at once.
  scene.onTheWay = async (body, _, pass) => (isQuestion(body) ? 'lost' : pass())
  await noAnswer(scene, grant, 'silent')
  const copies = await Promise.all(Array.from({ length: 50 }, () => deliver(scene, lastQuestion(scene))))
  assert.equal(copies.filter(isAnswer).length, 1)
  assert.equal(copies.filter((copy) => wordOf(copy) === 'repeated').length, 49)
  // Neither a replay nor a copy took of the quota.
  assert.deepEqual([await spent(scene), await used(scene)], [before + 1, taken + 1])
})

test('the same token with another element is spent all the same', async () => {
  const scene = await sceneWith()
  const { grant } = await grantBetween(scene)
  await scene.national.analyst.lookUp(grant, 'shared@mail.example')
  const element = ristretto255.hashToGroup(chance(8), chance(8))
  assert.ok(element)
  const other = Buffer.concat([lastQuestion(scene).slice(0, -32), element])
  assert.equal(wordOf(await deliver(scene, other)), 'repeated')
})

test('the database itself refuses a token twice, and one that the grant does not have', async () => {
  const scene = await sceneWith()
  const { grant, given } = await grantBetween(scene, { lookups: 2 })
  await scene.national.analyst.lookUp(grant, 'shared@mail.example')
  const insert = (number: number) =>
    scene.work.superuser.query(
      `INSERT INTO tandem.lookup_spent (cell_id, agency_id, operation_id, grant_id, number, element)
       SELECT cell_id, agency_id, operation_id, grant_id, $2, public_key FROM tandem.lookup_grant WHERE grant_id = $1`,
      [given, number],
    )
  await assert.rejects(insert(1), /duplicate key/)
  const forged = Uint8Array.from(lastQuestion(scene))
  // The number stands behind the tag and the name of the grant.
  forged[1 + 16 + 3] = 99
  assert.equal(wordOf(await deliver(scene, forged)), 'approval')
})

test('200 questions at once against a quota of 60: exactly 60 are answered, and the rest stays unspent', async (t) => {
  const scene = await sceneWith({ questions: 60 })
  const { grant } = await grantBetween(scene, { lookups: 200 })
  scene.onTheWay = async (body, _, pass) => (isQuestion(body) ? 'lost' : pass())
  const from = scene.sent.length
  for (let batch = 0; batch < 20; batch++)
    await Promise.all(Array.from({ length: 10 }, () => scene.national.analyst.lookUp(grant, 'shared@mail.example')))
  const questions = scene.sent.slice(from).map(({ body }) => body)
  assert.equal(new Set(questions.map((body) => Buffer.from(body).toString('hex'))).size, 200)
  const began = performance.now()
  const answers = await Promise.all(questions.map((body) => deliver(scene, body)))
  t.diagnostic(`200 questions at once: ${Math.round(performance.now() - began)} ms`)
  // One went to the control when the grant was taken up.
  assert.equal(answers.filter(isAnswer).length, 59)
  assert.equal(answers.filter((answer) => wordOf(answer) === 'quota').length, 141)
  assert.deepEqual([await spent(scene), await used(scene)], [60, 60])
  scene.onTheWay = (_body, _topic, pass) => pass()
})

test('runs and lookups draw on one quota', async () => {
  const scene = await sceneWith({ questions: 17 })
  const { grant } = await grantBetween(scene)
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  const { run: line } = await ended(scene.national, run)
  assert.equal(line.outcome?.is, 'answered')
  assert.equal(await used(scene), 17)
  await noAnswer(scene, grant, 'refused')
  const again = await sendRun(scene)
  await scene.signals.analyst.acceptRun(again.received)
  assert.equal((await ended(scene.national, again.run)).run.outcome?.is, 'no answer')
})

test('an answer that was changed, of another question, or under another key is none', async () => {
  const scene = await sceneWith()
  const { grant } = await grantBetween(scene)
  const suite = suiteOf(ristretto255, 'voprf')
  const keys = deriveKeyPair(suite, chance(32), new Uint8Array(0))
  assert.ok(keys)
  let kept: Arrival = null
  const ways: [Scene['onTheWay'], string][] = [
    // A bit of the proof.
    [async (_body, _topic, pass) => bent(await pass(), -1), 'contradiction'],
    // A bit of the element.
    [async (_body, _topic, pass) => bent(await pass(), 1), 'contradiction'],
    [
      async (_body, _topic, pass) => {
        kept = await pass()
        return kept instanceof Uint8Array ? kept.slice(0, -1) : kept
      },
      'malformed',
    ],
    [async () => kept, 'contradiction'],
    [
      async (body) => {
        const made = evaluateProved(suite, keys, [body.slice(-32)], ristretto255.randomScalar(chance))
        assert.ok(made)
        return Buffer.concat([Buffer.of(ANSWER), made.elements[0] ?? Buffer.of(), proofBytes(made.proof)])
      },
      'contradiction',
    ],
    [async () => Buffer.of(9, 9, 9), 'malformed'],
    [async () => Buffer.of(0), 'malformed'],
    [async () => Buffer.of(), 'malformed'],
    [async () => 'lost', 'silent'],
    [async () => null, 'refused'],
  ]
  for (const [onTheWay, why] of ways) {
    scene.onTheWay = onTheWay
    await noAnswer(scene, grant, why)
  }
})

function bent(arrival: Arrival, at: number): Arrival {
  if (!(arrival instanceof Uint8Array)) return arrival
  const copy = Uint8Array.from(arrival)
  const place = at < 0 ? copy.length + at : at
  // The highest bit of a scalar or the sign of an element would not be in its encoding: the lowest of a byte inside.
  copy[place - (at < 0 ? 8 : -8)] = (copy[place - (at < 0 ? 8 : -8)] ?? 0) ^ 1
  return copy
}

test('a grant that has expired, whose authority has ended, or whose person is gone gives no answer', async () => {
  const scene = await sceneWith()
  const { superuser } = scene.work
  const one = await grantBetween(scene)
  await superuser.query(`UPDATE tandem.lookup_grant SET expires_at = now() WHERE grant_id = $1`, [one.given])
  await noAnswer(scene, one.grant, 'refused')
  await superuser.query(`UPDATE tandem.lookup_grant SET expires_at = now() WHERE grant_id = $1`, [one.grant])
  assert.equal(await refusal(scene.national.analyst.lookUp(one.grant, 'shared@mail.example')), 'TANDEM-STATE-002')
  const two = await grantBetween(scene)
  const before = await spent(scene)
  const { rows } = await superuser.query(`SELECT authority_id FROM tandem.job WHERE subject_id = $1`, [two.given])
  await scene.signals.manager.cancelAuthority(rows[0]?.authority_id)
  await noAnswer(scene, two.grant, 'refused')
  assert.equal(await spent(scene), before)
})

test('an offer that is not signed, not fixed in their ledger, or for another request never comes into force', async () => {
  for (const believed of [{ signals: { verify: keysOfTest().verify } }, { signals: { logKeys: [] } }]) {
    const scene = await sceneWith({ believed })
    const { grant } = await grantGiven(scene)
    const { state, says } = await scene.national.analyst.takeGrant(grant)
    assert.equal(state, 'ended')
    assert.match(says, 'verify' in believed.signals ? /signatures of the other side/ : /not fixed in a ledger/)
    assert.equal(await refusal(scene.national.analyst.lookUp(grant, 'shared@mail.example')), 'TANDEM-STATE-002')
  }
  const scene = await sceneWith()
  await grantBetween(scene)
  const offer = await deliver(scene, scene.sent.find(({ body }) => body[0] === 0)?.body ?? Buffer.of())
  assert.ok(offer instanceof Uint8Array && offer.length > 4000)
  const second = await grantGiven(scene)
  scene.onTheWay = async () => offer
  const { state, says } = await scene.national.analyst.takeGrant(second.grant)
  assert.equal(state, 'ended')
  assert.match(says, /cannot be used/)
})

test('a request whose outputs were changed on their way is not taken up', async () => {
  const scene = await sceneWith()
  const { grant } = await grantGiven(scene)
  scene.onTheWay = async (_body, _topic, pass) => {
    const came = await pass()
    if (!(came instanceof Uint8Array)) return came
    const copy = Uint8Array.from(came)
    // Behind the outputs stand eleven tokens of 32 bytes.
    const at = copy.length - 11 * 32 - 1
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  }
  assert.match((await scene.national.analyst.takeGrant(grant)).says, /does not fit together/)
})

test('a peer that is silent when it is asked for a grant leaves the request waiting, and it is sent again', async () => {
  const scene = await sceneWith()
  scene.onTheWay = async () => 'lost'
  const { grant } = await scene.national.analyst.proposeGrant({ peer: scene.signals.agency.name })
  assert.match((await scene.national.second.decideGrant(grant)).says ?? '', /did not answer in time/)
  assert.match((await scene.national.analyst.takeGrant(grant)).says, /This is no answer/)
  scene.onTheWay = (_body, _topic, pass) => pass()
  assert.equal((await scene.national.analyst.takeGrant(grant)).state, 'waiting')
  assert.equal((await scene.national.analyst.takeGrant(grant)).state, 'waiting')
  assert.equal((await scene.signals.analyst.lookups()).grants.length, 1)
})

test('another agency cannot use a grant, and nobody asks in another’s name', async () => {
  const scene = await sceneWith({ believed: { national: { name: 'Somebody else' } } })
  const { grant } = await scene.national.analyst.proposeGrant({ peer: scene.signals.agency.name })
  const sent = await scene.national.second.decideGrant(grant)
  assert.match(sent.says ?? '', /refused the message/)
  const body = scene.sent.at(-1)?.body ?? Buffer.of()
  const door = scene.signals.runs.door
  const said = await door({ name: 'Somebody else', agency: scene.signals.agency.agency }, 'lookup', body)
  assert.equal(wordOf(said), 'other-run')
  assert.deepEqual((await scene.signals.analyst.lookups()).grants, [])
})
