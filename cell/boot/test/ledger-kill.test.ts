import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isConsistent, proveConsistency, readCheckpoint, readerOfTiles, TileEdge, tilePath } from '@tandem/ledger'
import { seeded } from '@tandem/testkit'
import { descendantsOf, kill } from './crash-run.ts'
import { temporaryFolder } from './training-folder.ts'

const kills = Number(process.env['TANDEM_KILLS'] ?? '3')
const script = new URL('./ledger-victim.ts', import.meta.url).pathname

/** Runs until so many checkpoints were told, a little longer, and is killed with its database. */
async function runAndKill(root: string, checkpoints: number, longer: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, root], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const notes: string[] = []
  const problems: string[] = []
  const enough = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.endsWith('}')) return
    const told: { note?: string; problem?: string } = JSON.parse(line)
    if (told.note !== undefined) notes.push(told.note)
    if (told.problem !== undefined && !told.problem.startsWith('the database ')) problems.push(told.problem)
    if (notes.length >= checkpoints) enough.resolve()
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([enough.promise, ended, sleep(90_000, undefined, { ref: false })])
  await sleep(longer)
  for (const pid of [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)]) kill(pid)
  await ended
  assert.deepEqual(problems, [])
  assert.ok(notes.length >= checkpoints, `only ${notes.length} checkpoints`)
  return notes
}

const read = (note: string) => {
  const checkpoint = readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  assert.ok(checkpoint.ok)
  return checkpoint.value
}

test('a cell that is killed with its database at random moments never contradicts a checkpoint', {
  timeout: 600_000,
}, async (t) => {
  const root = join(temporaryFolder(t), 'data')
  const random = seeded('ledger kill')
  const shown: string[] = []
  const fileAt = (path: string): Buffer | null => {
    try {
      return readFileSync(join(root, 'ledger', 'crime-agency', path))
    } catch {
      return null
    }
  }
  for (let round = 0; round <= kills; round++) {
    shown.push(...(await runAndKill(root, random.between(3, 12), random.between(0, 150))))
    // As a copy of the folder would be: the checkpoint there and everything it speaks of.
    const note = fileAt('checkpoint')?.toString('utf8')
    assert.ok(note)
    shown.push(note)
    const edge = TileEdge.of(fileAt, read(note).size)
    assert.deepEqual(edge === null ? null : Buffer.from(edge.root()), read(note).root)
  }
  const checkpoints = shown.map(read)
  const last = checkpoints.toSorted((a, b) => a.size - b.size).at(-1)
  assert.ok(last)
  const hashes = readerOfTiles(
    (tile) => fileAt(tilePath(tile)) ?? fileAt(tilePath({ ...tile, width: 256 })) ?? assert.fail(tilePath(tile)),
    last.size,
  )
  for (const { size, root: old } of checkpoints) {
    const proof = proveConsistency(hashes, size, last.size)
    assert.ok(isConsistent(size, old, last.size, last.root, proof), `the checkpoint of ${size} entries`)
  }
  t.diagnostic(`${kills} kills, ${shown.length} checkpoints, ${last.size} entries`)
})
