import { crc32 } from 'node:zlib'
import type { HashKind } from '../../exact/index.ts'
import type { Dialect } from '../../pdq/index.ts'
import { type ArchiveKind, archiveKind, closedArchive, headLength } from '../archive-kind.ts'
import { Digesting } from '../digesting.ts'
import { Likening } from '../likening.ts'
import { type Budget, LimitReached } from '../limits.ts'
import type { Name } from '../name.ts'
import {
  closedHere,
  type FileOutcome,
  type FilePlace,
  type FileRemark,
  hashed,
  notOpened,
  setAside,
} from '../outcome.ts'
import { unpackGzip } from './unpack-gzip.ts'
import { unpackTar } from './unpack-tar.ts'
import { unpackZipBytes } from './unpack-zip.ts'

/** What reading an archive needs to know. */
export interface Unpacking {
  readonly kinds: readonly HashKind[]
  readonly pictures: readonly Dialect[]
  readonly budget: Budget
  /** The archive being read. */
  readonly place: FilePlace
  /** 1 in an archive on disk, 2 in an archive in that one. */
  readonly depth: number
}

export const memberPlace = (within: Unpacking, name: Name): FilePlace => ({
  path: within.place.path,
  members: [...within.place.members, name],
})

/** What could not be read any more: one entry stands for the rest, since how much it is cannot be known. */
export const restOf = (within: Unpacking, code: 'damaged' | 'limit', why: string): FileOutcome =>
  setAside(memberPlace(within, { text: '(the rest of the archive)', bytes: null }), code, `Not read further: ${why}.`)

/** Counts and hashes a member's bytes as they pass. */
class Passing {
  readonly #digesting: Digesting
  readonly #budget: Budget
  readonly likening: Likening
  sum = 0
  /** True when the end was reached without a failure. */
  whole = false
  failure: unknown = null

  constructor(within: Unpacking) {
    this.#digesting = new Digesting(within.kinds)
    this.#budget = within.budget
    this.likening = new Likening(within.pictures)
  }

  get size(): number {
    return this.#digesting.size
  }

  digests() {
    return this.#digesting.digests()
  }

  async *through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        this.#budget.takeBytes(chunk.length)
        this.#digesting.update(chunk)
        this.likening.update(chunk)
        this.sum = crc32(chunk, this.sum)
        yield chunk
      }
      this.whole = true
    } catch (error) {
      this.failure = error
      throw error
    }
  }
}

export interface Expected {
  readonly size?: number
  readonly sum?: number
}

/** Hashes one member and, when it is an archive itself, what is in it. */
export async function* readMember(
  chunks: AsyncIterable<Uint8Array>,
  name: Name,
  within: Unpacking,
  expected: Expected = {},
): AsyncGenerator<FileOutcome> {
  const place = memberPlace(within, name)
  const inner: Unpacking = { ...within, place, depth: within.depth + 1 }
  const passing = new Passing(within)
  const remarks: FileRemark[] = []
  let held: Uint8Array | null = null
  const stream = passing.through(chunks)
  try {
    const { kind, closed, all } = await peek(stream)
    if (closed !== null) remarks.push(notOpened(closedHere(closed)))
    if (kind !== null && within.depth >= within.budget.limits.nesting) {
      remarks.push(notOpened(`archives are opened to a depth of ${within.budget.limits.nesting}`))
    } else if (kind === 'zip') {
      held = await hold(all, within.budget)
      if (held === null) remarks.push(notOpened('it is too large to be opened within another archive'))
    } else if (kind === 'tar') yield* unpackTar(all, inner)
    else if (kind === 'gzip') yield* unpackGzip(all, inner)
    // The hash is that of the whole member, also where its content was not understood to the end.
    for await (const _ of all);
  } catch (error) {
    passing.failure ??= error
  }
  if (passing.whole) {
    const likeness = await passing.likening.finish()
    yield hashed(place, passing.size, passing.digests(), [...remarks, ...differences(passing, expected)], likeness)
  } else {
    passing.likening.forget()
    yield failed(place, passing.failure)
  }
  if (held !== null) {
    if (passing.whole) yield* unpackZipBytes(held, inner)
    within.budget.release(held.length)
  }
}

function failed(place: FilePlace, failure: unknown): FileOutcome {
  if (failure instanceof LimitReached) return setAside(place, 'limit', `Not read to its end: ${failure.message}.`)
  const why = failure instanceof Error ? failure.message : 'it ends too early'
  return setAside(place, 'damaged', `Cannot be unpacked: ${why}.`)
}

function differences(passing: Passing, { size, sum }: Expected): FileRemark[] {
  const remarks: FileRemark[] = []
  if (size !== undefined && size !== passing.size) {
    const says = `The archive says ${size} bytes, ${passing.size} were unpacked. The hash is of what was unpacked.`
    remarks.push({ code: 'size-differs', says })
  }
  if (sum !== undefined && sum !== passing.sum) {
    const says = 'The archive gives another checksum: the member may be damaged. The hash is of what was unpacked.'
    remarks.push({ code: 'checksum-differs', says })
  }
  return remarks
}

/** Looks at the beginning; `all` gives every byte, the beginning too. */
async function peek(stream: AsyncGenerator<Uint8Array>) {
  const first: Uint8Array[] = []
  let length = 0
  while (length < headLength) {
    const next = await stream.next()
    if (next.done === true) break
    first.push(next.value)
    length += next.value.length
  }
  const head = first.length === 1 ? first[0] : Buffer.concat(first)
  const start = (head ?? new Uint8Array(0)).subarray(0, headLength)
  const kind: ArchiveKind | null = archiveKind(start)
  return { kind, closed: closedArchive(start), all: again(first, stream) }
}

/** Cannot be closed: who leaves early leaves the rest, which is then read for the hash. */
function again(first: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncIterableIterator<Uint8Array> {
  let at = 0
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      const value = first[at++]
      return value === undefined ? await rest.next() : { value, done: false }
    },
  }
}

/** All bytes, or null when there is no room for them. */
async function hold(chunks: AsyncIterableIterator<Uint8Array>, budget: Budget): Promise<Uint8Array | null> {
  const kept: Uint8Array[] = []
  let length = 0
  for (;;) {
    const next = await chunks.next()
    if (next.done === true) return Buffer.concat(kept)
    if (!budget.hold(next.value.length)) {
      budget.release(length)
      return null
    }
    length += next.value.length
    kept.push(next.value)
  }
}
