import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOfSpan, isConsistent, openNote, proveConsistency, readCheckpoint, TileEdge } from '@tandem/ledger'
import { type AgencyLog, LogFolder, Sequencer } from '@tandem/work'
import { hashesIn } from '../src/log/cosign.ts'
import { type LogScene, openScene } from './log-support.ts'
import { MemoryDisk } from './memory-disk.ts'

/** Numbers that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('the power goes before any step of writing: no checkpoint that was shown is ever contradicted', {
  timeout: 300_000,
}, async (t) => {
  await using scene = await openScene()
  const { cell, national } = scene
  const shown: string[] = []
  let disk = new MemoryDisk()
  const restart = (cutBefore: number): Sequencer => {
    disk.operations = 0
    disk.cutBefore = cutBefore
    return onDisk(scene, national, disk)
  }
  // What is handed out comes from the database; the file is what a copy of the folder would show.
  const handedOut: number[] = []
  const see = async (): Promise<void> => {
    const [row] = (await cell.store.log((run) => run('log/all', {}))).filter(({ name }) => name === national.name)
    for (const note of [row?.note, disk.read('checkpoint')?.toString('utf8')])
      if (note != null && !shown.includes(note)) shown.push(note)
    handedOut.push(row?.size ?? 0)
  }
  // Past the border of a tile, so that full tiles, new folders and removals are among the steps.
  await scene.record(cell.national, 250)
  await restart(Number.POSITIVE_INFINITY).turn()
  await see()
  const luck = seeded(7)
  let cuts = 0
  for (let round = 0; round < 5; round++) {
    for (let step = 0; ; step++) {
      await scene.record(cell.national, 1 + Math.floor(luck() * 3))
      const cut = restart(step)
      await cut.turn()
      await see()
      const isCut = disk.operations >= step && cut.standing().some(({ trouble }) => trouble === 'the power is gone')
      disk = disk.afterPowerCut(luck)
      mustHoldTogether(disk)
      // Whoever looked may have kept what was there when the power went, or what came back.
      await see()
      if (!isCut) break
      cuts++
      const after = restart(Number.POSITIVE_INFINITY)
      await after.turn()
      assert.deepEqual(
        after.standing().map(({ halted, trouble }) => [halted, trouble]),
        [[null, null]],
      )
      await see()
    }
  }
  t.diagnostic(`${cuts} cuts, ${shown.length} checkpoints shown`)
  assert.ok(cuts > 60 && shown.length > 60)
  const keys = national.keys.log.map(({ key }) => key)
  const checkpoints = shown.map((note) => {
    const opened = openNote(note, keys)
    assert.ok(opened.ok, note)
    const read = readCheckpoint(opened.value.text)
    assert.ok(read.ok)
    return read.value
  })
  const last = checkpoints.toSorted((a, b) => a.size - b.size).at(-1)
  assert.ok(last)
  const hashes = hashesIn(new LogFolder(disk), last.size)
  assert.deepEqual(
    handedOut,
    handedOut.toSorted((a, b) => a - b),
    'what is handed out never goes back',
  )
  for (const [at, old] of checkpoints.entries()) {
    const proof = proveConsistency(hashes, old.size, last.size)
    assert.ok(isConsistent(old.size, old.root, last.size, last.root, proof), `checkpoint ${at} of ${old.size} entries`)
  }
})

/** The tiles that a checkpoint on the disk speaks of are all there: they come first. */
function mustHoldTogether(disk: MemoryDisk): void {
  const note = disk.read('checkpoint')?.toString('utf8')
  if (note === undefined) return
  const read = readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  assert.ok(read.ok, 'a checkpoint on the disk is whole')
  const { size, root } = read.value
  assert.deepEqual(Buffer.from(hashOfSpan(hashesIn(new LogFolder(disk), size), { start: 0, end: size })), root)
  assert.ok(TileEdge.of((path) => disk.read(path), size) !== null, 'the bundle of the last entries is there')
}

/** The log of one agency, on this disk; the witness is the other agency's, whose memory is in the database. */
function onDisk(scene: LogScene, log: AgencyLog, disk: MemoryDisk): Sequencer {
  const whole = scene.sequencer({}, (each) => (each === log ? disk : new MemoryDisk()))
  const witness = scene.signals
  return new Sequencer({
    store: scene.cell.store,
    logs: [log],
    folderOf: () => new LogFolder(disk),
    outside: [
      {
        name: 'signals',
        keys: witness.keys.witness.map(({ key }) => key),
        url: null,
        ask: async (body) => (await whole.witness(witness.name, body)) ?? { status: 404, body: '' },
      },
    ],
  })
}
