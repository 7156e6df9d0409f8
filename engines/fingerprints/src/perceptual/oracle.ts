import { err, ok, type Result } from '@tandem/core'
import { distanceOf, type HashInput, hashBytes, hexOf } from '../bits/index.ts'
import { inOrder } from './answers.ts'
import type {
  Fingerprint,
  FingerprintBlock,
  IndexSize,
  InputProblem,
  Match,
  Owner,
  PerceptualIndex,
  QueryMatch,
} from './contract.ts'
import { takeIn, takeQueries } from './intake.ts'
import { dropperOf } from './owners.ts'
import { fromRing, toRing } from './ring.ts'
import { saveTables } from './save.ts'

interface Listed {
  readonly hash: Uint8Array
  owners: Owner[]
}

/**
 * The same promises kept in the plainest way: every query looks at every hash, byte by byte. Tests judge the tables by
 * it, and it serves where WebAssembly has no vectors. It shares input checks and the saved form, no search code.
 */
export class PlainIndex implements PerceptualIndex {
  readonly kind = 'plain'
  #listed = new Map<string, Listed>()

  add(items: Iterable<Fingerprint | FingerprintBlock>): Result<number, InputProblem> {
    const batches: { hashes: Uint8Array; lists: Uint32Array; entries: Uint32Array }[] = []
    const taken = takeIn(items, 4096, ({ hashes, lists, entries }) =>
      batches.push({ hashes: hashes.slice(), lists: lists.slice(), entries: entries.slice() }),
    )
    if (!taken.ok) return taken
    for (const { hashes, lists, entries } of [...batches, taken.value.rest]) {
      for (let at = 0; at < lists.length; at++) {
        this.#take(hashes.slice(at * hashBytes, (at + 1) * hashBytes), lists[at] ?? 0, entries[at] ?? 0)
      }
    }
    return ok(taken.value.total)
  }

  #take(hash: Uint8Array, list: number, entry: number): void {
    const key = hexOf(hash)
    const listed = this.#listed.get(key) ?? { hash, owners: [] }
    this.#listed.set(key, listed)
    listed.owners.push({ list, entry })
  }

  remove(owners: Iterable<Owner>): number {
    return this.#drop(dropperOf(owners))
  }

  withdraw(list: number): number {
    return this.#drop((other) => other === list)
  }

  #drop(goes: (list: number, entry: number) => boolean): number {
    let dropped = 0
    for (const [key, listed] of this.#listed) {
      const kept = listed.owners.filter(({ list, entry }) => !goes(list, entry))
      dropped += listed.owners.length - kept.length
      listed.owners = kept
      if (kept.length === 0) this.#listed.delete(key)
    }
    return dropped
  }

  query(hash: HashInput, radius: number): Result<readonly Match[], InputProblem> {
    const found = this.queryMany([hash], radius)
    if (!found.ok) return err({ ...found.error, position: null })
    return ok(found.value.map(({ query: _, ...match }) => match))
  }

  queryMany(hashes: readonly HashInput[] | Uint8Array, radius: number): Result<readonly QueryMatch[], InputProblem> {
    const queries = takeQueries(hashes, radius)
    if (!queries.ok) return queries
    const matches: QueryMatch[] = []
    for (let query = 0; query < queries.value.length / hashBytes; query++) {
      const wanted = queries.value.subarray(query * hashBytes, (query + 1) * hashBytes)
      for (const [key, { hash, owners }] of this.#listed) {
        const distance = distanceOf(wanted, hash)
        if (distance > radius) continue
        for (const { list, entry } of owners) {
          matches.push({ query, list, entry, distance, hash: key, foundBy: { by: 'scan' } })
        }
      }
    }
    return ok(inOrder(matches))
  }

  async queryManyOn(_pool: unknown, hashes: readonly HashInput[] | Uint8Array, radius: number) {
    return this.queryMany(hashes, radius)
  }

  compact(): void {
    for (const listed of this.#listed.values()) {
      const pairs = new Map(listed.owners.map((owner) => [`${owner.list}/${owner.entry}`, owner]))
      listed.owners = [...pairs.values()]
    }
  }

  size(): IndexSize {
    const pairs = [...this.#listed.values()].reduce((sum, { owners }) => sum + owners.length, 0)
    const hashes = this.#listed.size
    return { hashes, pairs, removed: 0, tables: [], tail: hashes, bytes: 256 * hashes + 32 * pairs }
  }

  isSound(): boolean {
    return true
  }

  *save(): Generator<Uint8Array> {
    const records: number[] = []
    for (const { hash, owners } of this.#listed.values()) {
      const ring = new Uint32Array(toRing(hash).buffer)
      for (const { list, entry } of owners) records.push(...ring, list, entry)
    }
    yield* saveTables([], Uint32Array.from(records))
  }

  /** For loading: a hash in ring order. */
  adoptRow(rows: Uint32Array, row: number, list: number, entry: number): void {
    this.#take(fromRing(new Uint8Array(rows.slice(row * 8, row * 8 + 8).buffer)), list, entry)
  }
  adoptRecords(records: Uint32Array): void {
    for (let at = 0; at < records.length; at += 10) {
      this.adoptRow(records.subarray(at, at + 8), 0, records[at + 8] ?? 0, records[at + 9] ?? 0)
    }
  }
}
