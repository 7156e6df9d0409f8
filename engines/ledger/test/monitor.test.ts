import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  auditLeaves,
  type Checkpoint,
  compareCheckpoints,
  compareLeaves,
  entryHash,
  type Finding,
  type FindingKind,
  Log,
  readCheckpoint,
} from '../src/index.ts'
import { chance } from './mutations.ts'

const origin = 'log.example/agency-a'
const trials = 10_000

function logOf(entries: readonly Buffer[]): Log {
  const log = new Log(origin)
  for (const entry of entries) log.append(entry)
  return log
}

function checkpointOf(log: Log, size: number = log.size): Checkpoint {
  const read = readCheckpoint(log.checkpointText(size))
  return read.ok ? read.value : assert.fail(read.error.says)
}

const fresh = (word: string, count: number): Buffer[] =>
  Array.from({ length: count }, (_, at) => Buffer.from(`${word} ${at}`))

interface Tampering {
  readonly kind: FindingKind
  readonly at: number
  readonly after: Buffer[]
}

/** What an operator could do to entries that were witnessed; afterwards the log may go on. */
function tamper(kind: FindingKind, entries: readonly Buffer[], below: (limit: number) => number): Tampering {
  const after = [...entries]
  const size = entries.length
  const at = below(size)
  const appended = fresh('later', below(4))
  if (kind === 'edit') {
    after[at] = flipped(after[at] ?? Buffer.alloc(1), below)
    return { kind, at, after: [...after, ...appended] }
  }
  if (kind === 'deletion') {
    const first = below(size - 1)
    after.splice(first, 1 + below(Math.min(5, size - 1 - first)))
    return { kind, at: first, after: [...after, ...appended] }
  }
  if (kind === 'insertion') {
    after.splice(at, 0, ...fresh('put in', 1 + below(4)))
    return { kind, at, after: [...after, ...appended] }
  }
  if (kind === 'swap') {
    const first = below(size - 1)
    const second = first + 1 + below(size - 1 - first)
    after[first] = entries[second] ?? assert.fail()
    after[second] = entries[first] ?? assert.fail()
    return { kind, at: first, after: [...after, ...appended] }
  }
  return { kind: 'truncation', at, after: after.slice(0, at) }
}

function flipped(entry: Buffer, below: (limit: number) => number): Buffer {
  const changed = Buffer.from(entry)
  const at = below(changed.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << below(8))
  return changed
}

describe('a monitor', () => {
  const kinds = ['edit', 'deletion', 'insertion', 'swap', 'truncation', 'rollback', 'fork'] as const
  test(`names every one of ${trials} random tamperings, forks, rollbacks and truncations`, () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < trials; seed++) {
      const below = chance(seed)
      const kind = kinds[seed % kinds.length] ?? assert.fail()
      const entries = fresh(`trial ${seed}, entry`, 3 + below(60))
      const log = logOf(entries)
      const seen = checkpointOf(log)
      const finding = noticed(kind, entries, log, seen, below, seed)
      assert.equal(finding?.kind, kind, `trial ${seed}`)
      assert.match(finding?.says ?? '', new RegExp(`^${kind}`, 'i'))
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    assert.equal(
      [...counts.values()].reduce((sum, count) => sum + count, 0),
      trials,
    )
    assert.deepEqual([...counts.keys()].sort(), [...kinds].sort())
  })

  function noticed(
    kind: (typeof kinds)[number],
    entries: readonly Buffer[],
    log: Log,
    seen: Checkpoint,
    below: (limit: number) => number,
    seed: number,
  ): Finding | null {
    if (kind === 'rollback') {
      const shown = checkpointOf(log, below(log.size))
      const finding = compareCheckpoints(seen, shown, [])
      assert.equal(finding?.at, shown.size)
      return finding
    }
    if (kind === 'fork') {
      const cut = below(log.size)
      const forked = logOf([...entries.slice(0, cut), ...fresh('another history', log.size - cut + below(20))])
      // The log may offer the proof of its other history, or none.
      const offered = forked.proveConsistency(log.size)
      return compareCheckpoints(seen, checkpointOf(forked), below(8) === 0 ? null : offered)
    }
    const { at, after } = tamper(kind, entries, below)
    const leaves = after.map(entryHash)
    const finding = compareLeaves(entries.map(entryHash), leaves)
    assert.equal(finding?.at, at, `trial ${seed}: the place`)
    // Without the leaves of an earlier audit it is noticed all the same, by the root alone.
    assert.notEqual(auditLeaves(seen, leaves), null, `trial ${seed}: by the root`)
    if (after.length > log.size) {
      const grown = logOf(after)
      assert.equal(compareCheckpoints(seen, checkpointOf(grown), grown.proveConsistency(log.size))?.kind, 'fork')
    }
    return auditLeaves(seen, leaves, entries.map(entryHash))
  }

  test('is content with a log that only grew', () => {
    for (let seed = 0; seed < 300; seed++) {
      const below = chance(seed)
      const entries = fresh('entry', 1 + below(80))
      const before = logOf(entries)
      const after = logOf([...entries, ...fresh('later', below(80))])
      const proof = after.proveConsistency(before.size)
      assert.equal(compareCheckpoints(checkpointOf(before), checkpointOf(after), proof), null)
      const leaves = Array.from({ length: after.size }, (_, at) => after.tree.read(0, at))
      assert.equal(compareLeaves(leaves.slice(0, before.size), leaves), null)
      assert.equal(auditLeaves(checkpointOf(before), leaves), null)
      assert.equal(auditLeaves(checkpointOf(after), leaves, leaves.slice(0, before.size)), null)
    }
    const empty = checkpointOf(new Log(origin))
    assert.equal(compareCheckpoints(empty, checkpointOf(logOf(fresh('entry', 3))), null), null)
  })

  test('tells several acts together as a rewrite, and another log from this one', () => {
    const entries = fresh('entry', 10)
    const kept = entries.map(entryHash)
    const twice = kept.map((leaf, at) => (at === 2 || at === 7 ? entryHash(Buffer.from(`x${at}`)) : leaf))
    assert.deepEqual([compareLeaves(kept, twice)?.kind, compareLeaves(kept, twice)?.at], ['rewrite', 2])
    const other = { ...checkpointOf(logOf(entries)), origin: 'log.example/other' }
    assert.equal(compareCheckpoints(checkpointOf(logOf(entries)), other, null)?.kind, 'other log')
    assert.equal(auditLeaves(checkpointOf(logOf(entries)), twice)?.kind, 'rewrite')
    assert.equal(auditLeaves(checkpointOf(logOf(entries)), kept.slice(0, 4))?.kind, 'truncation')
  })
})
