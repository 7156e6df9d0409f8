import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { judgeCheckpoint, readCheckpoint, readPolicy, writeVerifierKey } from '@tandem/ledger'
import { signIn } from '@tandem/work'
import { dataFolder } from '../src/folders.ts'
import { ledgerChecks } from '../src/ledger/checks.ts'
import { type OpenCell, openCell } from '../src/open-cell.ts'
import { type RunningCell, start } from '../src/start.ts'
import { atEnd, temporaryFolder, trainingCell } from './training-folder.ts'

async function record(open: OpenCell, subject: string, issuer = 'test-issuer'): Promise<void> {
  const { token } = await signIn(open.cell, { issuer, subject }, false)
  await open.cell.store.within({ kind: 'session', login: 'tandem_officer', token }, async (tx) =>
    tx.record('test.act', {}),
  )
}

const sizeOf = (note: string): number => {
  const read = readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  assert.ok(read.ok)
  return read.value.size
}

async function until<T>(what: string, look: () => T | null | undefined | false, seconds = 30): Promise<T> {
  for (let tries = 0; tries < seconds * 20; tries++) {
    const seen = look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    await sleep(50)
  }
  assert.fail(`${what}: not within ${seconds} seconds`)
}

test('a cell keeps keys and tiles for itself, goes on without its tiles, and refuses to go on without its keys', async (t) => {
  const root = join(temporaryFolder(t), 'data')
  const first = await trainingCell(t, root)
  await record(first.open, 'a-triage')
  await record(first.open, 'b-triage')
  await first.open.cell.ledger.turn()
  const checkpoint = join(root, 'ledger', 'crime-agency', 'checkpoint')
  const note = readFileSync(checkpoint, 'utf8')
  const size = sizeOf(note)
  assert.equal(statSync(checkpoint).mode & 0o777, 0o600)
  assert.equal(statSync(join(root, 'ledger', 'crime-agency')).mode & 0o777, 0o700)
  const keyFiles = readdirSync(join(root, 'keys')).filter((name) => name.startsWith('ledger-'))
  assert.equal(keyFiles.length, 5)
  for (const name of keyFiles) assert.equal(statSync(join(root, 'keys', name)).mode & 0o777, 0o600)
  const log = first.open.cell.ledger.logs.find(({ name }) => name === 'crime-agency')
  assert.ok(log)
  const policy = readPolicy(first.open.cell.ledger.trustOf(log.agency)?.policy ?? '')
  assert.ok(policy.ok)
  const judged = judgeCheckpoint(note, policy.value)
  assert.ok(judged.ok)
  assert.deepEqual(
    [...new Set(judged.value.witnesses.map(({ name }) => name.slice(0, -2)))],
    ['w-inspectorate', 'w-signals-agency'],
  )
  assert.deepEqual(
    ledgerChecks(first.open.cell.ledger).map(({ state }) => state),
    Array(5).fill('good'),
  )
  await first.control.close()
  await first.open.close()

  rmSync(join(root, 'ledger'), { recursive: true })
  const folder = dataFolder(root, 'training')
  const second = await openCell({ folder, birth: null })
  assert.ok(second.ok)
  await record(second.value, 'a-triage')
  await second.value.cell.ledger.turn()
  assert.ok(sizeOf(readFileSync(checkpoint, 'utf8')) > size)
  assert.ok(second.value.cell.ledger.standing().every(({ halted, trouble }) => halted === null && trouble === null))
  await second.value.close()

  const key = join(root, 'keys', `ledger-${log.agency}.json`)
  const kept = readFileSync(key)
  rmSync(key)
  const third = await openCell({ folder, birth: null })
  assert.ok(!third.ok)
  assert.match(third.error, /signing keys of the ledger .*crime-agency are not in/)
  writeFileSync(key, kept, { mode: 0o600 })
})

test('two cells witness each other over HTTP; a silent witness is named, and a rolled back cell is not cosigned', async (t) => {
  const [here, there] = [join(temporaryFolder(t), 'here'), join(temporaryFolder(t), 'there')]
  const [portHere, portThere] = [await freePort(), await freePort()]
  // Both are made, so that each has its keys, and then told of each other.
  const keysHere = await made(t, here)
  const keysThere = await made(t, there)
  introduce(here, { watched: keysThere.logs })
  introduce(there, {
    witnesses: [
      { name: 'other-cell', keys: keysHere.witness, url: `http://127.0.0.1:${portHere}/witness/signals-agency` },
    ],
    needed: 1,
    watched: keysHere.logs,
  })
  const witnessing = await started(t, here, portHere)
  const witnessed = await started(t, there, portThere)
  const note = await until('a cosigned checkpoint', () =>
    shownBy(there, (text) => text.includes(`— ${keysHere.witnessName}`)),
  )
  assert.ok(note.includes(keysHere.witnessName))
  // Its files are handed out over HTTP, to a session alone.
  const answer = await fetch(`http://127.0.0.1:${portThere}/ledger/crime-agency/checkpoint`)
  assert.equal(answer.status, 403)
  // A log that nobody told of is not cosigned.
  const stranger = note.replaceAll('crime-agency', 'other-agency')
  const asked = await fetch(`http://127.0.0.1:${portHere}/witness/signals-agency/add-checkpoint`, {
    method: 'POST',
    body: `old 0\n\n${stranger}`,
  })
  assert.equal(asked.status, 404)
  // The same cell, as it was before: it shows less than the witness has seen.
  const old = await fetch(`http://127.0.0.1:${portHere}/witness/signals-agency/add-checkpoint`, {
    method: 'POST',
    body: `old 0\n\n${note}`,
  })
  assert.equal(old.status, 409)
  assert.equal(await old.text(), `${sizeOf(note)}\n`)
  await witnessed.close()
  await witnessing.close()

  // Alone again: sealed inside, and the one outside is said to be silent.
  const alone = await openCell({ folder: dataFolder(there, 'training'), birth: null })
  assert.ok(alone.ok)
  atEnd(t, () => alone.value.close())
  await record(alone.value, 'a-triage', 'tandem-training')
  await alone.value.cell.ledger.turn()
  const said = await until('words about the silent witness', () => {
    void alone.value.cell.ledger.turn()
    return ledgerChecks(alone.value.cell.ledger).find(
      ({ name, says }) => name === 'witness other-cell of crime-agency' && /no answer/.test(says),
    )
  })
  assert.equal(said.state, 'warning')
})

interface Keys {
  readonly logs: { keys: string[] }[]
  readonly witness: string[]
  readonly witnessName: string
}

async function made(t: TestContext, root: string): Promise<Keys> {
  const running = await started(t, root, await freePort())
  await running.close()
  const opened = await openCell({ folder: dataFolder(root, 'training'), birth: null })
  assert.ok(opened.ok)
  const { logs } = opened.value.cell.ledger
  await record(opened.value, 'a-triage', 'tandem-training')
  await opened.value.close()
  const signals = logs.find(({ name }) => name === 'signals-agency')
  assert.ok(signals)
  return {
    logs: logs.map(({ keys }) => ({ keys: keys.log.map(({ key }) => writeVerifierKey(key)) })),
    witness: signals.keys.witness.map(({ key }) => writeVerifierKey(key)),
    witnessName: signals.keys.witness[0]?.key.name ?? '',
  }
}

function introduce(root: string, ledger: object): void {
  const path = join(root, 'cell.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ledger }))
}

async function started(t: TestContext, data: string, port: number): Promise<RunningCell> {
  const running = await start({ data, port, withoutDesk: true, withoutExample: true })
  assert.ok(running.ok, running.ok ? '' : running.error)
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await running.value.close()
    isOpen = false
  }
  atEnd(t, close)
  return { ...running.value, close }
}

/** A checkpoint file of the cell that fits, if there is one. */
function shownBy(root: string, fits: (note: string) => boolean): string | null {
  try {
    const note = readFileSync(join(root, 'ledger', 'crime-agency', 'checkpoint'), 'utf8')
    return fits(note) ? note : null
  } catch {
    return null
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  assert.ok(address !== null && typeof address !== 'string')
  return address.port
}
