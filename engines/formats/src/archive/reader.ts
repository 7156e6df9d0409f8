import type { Limits, ReaderEnd } from '../reader.ts'
import type { AnyRecord, Entry } from '../record.ts'
import { type ArchiveLimits, Budget, defaultArchiveLimits } from './limits.ts'
import { type ArchiveKind, cutterOf, openingNested } from './nested.ts'
import { ArchiveParser, type OpenMember } from './parser.ts'

export interface ArchiveOptions {
  readonly limits: ArchiveLimits
  /** Asked for each member that is no archive: gives what reads on in it, or null. */
  readonly open: OpenMember
}

export const listOnly: ArchiveOptions = { limits: defaultArchiveLimits, open: () => null }

/** The parser of one archive: members as items, and before each the entries of what lies in it. */
export function archiveParser(
  kind: ArchiveKind,
  format: 'zip' | 'tar',
  limits: Limits,
  options: ArchiveOptions,
): ArchiveParser {
  const budget = new Budget({ ...options.limits, maxMembers: Math.min(options.limits.maxMembers, limits.maxRecords) })
  return new ArchiveParser(cutterOf(kind), { format, path: [], budget, open: openingNested(budget, options.open) })
}

/** Decides by the first bytes which of its forms it is, then hands on. */
export class LateParser {
  #parser: ArchiveParser | null = null
  #head: Buffer = Buffer.alloc(0)
  readonly #make: (head: Uint8Array) => ArchiveParser

  constructor(make: (head: Uint8Array) => ArchiveParser) {
    this.#make = make
  }

  *push(chunk: Uint8Array): Generator<Entry<AnyRecord>, void, undefined> {
    if (this.#parser !== null) {
      yield* this.#parser.push(chunk)
      return
    }
    this.#head = Buffer.concat([this.#head, chunk])
    if (this.#head.length < 8192) return
    this.#parser = this.#make(this.#head)
    yield* this.#parser.push(this.#head)
  }

  *end(): Generator<Entry<AnyRecord>, ReaderEnd, undefined> {
    if (this.#parser === null) {
      this.#parser = this.#make(this.#head)
      yield* this.#parser.push(this.#head)
    }
    return yield* this.#parser.end()
  }
}
