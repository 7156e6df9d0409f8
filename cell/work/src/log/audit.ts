import {
  type Checkpoint,
  CompactRange,
  compareCheckpoints,
  compareLeaves,
  entryHash,
  type Finding,
  isConsistent,
  proveConsistency,
  rootOf,
  tilePath,
  tileWidth,
} from '@tandem/ledger'
import type { Row, Store } from '@tandem/store'
import { hashesIn } from './cosign.ts'
import type { LogKeeper } from './keeper.ts'
import { Halted } from './types.ts'

/** What an audit of one log looked at, and what it found. */
export interface Audit {
  /** Entries that were compared one by one. */
  readonly entries: number
  /** The greatest checkpoint that was published. */
  readonly size: number
  readonly findings: readonly LogFinding[]
}

export type LogFinding = Omit<Finding, 'kind'> & { readonly kind: string }

/** Leaves that are compared at a time, and how far a look goes that names a difference. */
const CHUNK = 4096
const WINDOW = 20_000

/** What was published and cosigned at one moment, read while the sequencer stood still. */
export interface Snapshot {
  readonly file: string | null
  readonly row: Row<'log/all'> | undefined
  readonly witnesses: readonly Row<'log/witnesses_of'>[]
}

export async function snapshotOf(store: Store, { log, folder }: LogKeeper): Promise<Snapshot> {
  return store.log(async (run) => ({
    file: folder.read('checkpoint')?.toString('utf8') ?? null,
    row: (await run('log/all', {})).find(({ agency_id }) => agency_id === log.agency),
    witnesses: await run('log/witnesses_of', { origin: log.origin }),
  }))
}

/**
 * Database, tiles, checkpoints and the memory of the witnesses against each other, entry by entry. Whoever changed one of
 * them behind the cell's back is found by the others. It reads while work goes on: what has been published does not move.
 */
export async function auditLog(store: Store, keeper: LogKeeper, snapshot: Snapshot): Promise<Audit> {
  const { file, row } = snapshot
  const findings: LogFinding[] = []
  const inFile = believed(keeper, file, 'the file', findings)
  const inRow = believed(keeper, row?.note ?? null, 'the database', findings)
  const cosigned = believed(keeper, row?.cosigned_note ?? null, 'the database (cosigned)', findings)
  const known = [inFile, inRow, cosigned].filter((each) => each !== null)
  const [last] = known.toSorted((a, b) => b.size - a.size)
  if (last === undefined) return { entries: 0, size: 0, findings }
  const told = inRow?.size ?? 0
  if (told < last.size)
    findings.push(rollback(`the database tells of ${told} entries, and ${last.size} were published.`, told))
  const tiles = await leafHashes(keeper, last, findings)
  if (tiles !== null) {
    for (const other of known) if (other !== last) findings.push(...differing(keeper, other, last))
    findings.push(...witnessed(keeper, snapshot.witnesses, last))
  }
  findings.push(...(await againstDatabase(store, keeper, last, tiles)))
  return { entries: last.size, size: last.size, findings }
}

function believed(keeper: LogKeeper, note: string | null, where: string, findings: LogFinding[]): Checkpoint | null {
  if (note === null) return null
  try {
    return keeper.read(note)
  } catch (error) {
    if (!(error instanceof Halted)) throw error
    findings.push({
      kind: error.kind,
      at: null,
      count: null,
      says: `Forgery: the checkpoint in ${where} does not bear the signatures of this log.`,
    })
    return null
  }
}

/** The tiles give the root that was signed; null, and a finding, when they do not. */
async function leafHashes(
  { log, folder }: LogKeeper,
  { size, root }: Checkpoint,
  findings: LogFinding[],
): Promise<Uint8Array[] | null> {
  const edge = CompactRange.empty()
  const hashes: Uint8Array[] = []
  for (let index = 0; index * tileWidth < size; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth)
    const bytes =
      folder.read(tilePath({ level: 0, index, width })) ?? folder.read(tilePath({ level: 0, index, width: tileWidth }))
    if (bytes === null || bytes.length < 32 * width) {
      findings.push(
        spoilt(`The tile of the entries from ${index * tileWidth} on is missing or short.`, index * tileWidth),
      )
      return null
    }
    for (let at = 0; at < width; at++) {
      const hash = bytes.subarray(32 * at, 32 * at + 32)
      edge.append(hash)
      hashes.push(hash)
    }
    if (index % 64 === 63) await breath()
  }
  if (root.equals(edge.root()) && isWholeTree(folder, hashes, root)) return hashes
  findings.push(spoilt(`The tiles are not those that ${log.origin} has signed for.`, null))
  return null
}

/** The tiles of the upper levels agree with those of the lowest. */
function isWholeTree(folder: LogKeeper['folder'], hashes: readonly Uint8Array[], root: Buffer): boolean {
  try {
    return root.equals(rootOf(hashesIn(folder, hashes.length), hashes.length))
  } catch {
    return false
  }
}

/** Two checkpoints of this log: the smaller must be the beginning of the greater. */
function differing({ folder }: LogKeeper, seen: Checkpoint, shown: Checkpoint): LogFinding[] {
  const proof =
    seen.size === 0 || seen.size >= shown.size
      ? null
      : proveConsistency(hashesIn(folder, shown.size), seen.size, shown.size)
  const finding = compareCheckpoints(seen, shown, proof)
  return finding === null ? [] : [finding]
}

/** What the witnesses of this cell remember of the log. */
function witnessed({ folder }: LogKeeper, remembered: Snapshot['witnesses'], last: Checkpoint): LogFinding[] {
  return remembered.flatMap(({ name, size, root }) => {
    if (size > last.size)
      return [
        rollback(`the witness of ${name} has cosigned ${size} entries, and ${last.size} are published.`, last.size),
      ]
    if (size === 0) return []
    const proof = size === last.size ? [] : proveConsistency(hashesIn(folder, last.size), size, last.size)
    if (isConsistent(size, root, last.size, last.root, proof)) return []
    return [
      {
        kind: 'fork',
        at: null,
        count: null,
        says: `Fork: the witness of ${name} has cosigned another history of ${size} entries.`,
      },
    ]
  })
}

/** The leaves of the database in their order against the tiles, or, where those are spoilt, against the checkpoint. */
async function againstDatabase(
  store: Store,
  { log }: LogKeeper,
  { size, root, origin }: Checkpoint,
  kept: readonly Uint8Array[] | null,
): Promise<LogFinding[]> {
  const page = (from: number, limit: number): Promise<Row<'log/leaves'>[]> =>
    store.log((run) => run('log/leaves', { agency_id: log.agency, from_index: from, limit }))
  const edge = CompactRange.empty()
  for (let at = 0; at < size; at += CHUNK) {
    const rows = (await page(at, Math.min(CHUNK, size - at))).filter(({ index }) => index < size)
    const isAsKept = rows.every(({ index, leaf }, step) => {
      const hash = index === at + step && leaf !== null ? entryHash(leaf) : null
      if (hash !== null) edge.append(hash)
      return hash !== null && (kept === null || Buffer.compare(hash, kept[at + step] ?? Buffer.alloc(0)) === 0)
    })
    if (isAsKept && rows.length === Math.min(CHUNK, size - at)) continue
    if (kept === null)
      return [
        { kind: 'deletion', at: null, count: null, says: `Deletion: entries after ${at} are missing in the database.` },
      ]
    const shown = hashesOf(await page(at, WINDOW + 1_000))
    const finding = compareLeaves(kept.slice(at, at + WINDOW), shown, at)
    return finding === null ? [] : [finding]
  }
  if (root.equals(edge.root())) return []
  return [
    {
      kind: 'rewrite',
      at: null,
      count: null,
      says: `Rewrite: the ${size} entries in the database are not those that ${origin} has signed for.`,
    },
  ]
}

/** A row whose leaf is gone counts as no entry. */
const hashesOf = (rows: readonly Row<'log/leaves'>[]): Uint8Array[] =>
  rows.flatMap(({ leaf }) => (leaf === null ? [] : [entryHash(leaf)]))

const rollback = (says: string, at: number): LogFinding => ({
  kind: 'rollback',
  at,
  count: null,
  says: `Rollback: ${says}`,
})
const spoilt = (says: string, at: number | null): LogFinding => ({ kind: 'spoilt tiles', at, count: null, says })
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
