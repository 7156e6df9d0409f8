import { writeCheckpoint } from './note/checkpoint.ts'
import { type NoteSigner, signNote } from './note/signer.ts'
import { writeTlogProof } from './tlog-proof.ts'
import { proveConsistency, proveInclusion } from './tree/prove.ts'
import { MerkleTree } from './tree/tree.ts'

/**
 * A transparency log in memory: what is appended stays. It holds hashes only, so it forgets nothing when content is
 * erased elsewhere.
 */
export class Log {
  readonly origin: string
  readonly tree = new MerkleTree()

  constructor(origin: string) {
    this.origin = origin
  }

  get size(): number {
    return this.tree.size
  }

  append(entry: Uint8Array): number {
    return this.tree.append(entry)
  }

  /** The text that signers sign for the log as it was at `size`. */
  checkpointText(size: number = this.size): string {
    return writeCheckpoint({ origin: this.origin, size, root: this.tree.root(size) })
  }

  /** `time` in seconds since 1970. */
  checkpoint(signers: readonly NoteSigner[], time: number, size: number = this.size): string {
    return signNote(this.checkpointText(size), signers, time)
  }

  proveConsistency(oldSize: number, size: number = this.size): Uint8Array[] {
    return oldSize === 0 ? [] : proveConsistency(this.tree.read, oldSize, size)
  }

  /** `checkpoint` is a note of this log at `size`, with whatever cosignatures it has gathered. */
  prove(index: number, size: number, checkpoint: string): string {
    return writeTlogProof({ extra: null, index, hashes: proveInclusion(this.tree.read, index, size), checkpoint })
  }
}
