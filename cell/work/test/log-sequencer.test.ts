import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  entriesPath,
  entryHash,
  hashOfSpan,
  judgeCheckpoint,
  readCheckpoint,
  readEntryBundle,
  readerOfTiles,
  readPolicy,
  tilePath,
  tileWidth,
} from '@tandem/ledger'
import type { AgencyLog } from '@tandem/work'
import { type LogScene, openScene } from './log-support.ts'

test('entries of many transactions at once get places without a gap, each agency its own, in the order of their ids', async () => {
  await using scene = await openScene()
  const { cell, national, signals } = scene
  const sequencer = scene.sequencer({ everyMilliseconds: 20 })
  sequencer.start()
  await Promise.all(
    Array.from({ length: 60 }, (_, at) => scene.record(at % 3 === 0 ? cell.signals : cell.national, 1 + (at % 7))),
  )
  await sequencer.stop()
  await sequencer.turn()
  for (const log of [national, signals]) {
    const { rows } = await scene.superuser.query<{ index: number; ordered: boolean; leaves: number }>(
      `SELECT p.index::int, (SELECT count(*)::int FROM ledger.leaf WHERE agency_id = $1) AS leaves
         FROM ledger.place p WHERE agency_id = $1 ORDER BY index`,
      [log.agency],
    )
    assert.ok(rows.length > 50)
    assert.equal(rows.length, rows[0]?.leaves)
    assert.deepEqual(
      rows.map(({ index }) => index),
      rows.map((_, at) => at),
    )
    await isWhole(scene, log, rows.length)
  }
})

test('a business transaction does not wait for the sequencer, and one at work holds no other entry back', async () => {
  await using scene = await openScene()
  const { cell, national } = scene
  const sequencer = scene.sequencer()
  const session = await cell.session(cell.national.dutyManager)
  let release = (): void => {}
  const held = cell.store.within(session, async (tx) => {
    tx.record('test.slow', {})
    await new Promise<void>((resolve) => {
      release = resolve
    })
  })
  await scene.record(cell.national, 3)
  await sequencer.turn()
  assert.equal(sizeIn(scene.note(national)), 3)
  // While somebody holds the turn of the sequencer, work goes on.
  const blocker = scene.superuser
  await blocker.query('BEGIN')
  await blocker.query(`SELECT pg_advisory_xact_lock(hashtextextended('tandem log order ' || $1, 7373))`, [
    national.agency,
  ])
  const blocked = sequencer.turn()
  await scene.record(cell.national, 2)
  await blocker.query('COMMIT')
  await blocked
  release()
  await held
  await sequencer.turn()
  assert.equal(sizeIn(scene.note(national)), 6)
  assert.deepEqual(
    sequencer.standing().map(({ waiting, halted, trouble }) => [waiting, halted, trouble]),
    [
      [0, null, null],
      [0, null, null],
    ],
  )
})

test('a checkpoint is made only when something changed, and bears both signatures and the witness of the other agency', async () => {
  await using scene = await openScene()
  const { cell, national, signals } = scene
  const sequencer = scene.sequencer()
  await sequencer.turn()
  assert.equal(scene.note(national), '', 'an empty log shows no checkpoint')
  await scene.record(cell.national, 1)
  await sequencer.turn()
  const first = scene.note(national)
  await sleep(1_100)
  await sequencer.turn()
  assert.equal(scene.note(national), first)
  const trust = sequencer.trustOf(national.agency)
  const policy = readPolicy(trust?.policy ?? '')
  assert.ok(policy.ok)
  const judged = judgeCheckpoint(first, policy.value)
  assert.ok(judged.ok, JSON.stringify(judged))
  assert.deepEqual(judged.value.logKeys.map(({ kind }) => kind).sort(), ['ed25519', 'ml-dsa-44-cosignature'])
  assert.deepEqual(
    judged.value.witnesses.map(({ name }) => name),
    ['w-signals-1', 'w-signals-2'],
  )
  assert.ok(!first.includes(`${national.origin}/witness`), 'nobody witnesses themselves')
  const { rows } = await scene.superuser.query<{ size: number; note: string; cosigned_note: string }>(
    'SELECT size::int, note, cosigned_note FROM ledger.log WHERE agency_id = $1',
    [national.agency],
  )
  assert.deepEqual(rows, [{ size: 1, note: first, cosigned_note: first }])
  assert.equal(scene.note(signals), '')
})

test('after a restart the log goes on where it was, from its files, from the database alone, or past a full tile', async () => {
  await using scene = await openScene()
  const { cell, national } = scene
  let size = 0
  for (const count of [5, 251, 1, 300, 1]) {
    await scene.record(cell.national, count)
    size += count
    const sequencer = scene.sequencer()
    await sequencer.turn()
    assert.deepEqual(
      sequencer.standing().map(({ halted, trouble }) => [halted, trouble]),
      [
        [null, null],
        [null, null],
      ],
    )
    await isWhole(scene, national, size)
  }
  const disk = scene.disks.get(national.agency)
  assert.ok(disk)
  assert.ok(disk.paths.includes('tile/0/000') && !disk.paths.some((path) => path.startsWith('tile/0/000.p/')))
  // As after a restore: the files are gone.
  for (const path of disk.paths) disk.plant(path, null)
  await scene.record(cell.national, 2)
  const restored = scene.sequencer()
  await restored.turn()
  await isWhole(scene, national, size + 2)
  // Tiles that somebody has spoilt are made again from what was signed for.
  disk.plant('tile/0/000', Buffer.alloc(32 * tileWidth))
  disk.plant(`tile/0/002.p/${(size + 2) % tileWidth}`, Buffer.alloc(3))
  await scene.record(cell.national, 1)
  const mended = scene.sequencer()
  await mended.turn()
  await isWhole(scene, national, size + 3)
})

const sizeIn = (note: string): number => {
  const read = readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  assert.ok(read.ok)
  return read.value.size
}

/** The files give the root that the checkpoint is signed for, and the entries are the leaves of the database in order. */
async function isWhole(scene: LogScene, log: AgencyLog, size: number): Promise<void> {
  const disk = scene.disks.get(log.agency)
  assert.ok(disk)
  const note = scene.note(log)
  const checkpoint = readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  assert.ok(checkpoint.ok)
  assert.equal(checkpoint.value.size, size)
  const read = readerOfTiles((tile) => disk.read(tilePath(tile)) ?? assert.fail(`${tilePath(tile)} is missing`), size)
  assert.deepEqual(Buffer.from(hashOfSpan(read, { start: 0, end: size })), checkpoint.value.root)
  const { rows } = await scene.superuser.query<{ leaf: Buffer }>(
    'SELECT l.leaf FROM ledger.place p JOIN ledger.leaf l USING (agency_id, entry_id) WHERE p.agency_id = $1 ORDER BY p.index',
    [log.agency],
  )
  for (let index = 0; index * tileWidth < size; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth)
    const bundle = readEntryBundle(
      disk.read(entriesPath(index, width)) ?? assert.fail('a bundle of entries is missing'),
    )
    assert.ok(bundle.ok)
    for (const [at, entry] of bundle.value.entries()) {
      assert.deepEqual(Buffer.from(entry), rows[index * tileWidth + at]?.leaf)
      assert.deepEqual(Buffer.from(read(0, index * tileWidth + at)), entryHash(entry))
    }
  }
}
