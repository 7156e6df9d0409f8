import type { HashKind } from '../exact/index.ts'
import type { Dialect } from '../pdq/index.ts'
import { bytesOfName } from './name.ts'
import type { FileOutcome } from './outcome.ts'
import { isSoundOutcome } from './sound-outcome.ts'

/** What is known of one file on disk, with its archive members: enough to skip it when nothing about it changed. */
export interface JournalEntry {
  /** The path's bytes in hex: two names that look alike stay two. */
  readonly path: string
  readonly size: number
  /** Nanoseconds, as text. The change time also moves when a tool sets the modification time back. */
  readonly modified: string
  readonly changed: string
  readonly kinds: readonly HashKind[]
  /** Were archives looked into? What a run left out is not known to the next. */
  readonly archives: boolean
  readonly pictures: readonly Dialect[]
  readonly outcomes: readonly FileOutcome[]
}

/** Kept by the caller, in memory or line by line in a file. */
export interface Journal {
  recall(path: string): JournalEntry | null
  record(entry: JournalEntry): void
}

export const isStill = (
  entry: JournalEntry,
  now: Pick<JournalEntry, 'size' | 'modified' | 'changed'>,
  wanted: Pick<JournalEntry, 'kinds' | 'archives' | 'pictures'>,
): boolean =>
  entry.archives === wanted.archives &&
  entry.size === now.size &&
  entry.modified === now.modified &&
  entry.changed === now.changed &&
  wanted.kinds.every((kind) => entry.kinds.includes(kind)) &&
  wanted.pictures.every((dialect) => entry.pictures.includes(dialect))

/** An outcome that may be another one next time is not worth remembering. */
export const isLasting = (outcome: FileOutcome): boolean => {
  if (outcome.outcome === 'set-aside') return outcome.reason.code !== 'unreadable' && outcome.reason.code !== 'failed'
  const { likeness } = outcome
  if (likeness?.kind === 'not-decoded' && ['timed-out', 'no-decoder'].includes(likeness.code)) return false
  return outcome.outcome === 'hashed' || outcome.remarks.every(({ code }) => code !== 'changed-while-read')
}

export const journalLine = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`

/**
 * Reads lines back; `onRecord` is given what is to be kept. A line cut off by a crash is only hashed again. Entries stay
 * lines until they are asked for: those of a whole disk would not fit into memory otherwise.
 */
export class LineJournal implements Journal {
  readonly #lines = new Map<string, string>()
  readonly #onRecord: (line: string) => void
  #unread = 0

  constructor(lines: Iterable<string> = [], onRecord: (line: string) => void = () => {}) {
    this.#onRecord = onRecord
    for (const line of lines) {
      if (line === '') continue
      const entry = readLine(line)
      if (entry === null) this.#unread++
      else this.#lines.set(entry.path, line)
    }
  }

  /** Lines that were no entry. */
  get unread(): number {
    return this.#unread
  }

  recall(path: string): JournalEntry | null {
    const line = this.#lines.get(path)
    return line === undefined ? null : readLine(line)
  }

  record(entry: JournalEntry): void {
    const line = journalLine(entry)
    this.#lines.set(entry.path, line)
    this.#onRecord(line)
  }
}

function readLine(line: string): JournalEntry | null {
  try {
    const entry: JournalEntry = JSON.parse(line)
    const sound =
      typeof entry === 'object' &&
      typeof entry.path === 'string' &&
      Number.isSafeInteger(entry.size) &&
      typeof entry.modified === 'string' &&
      typeof entry.changed === 'string' &&
      Array.isArray(entry.kinds) &&
      typeof entry.archives === 'boolean' &&
      Array.isArray(entry.pictures) &&
      Array.isArray(entry.outcomes) &&
      entry.outcomes.every((outcome) => isSoundOutcome(outcome, entry.kinds)) &&
      tellsOfItself(entry)
    return sound ? entry : null
  } catch {
    return null
  }
}

/** An entry without an outcome for its own file would let the file vanish from the account. */
const tellsOfItself = ({ path, outcomes }: JournalEntry): boolean =>
  outcomes.filter(({ place }) => place.members.length === 0).length === 1 &&
  outcomes.every(({ place }) => Buffer.from(bytesOfName(place.path)).toString('hex') === path)
