import { err, ok, type Result } from '@tandem/core'
import { readHash } from '../bits/index.ts'
import { bytesOf, ExactBuilder, type HashKind, hashKinds } from '../exact/index.ts'
import { buildPerceptualIndex, type FingerprintBlock, type IndexOptions } from '../perceptual/index.ts'
import { Catalogue } from './catalogue.ts'
import { isExact, type ListAbout, type ListedHash, type NewEntry } from './list.ts'
import { LoadedList } from './loaded-list.ts'

/** Why an entry was not taken. Whoever reads the list counts it as set aside. */
export interface EntryRefusal {
  readonly code: 'no-hash' | 'not-a-hash' | 'bad-quality' | 'too-many-categories' | 'list-full'
  readonly says: string
}

const mostEntries = 0xffff_fffe

/** Takes the entries of several lists, from whatever format, and builds one catalogue with its indexes. */
export class CatalogueBuilder {
  readonly #lists: LoadedList[] = []
  readonly #exact = new Map<HashKind, ExactBuilder>()
  readonly #perceptual = new PdqColumn()

  /** A list's handle is its number among the lists, from 0. */
  list(about: ListAbout): ListBuilder {
    const list = new LoadedList(this.#lists.length, about)
    this.#lists.push(list)
    return new ListBuilder(list, this.#exact, this.#perceptual)
  }

  build(options: IndexOptions = {}): Catalogue {
    const exact = new Map(
      hashKinds.flatMap((kind) => {
        const builder = this.#exact.get(kind)
        return builder === undefined ? [] : [[kind, builder.build()] as const]
      }),
    )
    if (this.#perceptual.rows === 0) return new Catalogue(this.#lists, exact, null)
    const perceptual = buildPerceptualIndex(this.#perceptual.blocks(), options)
    // Every hash was read before it was taken.
    if (!perceptual.ok) throw new Error(perceptual.error.says)
    return new Catalogue(this.#lists, exact, perceptual.value)
  }
}

/** One list being read. */
export class ListBuilder {
  readonly #list: LoadedList
  readonly #exact: Map<HashKind, ExactBuilder>
  readonly #perceptual: PdqColumn

  constructor(list: LoadedList, exact: Map<HashKind, ExactBuilder>, perceptual: PdqColumn) {
    this.#list = list
    this.#exact = exact
    this.#perceptual = perceptual
  }

  get handle(): number {
    return this.#list.handle
  }

  get entries(): number {
    return this.#list.entries
  }

  /** One hash that is an entry of its own. */
  add(given: ListedHash & Omit<NewEntry, 'hashes'>): Result<number, EntryRefusal> {
    const { kind, value, ...about } = given
    return this.addEntry({ ...about, hashes: [{ kind, value }] })
  }

  /** An entry with all its hashes; gives its position on the list. All or nothing. */
  addEntry(given: NewEntry): Result<number, EntryRefusal> {
    if (given.hashes.length === 0) return refuse('no-hash', 'The entry has no hash that can be looked up.')
    const wrong = given.hashes.find(({ kind, value }) => !isHash(kind, value))
    if (wrong !== undefined) return refuse('not-a-hash', `The entry's ${wrong.kind} is not a hash of that kind.`)
    const { quality } = given
    if (typeof quality === 'number' && !(Number.isInteger(quality) && quality >= 0 && quality <= 100)) {
      return refuse('bad-quality', 'The quality is not a whole number from 0 to 100.')
    }
    const entry = this.#list.entries
    if (entry > mostEntries) return refuse('list-full', 'The list has more entries than a list can have.')
    if (!this.#list.add(given)) return refuse('too-many-categories', 'The list names more than 65,535 categories.')
    for (const hash of given.hashes) this.#take(hash, entry)
    return ok(entry)
  }

  #take({ kind, value }: ListedHash, entry: number): void {
    if (!isExact(kind)) {
      this.#perceptual.add(Buffer.from(value, 'hex'), this.#list.handle, entry)
      return
    }
    const builder = this.#exact.get(kind) ?? new ExactBuilder(kind)
    this.#exact.set(kind, builder)
    builder.add(value, this.#list.handle, entry)
  }
}

/** PDQ hashes as bytes, in runs whose entries count up. */
class PdqColumn {
  readonly #runs: { list: number; first: number; count: number; hashes: Uint8Array }[] = []
  rows = 0

  add(hash: Uint8Array, list: number, entry: number): void {
    const run = this.#runFor(list, entry)
    run.hashes.set(hash, run.count * 32)
    run.count++
    this.rows++
  }

  *blocks(): Generator<FingerprintBlock> {
    for (const { list, first, count, hashes } of this.#runs) {
      yield { list, firstEntry: first, hashes: hashes.subarray(0, count * 32) }
    }
  }

  #runFor(list: number, entry: number) {
    const last = this.#runs.at(-1)
    if (last !== undefined && last.list === list && last.first + last.count === entry) {
      if (last.count * 32 < last.hashes.length) return last
      if (last.count < 65_536) {
        const larger = new Uint8Array(last.hashes.length * 2)
        larger.set(last.hashes)
        last.hashes = larger
        return last
      }
    }
    const run = { list, first: entry, count: 0, hashes: new Uint8Array(32) }
    this.#runs.push(run)
    return run
  }
}

const isHash = (kind: ListedHash['kind'], value: string): boolean =>
  isExact(kind) ? value.length === bytesOf[kind] * 2 && /^[0-9a-f]+$/i.test(value) : readHash(value).ok

const refuse = (code: EntryRefusal['code'], says: string): Result<never, EntryRefusal> => err({ code, says })
