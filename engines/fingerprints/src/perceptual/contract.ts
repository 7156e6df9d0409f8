import type { Result } from '@tandem/core'
import type { HashInput, HashProblem } from '../bits/index.ts'
import type { PlanName } from './plan.ts'
import type { SearchPool } from './pool.ts'

/** One place on one version of one list; both are numbers from 0 to 4,294,967,294. */
export interface Owner {
  readonly list: number
  readonly entry: number
}

export interface Fingerprint extends Owner {
  readonly hash: HashInput
}

/** Many hashes of one list, 32 bytes each; the first has entry number `firstEntry`, the others follow. */
export interface FingerprintBlock {
  readonly list: number
  readonly firstEntry: number
  readonly hashes: Uint8Array
}

/** How a match came to light: by looking at everything, or in one band's table with these PDQ bits flipped. */
export type FoundBy =
  | { readonly by: 'scan' }
  | { readonly by: 'band'; readonly plan: PlanName; readonly band: number; readonly flipped: readonly number[] }

export interface Match extends Owner {
  /** Differing bits. */
  readonly distance: number
  /** The listed hash. */
  readonly hash: string
  readonly foundBy: FoundBy
}

export interface QueryMatch extends Match {
  /** Which of the queries, counted from 0. */
  readonly query: number
}

export interface InputProblem {
  readonly code: HashProblem['code'] | 'not-a-radius' | 'not-a-number' | 'not-whole-hashes'
  readonly says: string
  /** Which of the hashes or entries, counted from 0. */
  readonly position: number | null
}

export interface IndexSize {
  /** Stored hashes. Equal ones are one within a table; `compact` makes one table of pairs that fit one. */
  readonly hashes: number
  /** Places on lists that have them, without the removed ones. */
  readonly pairs: number
  /** Removed pairs that still take room. */
  readonly removed: number
  /** Rows of each indexed table, and of the scanned tail. */
  readonly tables: readonly { readonly plan: PlanName; readonly rows: number }[]
  readonly tail: number
  /** Memory reserved for all this. */
  readonly bytes: number
}

/**
 * Finds every listed hash within a radius, and nothing else. Matches come in a fixed order: query, distance, list,
 * entry, hash. A pair is reported once for each hash that it has.
 */
export interface PerceptualIndex {
  readonly kind: 'kernel' | 'plain'
  /** All or nothing: at the first problem none of these is added. Gives the number of pairs taken. */
  add(items: Iterable<Fingerprint | FingerprintBlock>): Result<number, InputProblem>
  /** Takes effect at once; the room is won back by `compact`. Gives the number of pairs removed. */
  remove(owners: Iterable<Owner>): number
  /** Removes everything that one list brought. */
  withdraw(list: number): number
  query(hash: HashInput, radius: number): Result<readonly Match[], InputProblem>
  /** Packed hashes have 32 bytes each. */
  queryMany(hashes: readonly HashInput[] | Uint8Array, radius: number): Result<readonly QueryMatch[], InputProblem>
  /** The same on the threads of a pool. */
  queryManyOn(
    pool: SearchPool,
    hashes: readonly HashInput[] | Uint8Array,
    radius: number,
  ): Promise<Result<readonly QueryMatch[], InputProblem>>
  /** Frees what was removed and brings everything into as few tables as there can be. */
  compact(): void
  size(): IndexSize
  /** Whether every table holds every hash in each band. Reads everything. */
  isSound(): boolean
  /** The bytes of a saved file. The index must not change before the last one is taken. */
  save(): Generator<Uint8Array>
}

export interface IndexOptions {
  /** `plain` forces the slow path without WebAssembly. */
  readonly kernel?: 'auto' | 'plain'
  /** How many hashes are kept unindexed and scanned. */
  readonly tailRows?: number
  /** The largest table; a memory has 4 GiB, which 30 million hashes fill. */
  readonly shardRows?: number
  readonly plan?: 'auto' | PlanName
  /** If more than 50 million hashes will come, saying so saves building tables twice. */
  readonly expectedRows?: number
}
