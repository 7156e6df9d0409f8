import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { isReceipt } from '@tandem/work'
import {
  ended,
  eventually,
  keysOfTest,
  openRuns,
  type Party,
  type Scene,
  type SceneOptions,
  sendRun,
} from './deconfliction-scene.ts'
import { oneReferral } from './reports.ts'

/** A peer that is silent, refuses, lies or dies: the run ends without an answer, and never reads as if it were clear. */

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

const MESSAGE = 0
/** The kind of a message stands in its frame; these are told by their order on the line. */
const isMessage = (body: Uint8Array): boolean => body[0] === MESSAGE

async function noAnswer(party: Party, run: string, why: string): Promise<void> {
  const { run: line, hits } = await ended(party, run)
  assert.deepEqual([line.state, line.outcome?.is, line.outcome?.why, hits], ['no answer', 'no answer', why, []])
  const says = line.outcome?.says ?? ''
  assert.match(says, /This is no answer: it does not say that nothing is held\./)
  assert.match(says, /Never act on it as if it were clear: call the desk\./)
  assert.doesNotMatch(says.replace('as if it were clear', ''), /clear|nobody|nothing found|no hit/i)
}

test('a peer that cannot be reached', async () => {
  const scene = await sceneWith({ patienceMilliseconds: 200 })
  scene.onTheWay = async () => 'lost'
  const { run } = await scene.national.analyst.proposeRun({ peer: scene.signals.agency.name })
  await scene.national.second.decideRun(run)
  await noAnswer(scene.national, run, 'silent')
})

test('a peer that falls silent in the middle, on both sides', async () => {
  const scene = await sceneWith({ patienceMilliseconds: 400 })
  let messages = 0
  scene.onTheWay = async (body, _, deliver) => (isMessage(body) && ++messages > 2 ? 'lost' : deliver())
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  await noAnswer(scene.national, run, 'silent')
  await noAnswer(scene.signals, received, 'silent')
})

test('a peer whose people refuse', async () => {
  const scene = await sceneWith()
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.refuseRun(received)
  await noAnswer(scene.national, run, 'refused')
  const there = await scene.signals.analyst.run(received)
  assert.equal(there.run.state, 'refused')
  assert.doesNotMatch(JSON.stringify(await scene.national.analyst.run(run)), /not under this authority/)
})

test('a refusal is heard after a restart of the side that refused', async () => {
  const scene = await sceneWith()
  let isHeldUp = false
  scene.onTheWay = async (_body, _topic, deliver) => (isHeldUp ? 'lost' : deliver())
  const { run, received } = await sendRun(scene)
  isHeldUp = true
  await scene.signals.analyst.refuseRun(received)
  scene.signals.restart()
  isHeldUp = false
  await noAnswer(scene.national, run, 'refused')
})

test('a peer that signs with other keys', async () => {
  const scene = await sceneWith({ believed: { signals: { verify: keysOfTest().verify } } })
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  await noAnswer(scene.national, run, 'signature')
})

test('a request that is not signed by the agency that the connection proves is taken by nobody', async () => {
  const scene = await sceneWith({ believed: { national: { verify: keysOfTest().verify } } })
  const { run } = await scene.national.analyst.proposeRun({ peer: scene.signals.agency.name })
  await scene.national.second.decideRun(run)
  await noAnswer(scene.national, run, 'refused')
  assert.deepEqual((await scene.signals.analyst.runs()).runs, [])
})

test('a list that does not stand in the ledger of its side, whichever side it is', async () => {
  const asker = await sceneWith({ believed: { signals: { logKeys: [] } } })
  const first = await sendRun(asker)
  await asker.signals.analyst.acceptRun(first.received)
  await noAnswer(asker.national, first.run, 'commitment')

  const holder = await sceneWith({ believed: { national: { logKeys: [] } } })
  const second = await sendRun(holder)
  await holder.signals.analyst.acceptRun(second.received)
  await noAnswer(holder.signals, second.received, 'commitment')
  await noAnswer(holder.national, second.run, 'refused')
})

test('a receipt for another list, another run or another log is none', async () => {
  const scene = await sceneWith()
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  const { commitment } = await ended(scene.national, run)
  const committed = scene.sent.flatMap(({ body }) => receiptsIn(body))[0]
  assert.ok(committed !== undefined && commitment !== null)
  const keysOf = (agency: string) =>
    scene.work.cell.ledger.logs.find((log) => log.agency === agency)?.keys.log.map(({ key }) => key) ?? []
  const own = keysOf(scene.national.agency.agency)
  const said = { version: 1, side: 'asker', ...commitment, receipt: committed } as const
  assert.equal(isReceipt(said, own), true)
  assert.equal(isReceipt(said, keysOf(scene.signals.agency.agency)), false)
  assert.equal(isReceipt({ ...said, root: '00'.repeat(32) }, own), false)
  assert.equal(isReceipt({ ...said, run: '00'.repeat(32) }, own), false)
  assert.equal(isReceipt({ ...said, side: 'holder' }, own), false)
  assert.equal(isReceipt({ ...said, size: 32 }, own), false)
  for (const at of [10, 200, 800])
    assert.equal(isReceipt({ ...said, receipt: flip(committed, at) }, own), false, `at ${at}`)
})

test('a request that comes again is answered once, also after a restart', async () => {
  const scene = await sceneWith()
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  await ended(scene.national, run)
  const first = scene.sent.find(({ body }) => isMessage(body))
  assert.ok(first !== undefined)
  const { signals, national } = scene
  const again = () =>
    signals.runs.door({ name: national.agency.name, agency: signals.agency.agency }, 'deconfliction', first.body)
  const answers = [await again()]
  signals.restart()
  answers.push(await again())
  for (const answer of answers) assert.ok(answer !== null && (answer[0] === 3 || answer[0] === MESSAGE))
  assert.equal((await signals.analyst.runs()).runs.length, 1)
  assert.equal((await signals.analyst.run(received)).run.state, 'answered')
})

test('an answer that was lost on its way is given again, and the run goes on', async () => {
  const scene = await sceneWith()
  let lost = 0
  scene.onTheWay = async (body, _, deliver) => {
    const answer = await deliver()
    return isMessage(body) && ++lost % 2 === 1 ? 'lost' : answer
  }
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  const { run: line, hits } = await ended(scene.national, run)
  assert.deepEqual([line.state, hits.length], ['answered', 1])
})

test('every message that is changed on its way ends the run', async () => {
  for (const at of [0, 1, 2, 3, 4]) {
    const scene = await sceneWith()
    let messages = -1
    scene.onTheWay = async (body, _, deliver) => {
      const answer = await deliver()
      if (answer === null || answer[0] !== MESSAGE || !isMessage(body)) return answer
      if (++messages !== at) return answer
      const changed = Uint8Array.from(answer)
      const place = changed.length - 5
      changed[place] = (changed[place] ?? 0) ^ 1
      return changed
    }
    const { run, received } = await sendRun(scene)
    await scene.signals.analyst.acceptRun(received)
    const { run: line, hits } = await ended(scene.national, run)
    if (messages < at) continue
    assert.deepEqual([line.state, hits], ['no answer', []], `message ${at}`)
    await scene.close()
    open = open.filter((each) => each !== scene)
  }
})

test('a person of either side stops the run', async () => {
  const scene = await sceneWith()
  const waiting = await sendRun(scene)
  await scene.national.analyst.stopRun(waiting.run)
  await noAnswer(scene.national, waiting.run, 'stopped')
  await noAnswer(scene.signals, waiting.received, 'refused')

  let messages = 0
  scene.onTheWay = async (body, _, deliver) => {
    // Held up before the lists are compared, so that there is something to stop.
    if (isMessage(body) && ++messages === 3) await scene.signals.analyst.stopRun(second.received)
    return deliver()
  }
  const second = await sendRun(scene)
  await scene.signals.analyst.acceptRun(second.received)
  await noAnswer(scene.signals, second.received, 'stopped')
  assert.equal((await ended(scene.national, second.run)).run.state, 'no answer')
})

test('the side that asks dies while it waits: stopped, said at once and written at the next start', async () => {
  const scene = await sceneWith()
  const { run } = await sendRun(scene)
  scene.onTheWay = async () => 'lost'
  scene.national.restart()
  // What a start does with leases of before.
  await scene.work.superuser.query(`UPDATE tandem.job SET state = 'ready', lease_until = NULL WHERE state = 'leased'`)
  scene.work.worker.nudge()
  const state = await eventually(async () => {
    const { rows } = await scene.work.superuser.query(
      `SELECT state, outcome FROM tandem.deconfliction WHERE run_id = $1`,
      [run],
    )
    return rows[0]?.state === 'no answer' ? rows[0] : undefined
  })
  assert.equal(state.outcome.why, 'stopped')
  assert.deepEqual(scene.work.problems, [])
})

test('the side that answers dies after it accepted: the other one hears that it stopped', async () => {
  const scene = await sceneWith()
  let messages = 0
  scene.onTheWay = async (body, _, deliver) => {
    if (isMessage(body) && ++messages === 3) scene.signals.restart()
    return deliver()
  }
  const { run, received } = await sendRun(scene)
  await scene.signals.analyst.acceptRun(received)
  const { run: line, hits } = await ended(scene.national, run)
  assert.deepEqual([line.state, hits], ['no answer', []])
  await noAnswer(scene.signals, received, 'stopped')
})

test('a side that has received and not decided may restart: nothing is lost', async () => {
  const scene = await sceneWith()
  const { run, received } = await sendRun(scene)
  scene.signals.restart()
  await scene.signals.analyst.acceptRun(received)
  const shown = await ended(scene.national, run)
  assert.deepEqual([shown.run.state, shown.run.outcome?.why, shown.hits.length], ['answered', null, 1])
})

test('the side that asks may restart while people decide: its question goes on', async () => {
  const scene = await sceneWith()
  const { national, signals, work } = scene
  const { run, received } = await sendRun(scene)
  const { rows } = await work.superuser.query(`SELECT job_id FROM tandem.deconfliction WHERE run_id = $1`, [run])
  national.restart()
  await national.runs.resume({ agency: national.agency.agency, job: rows[0]?.job_id, run })
  assert.equal((await national.analyst.run(run)).run.state, 'waiting')
  await signals.analyst.acceptRun(received)
  const shown = await ended(national, run)
  assert.deepEqual([shown.run.state, shown.hits.length], ['answered', 1])
  // Over, nothing of it goes on once more.
  await national.runs.resume({ agency: national.agency.agency, job: rows[0]?.job_id, run }).catch(() => {})
  assert.equal((await national.analyst.run(run)).run.state, 'answered')
})

test('an authority that is cancelled ends the run, and what was found is seen by nobody', async () => {
  const scene = await sceneWith()
  const { run, received } = await sendRun(scene)
  const { desk } = scene.national.agency
  let messages = 0
  scene.onTheWay = async (body, _, deliver) => {
    if (isMessage(body) && ++messages === 2)
      await scene.work.superuser.query(
        `UPDATE tandem.authority SET cancelled_at = clock_timestamp(), cancelled_by = created_by WHERE authority_id = $1`,
        [desk.authority],
      )
    return deliver()
  }
  await scene.signals.analyst.acceptRun(received)
  const { rows } = await eventually(async () => {
    const found = await scene.work.superuser.query(
      `SELECT state, outcome ->> 'why' AS why, record_sealed FROM tandem.deconfliction WHERE run_id = $1 AND ended_at IS NOT NULL`,
      [run],
    )
    return found.rows.length > 0 ? found : undefined
  })
  assert.deepEqual(rows, [{ state: 'no answer', why: 'stopped', record_sealed: null }])
})

test('a quota that is used up ends the run, and is not given back', async () => {
  const scene = await sceneWith({ questions: 16 })
  const first = await sendRun(scene)
  await scene.signals.analyst.acceptRun(first.received)
  assert.equal((await ended(scene.national, first.run)).run.state, 'answered')
  const second = await sendRun(scene)
  await scene.signals.analyst.acceptRun(second.received)
  await noAnswer(scene.signals, second.received, 'quota')
  await noAnswer(scene.national, second.run, 'refused')
})

function receiptsIn(body: Uint8Array): string[] {
  const text = Buffer.from(body).toString('latin1')
  const from = text.indexOf('{"receipt":')
  if (from < 0) return []
  const to = text.indexOf('"version":1}', from)
  const json: unknown = JSON.parse(Buffer.from(body.slice(from, to + '"version":1}'.length)).toString('utf8'))
  return typeof json === 'object' && json !== null && 'receipt' in json ? [String(json.receipt)] : []
}

const flip = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
