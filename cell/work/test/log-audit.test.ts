import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { signNote, TileEdge, writeCheckpoint } from '@tandem/ledger'
import { type AgencyLog, LogFolder, type Sequencer } from '@tandem/work'
import { LogKeeper } from '../src/log/keeper.ts'
import { type LogScene, openScene } from './log-support.ts'
import { MemoryDisk } from './memory-disk.ts'

let scene: LogScene & AsyncDisposable
let log: AgencyLog
let sequencer: Sequencer

/** What an administrator of the database can do: no trigger and no key stops them. */
const asSuperuser = async (...statements: string[]): Promise<void> => {
  await scene.superuser.query('BEGIN')
  await scene.superuser.query("SET LOCAL session_replication_role = 'replica'")
  for (const statement of statements) await scene.superuser.query(statement)
  await scene.superuser.query('COMMIT')
}
const place = (index: number): string =>
  `(SELECT entry_id FROM ledger.place WHERE agency_id = '${log.agency}' AND index = ${index})`
const found = async (): Promise<{ kind: string; at: number | null; count: number | null; says: string }[]> => [
  ...((await sequencer.audit(log.agency))?.findings ?? []),
]
const kinds = async (): Promise<[string, number | null][]> => (await found()).map(({ kind, at }) => [kind, at])

before(async () => {
  scene = await openScene()
  log = scene.national
  sequencer = scene.sequencer()
  await scene.record(scene.cell.national, 300)
  await sequencer.turn()
  await scene.record(scene.cell.national, 40)
  await sequencer.turn()
  await scene.superuser.query('CREATE TABLE public.kept_leaf AS SELECT * FROM ledger.leaf')
  await scene.superuser.query('CREATE TABLE public.kept_place AS SELECT * FROM ledger.place')
  await scene.superuser.query('CREATE TABLE public.kept_log AS SELECT * FROM ledger.log')
  await scene.superuser.query('CREATE TABLE public.kept_witnessed AS SELECT * FROM ledger.witnessed')
})
after(() => scene[Symbol.asyncDispose]())

/** Everything as it was. */
beforeEach(async () => {
  await asSuperuser(
    ...['witnessed', 'log', 'place', 'leaf'].map((table) => `DELETE FROM ledger.${table}`),
    ...['leaf', 'place', 'log', 'witnessed'].map(
      (table) => `INSERT INTO ledger.${table} SELECT * FROM public.kept_${table}`,
    ),
  )
  assert.deepEqual(await found(), [])
})

test('an edit is named with its place', async () => {
  await asSuperuser(
    `UPDATE ledger.leaf SET leaf = set_byte(leaf, 100, get_byte(leaf, 100) # 1) WHERE entry_id = ${place(17)}`,
  )
  assert.deepEqual(await found(), [
    { kind: 'edit', at: 17, count: 1, says: 'Edit: entry 17 was changed after it had been recorded.' },
  ])
})

test('a deletion is named, whether the places behind it are moved up or not', async () => {
  await asSuperuser(
    `DELETE FROM ledger.leaf WHERE entry_id IN (${place(200)}, ${place(201)})`,
    `DELETE FROM ledger.place WHERE index IN (200, 201) AND agency_id = '${log.agency}'`,
  )
  assert.deepEqual(await kinds(), [['deletion', 200]])
  await asSuperuser(
    `UPDATE ledger.place SET index = index + 10000 WHERE agency_id = '${log.agency}' AND index > 201`,
    `UPDATE ledger.place SET index = index - 10002 WHERE agency_id = '${log.agency}' AND index > 10000`,
  )
  assert.deepEqual(
    (await found()).map(({ kind, at, count }) => [kind, at, count]),
    [['deletion', 200, 2]],
  )
})

test('a leaf taken away from under its place is a deletion', async () => {
  await asSuperuser(`DELETE FROM ledger.leaf WHERE entry_id = ${place(5)}`)
  assert.deepEqual(await kinds(), [['deletion', 5]])
})

test('a swap is named with both places', async () => {
  await asSuperuser(
    `UPDATE ledger.place SET index = 100000 WHERE agency_id = '${log.agency}' AND index = 30`,
    `UPDATE ledger.place SET index = 30 WHERE agency_id = '${log.agency}' AND index = 260`,
    `UPDATE ledger.place SET index = 260 WHERE agency_id = '${log.agency}' AND index = 100000`,
  )
  assert.deepEqual(
    (await found()).map(({ says }) => says),
    ['Swap: entries 30 and 260 have changed places.'],
  )
})

test('an insertion is named', async () => {
  await asSuperuser(
    `UPDATE ledger.place SET index = index + 10000 WHERE agency_id = '${log.agency}' AND index >= 50`,
    `UPDATE ledger.place SET index = index - 9999 WHERE agency_id = '${log.agency}' AND index >= 10000`,
    `INSERT INTO ledger.leaf SELECT cell_id, agency_id, gen_random_uuid(), convert_to('planted', 'UTF8') FROM ledger.leaf WHERE agency_id = '${log.agency}' LIMIT 1`,
    `INSERT INTO ledger.place SELECT cell_id, agency_id, entry_id, 50 FROM ledger.leaf WHERE leaf = convert_to('planted', 'UTF8')`,
  )
  assert.deepEqual(await kinds(), [['insertion', 50]])
})

test('a truncation is named, and nothing is sealed on top of it: neither now nor after a restart', async () => {
  await asSuperuser(
    `DELETE FROM ledger.leaf WHERE entry_id IN (SELECT entry_id FROM ledger.place WHERE index >= 335 AND agency_id = '${log.agency}')`,
    `DELETE FROM ledger.place WHERE index >= 335 AND agency_id = '${log.agency}'`,
  )
  assert.deepEqual(
    (await found()).map(({ kind, at, count }) => [kind, at, count]),
    [['truncation', 335, 5]],
  )
  const published = scene.note(log)
  await scene.record(scene.cell.national, 7)
  for (const each of [sequencer, scene.sequencer()]) {
    await each.turn()
    await each.turn()
    const standing = each.standing().find(({ agency }) => agency === log.agency)
    assert.equal(standing?.halted?.kind, 'truncation', JSON.stringify(standing))
    assert.ok((standing?.waiting ?? 0) >= 7)
  }
  assert.equal(scene.note(log), published)
  // The entries themselves went on being written.
  const { rows } = await scene.superuser.query<{ waiting: number }>(
    'SELECT count(*)::int AS waiting FROM ledger.place WHERE agency_id = $1 AND index IS NULL',
    [log.agency],
  )
  assert.equal(rows[0]?.waiting, 7)
})

test('a rollback is named: of the row, of row and file, and by the witness when the tiles are rolled back too', async () => {
  const disk = scene.disks.get(log.agency)
  assert.ok(disk)
  const files = new Map(disk.paths.map((path) => [path, disk.read(path)]))
  const old = await shortened(300)
  const row = async () =>
    scene.superuser.query(
      'UPDATE ledger.log SET size = 300, root = $2, note = $3, cosigned_size = 0, cosigned_note = NULL WHERE agency_id = $1',
      [log.agency, old.root, old.note],
    )
  await row()
  assert.deepEqual((await kinds())[0], ['rollback', 300])
  disk.plant('checkpoint', Buffer.from(old.note))
  assert.match(
    (await found()).map(({ says }) => says).join(' '),
    /Rollback: the witness of signals has cosigned 340 entries, and 300 are published/,
  )
  for (const [path, bytes] of files) disk.plant(path, bytes)
})

test('a fork by somebody who holds the keys and rewrites everything is named by the witness', async () => {
  const disk = scene.disks.get(log.agency)
  assert.ok(disk)
  const files = new Map(disk.paths.map((path) => [path, disk.read(path)]))
  await asSuperuser(`UPDATE ledger.leaf SET leaf = convert_to('another act', 'UTF8') WHERE entry_id = ${place(12)}`)
  const forged = await shortened(340)
  for (const path of disk.paths) disk.plant(path, null)
  for (const path of forged.disk.paths) disk.plant(path, forged.disk.read(path))
  disk.plant('checkpoint', Buffer.from(forged.note))
  await scene.superuser.query(
    'UPDATE ledger.log SET root = $2, note = $3, cosigned_size = 0, cosigned_note = NULL WHERE agency_id = $1',
    [log.agency, forged.root, forged.note],
  )
  assert.deepEqual(
    (await found()).map(({ says }) => says),
    ['Fork: the witness of signals has cosigned another history of 340 entries.'],
  )
  // And the witness does not cosign what comes after it.
  await scene.record(scene.cell.national, 1)
  const after = scene.sequencer()
  await after.turn()
  const standing = after.standing().find(({ agency }) => agency === log.agency)
  assert.equal(standing?.halted?.kind, 'fork')
  for (const path of disk.paths) disk.plant(path, null)
  for (const [path, bytes] of files) disk.plant(path, bytes)
})

test('a forged checkpoint, a spoilt tile and a missing tile are each named', async () => {
  const disk = scene.disks.get(log.agency)
  assert.ok(disk)
  const note = disk.read('checkpoint')
  assert.ok(note)
  disk.plant('checkpoint', Buffer.from(note.toString('utf8').replace('\n340\n', '\n341\n')))
  assert.deepEqual(
    (await kinds()).map(([kind]) => kind),
    ['forgery'],
  )
  disk.plant('checkpoint', note)
  for (const path of ['tile/0/000', 'tile/0/001.p/84', 'tile/1/000.p/1']) {
    const bytes = disk.read(path)
    assert.ok(bytes, path)
    const changed = Buffer.from(bytes)
    changed[7] = (changed[7] ?? 0) ^ 1
    for (const harm of [changed, null]) {
      disk.plant(path, harm)
      assert.deepEqual(
        (await kinds()).map(([kind]) => kind),
        ['spoilt tiles'],
        path,
      )
    }
    disk.plant(path, bytes)
  }
})

test('of random bytes changed in leaves and tiles none goes unnoticed', async (t) => {
  const disk = scene.disks.get(log.agency)
  assert.ok(disk)
  let state = 11
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  let noticed = 0
  for (let trial = 0; trial < 40; trial++) {
    const index = random(340)
    const [byte, bit] = [random(600), random(8)]
    const flip = `UPDATE ledger.leaf SET leaf = set_byte(leaf, ${byte} % length(leaf), get_byte(leaf, ${byte} % length(leaf)) # ${1 << bit}) WHERE entry_id = ${place(index)}`
    await asSuperuser(flip)
    assert.deepEqual(await kinds(), [['edit', index]])
    await asSuperuser(flip)
    const path = ['tile/0/000', 'tile/0/001.p/84'][trial % 2] ?? ''
    const bytes = disk.read(path)
    assert.ok(bytes)
    const changed = Buffer.from(bytes)
    const at = random(bytes.length)
    changed[at] = (changed[at] ?? 0) ^ (1 << bit)
    disk.plant(path, changed)
    assert.notDeepEqual(await kinds(), [])
    disk.plant(path, bytes)
    noticed += 2
  }
  t.diagnostic(`${noticed} of ${noticed} noticed`)
})

test('what was changed is found without anybody asking', async () => {
  const watching = scene.sequencer({ auditMilliseconds: 20, everyMilliseconds: 10_000 })
  watching.start()
  const standing = () => watching.standing().find(({ agency }) => agency === log.agency)
  try {
    while (standing()?.auditedAt == null) await sleep(20)
    assert.deepEqual(standing()?.findings, [])
    await asSuperuser(`UPDATE ledger.leaf SET leaf = leaf || 'x'::bytea WHERE entry_id = ${place(4)}`)
    while (standing()?.findings.length === 0) await sleep(20)
    assert.deepEqual(
      standing()?.findings.map(({ kind, at }) => [kind, at]),
      [['edit', 4]],
    )
  } finally {
    await watching.stop()
  }
})

test('the database itself moves no entry that has a place, not even for its owner', async () => {
  await assert.rejects(
    scene.superuser.query(`UPDATE ledger.place SET index = 5000 WHERE agency_id = '${log.agency}' AND index = 3`),
    /keeps its place/,
  )
})

/** What the holder of the keys would publish for the first `size` entries as they are in the database now. */
async function shortened(size: number): Promise<{ note: string; root: Buffer; disk: MemoryDisk }> {
  const disk = new MemoryDisk()
  const { rows } = await scene.superuser.query<{ leaf: Buffer }>(
    'SELECT leaf FROM ledger.place JOIN ledger.leaf USING (agency_id, entry_id) WHERE place.agency_id = $1 AND index < $2 ORDER BY index',
    [log.agency, size],
  )
  const edge = TileEdge.empty()
  for (const { leaf } of rows) edge.append(leaf)
  await new LogFolder(disk).put(edge.pending())
  const root = Buffer.from(edge.root())
  const note = signNote(writeCheckpoint({ origin: log.origin, size, root }), log.keys.log, 1)
  assert.equal(new LogKeeper(scene.cell.store, log, new LogFolder(disk)).read(note).size, size)
  return { note, root, disk }
}
