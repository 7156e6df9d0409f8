import { type Checkpoint, entryHash, isIncluded, proveInclusion, readCheckpoint, writeTlogProof } from '@tandem/ledger'
import { hashesIn } from './cosign.ts'
import type { LogFolder } from './folder.ts'

/** The columns of a log that a person was let see. */
export interface PublishedLog {
  readonly size: number
  readonly note: string | null
  readonly cosigned_size: number
  readonly cosigned_note: string | null
}

export interface Covering {
  readonly checkpoint: Checkpoint
  readonly note: string
  /** Enough witnesses have signed it. */
  readonly isWitnessed: boolean
}

/** The checkpoint to prove an entry with: a witnessed one where there is one that reaches so far. Null: it must wait. */
export function covering(log: PublishedLog, index: number | null): Covering | null {
  if (index === null) return null
  if (log.cosigned_note !== null && index < log.cosigned_size) return of(log.cosigned_note, true)
  return log.note !== null && index < log.size ? of(log.note, false) : null
}

function of(note: string, isWitnessed: boolean): Covering {
  const checkpoint = readCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))
  if (!checkpoint.ok) throw new Error(`a published checkpoint cannot be read: ${checkpoint.error.says}`)
  return { checkpoint: checkpoint.value, note, isWitnessed }
}

export interface Proof {
  /** Does it lead from the leaf to the checkpoint? */
  readonly included: boolean
  /** C2SP tlog-proof; null when the tiles do not give one. */
  readonly text: string | null
}

/** Made out of the tiles, and checked before anybody is shown it. */
export function proveEntry(
  folder: Pick<LogFolder, 'read'>,
  leaf: Uint8Array,
  index: number,
  { checkpoint, note }: Covering,
): Proof {
  const { size, root } = checkpoint
  let hashes: Uint8Array[]
  try {
    hashes = proveInclusion(hashesIn(folder, size), index, size)
  } catch {
    return { included: false, text: null }
  }
  const included = isIncluded(index, entryHash(leaf), size, root, hashes)
  return { included, text: writeTlogProof({ extra: null, index, hashes, checkpoint: note }) }
}
