import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Log, openNote, writeSignatureLine, writeWitnessRequest } from '@tandem/ledger'
import { testLogKeys } from '@tandem/testkit'
import type { Sequencer } from '@tandem/work'
import { type LogScene, openScene } from './log-support.ts'

/** A log of another cell that the witnesses here know. */
const origin = 'elsewhere.example/agency'
const keys = testLogKeys(origin)
let scene: LogScene & AsyncDisposable

before(async () => {
  scene = await openScene()
})
after(() => scene[Symbol.asyncDispose]())

/** As after a start. */
const fresh = (): Sequencer => scene.sequencer({ watched: [{ origin, keys: keys.log.map(({ key }) => key) }] })

function logOf(word: string, size: number): Log {
  const log = new Log(origin)
  for (let at = 0; at < size; at++) log.append(Buffer.from(`${word} ${at}`))
  return log
}

const ask = async (log: Log, old: number, size = log.size, witness = fresh()) => {
  const proof = old > 0 && old <= size ? log.proveConsistency(old, size) : []
  const answer = await witness.witness('national', writeWitnessRequest(old, proof, log.checkpoint(keys.log, 1, size)))
  assert.ok(answer)
  return answer
}

test('a witness cosigns what only grows, remembers it over a start, and cosigns neither a rollback nor a fork', async () => {
  const log = logOf('good', 40)
  const first = await ask(log, 0, 10)
  assert.equal(first.status, 200)
  const note = `${log.checkpoint(keys.log, 1, 10)}${first.body}`
  const witnessKeys = scene.national.keys.witness.map(({ key }) => key)
  const opened = openNote(note, witnessKeys)
  assert.ok(opened.ok && opened.value.signedBy.length === 2)
  // A rollback: it has seen ten.
  const back = await ask(log, 0, 5)
  assert.deepEqual([back.status, back.body], [409, '10\n'])
  assert.equal((await ask(log, 10, 5)).status, 400)
  // A fork, at the same size and at a greater one.
  const other = logOf('other', 40)
  assert.equal((await ask(other, 10, 10)).status, 422)
  assert.equal((await ask(other, 10, 30)).status, 422)
  // Nothing of that changed its mind.
  assert.equal((await ask(log, 10, 40)).status, 200)
  assert.equal((await ask(log, 40, 40)).status, 200, 'the same again is the same')
  const { rows } = await scene.superuser.query<{ size: number }>(
    'SELECT size::int FROM ledger.witnessed WHERE origin = $1',
    [origin],
  )
  assert.deepEqual(rows, [{ size: 40 }])
})

test('of two histories at the same moment it cosigns one', async () => {
  await scene.superuser.query('DELETE FROM ledger.witnessed WHERE origin = $1', [origin])
  const [witness, twin] = [fresh(), fresh()]
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) => ask(logOf(`history ${at}`, 7), 0, 7, at % 2 === 0 ? witness : twin)),
  )
  const statuses = answers.map(({ status }) => status).sort()
  assert.deepEqual(statuses, [200, ...Array(11).fill(409)])
})

test('a log that it does not know, and a signature that does not hold, are refused', async () => {
  const unknown = new Log('unknown.example/log')
  unknown.append(Buffer.from('x'))
  const witness = scene.sequencer()
  const request = writeWitnessRequest(0, [], unknown.checkpoint(testLogKeys(unknown.origin).log, 1))
  assert.equal((await witness.witness('national', request))?.status, 404)
  const forged = writeWitnessRequest(0, [], logOf('forged', 3).checkpoint(testLogKeys(origin).log, 1))
  assert.equal((await fresh().witness('national', forged))?.status, 403)
  assert.equal((await fresh().witness('national', 'nonsense'))?.status, 400)
  assert.equal(await fresh().witness('nobody', forged), null)
  // Its own log it does not witness.
  const own = new Log(scene.national.origin)
  own.append(Buffer.from('x'))
  assert.equal(
    (await fresh().witness('national', writeWitnessRequest(0, [], own.checkpoint(scene.national.keys.log, 1))))?.status,
    404,
  )
})

test('a witness outside that is silent, answers nonsense or signs wrongly holds nothing up, and is told', async () => {
  const stranger = testLogKeys('inspector.example')
  const trouble = async (
    answer: () => Promise<{ status: number; body: string }>,
  ): Promise<string | null | undefined> => {
    const sequencer = scene.sequencer({
      outside: [
        {
          name: 'inspector',
          keys: stranger.witness.map(({ key }) => key),
          url: 'https://inspector.example/',
          ask: answer,
        },
      ],
    })
    await scene.record(scene.cell.national, 1)
    await sequencer.turn()
    await sequencer.stop()
    const standing = sequencer.standing().find(({ name }) => name === 'national')
    assert.equal(standing?.halted, null)
    assert.equal(standing?.waiting, 0)
    return standing?.witnesses.find(({ name }) => name === 'inspector')?.trouble
  }
  assert.equal(
    await trouble(async () => Promise.reject(new Error('no answer within 5 seconds'))),
    'no answer within 5 seconds',
  )
  assert.equal(await trouble(async () => ({ status: 500, body: '' })), 'answers 500')
  assert.equal(await trouble(async () => ({ status: 200, body: 'nonsense\n' })), 'its cosignature does not hold')
  assert.equal(
    await trouble(async () => ({ status: 409, body: '0\n' })),
    'somebody else asks it about this log at the same time',
  )
})

test('an inspector’s witness that must cosign does: its line is in the checkpoint, and only then it counts', async () => {
  const inspector = testLogKeys('inspector.example')
  let isAwake = false
  const sequencer = scene.sequencer({
    neededOutside: 1,
    outside: [
      {
        name: 'inspector',
        keys: inspector.witness.map(({ key }) => key),
        url: 'https://inspector.example/',
        ask: async (body) => {
          if (!isAwake) throw new Error('asleep')
          const text = body.slice(body.indexOf('\n\n') + 2)
          const note = openNote(
            text,
            scene.national.keys.log.map(({ key }) => key),
          )
          assert.ok(note.ok)
          return {
            status: 200,
            body: inspector.witness.map((signer) => writeSignatureLine(signer.sign(note.value.text, 7))).join(''),
          }
        },
      },
    ],
  })
  await scene.record(scene.cell.national, 2)
  await sequencer.turn()
  await sequencer.stop()
  const row = async () =>
    (await scene.cell.store.log((run) => run('log/all', {}))).find(({ name }) => name === 'national')
  const before = await row()
  assert.ok(before && before.size > before.cosigned_size)
  isAwake = true
  await scene.record(scene.cell.national, 1)
  await new Promise((resolve) => setTimeout(resolve, 5_100))
  await sequencer.turn()
  await sequencer.stop()
  const after = await row()
  assert.ok(after)
  assert.equal(after.cosigned_size, after.size)
  assert.ok(after.note?.includes('— inspector.example/witness '))
  assert.equal(scene.note(scene.national), after.note)
})
