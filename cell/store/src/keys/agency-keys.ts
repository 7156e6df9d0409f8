import type { Keyring, NamedKey } from '@tandem/vault'

/** An agency's keys as the store meets them: wherever they are kept, and whether or not they are open. */
export interface AgencyKeys {
  readonly agency: string
  /**
   * Throws TANDEM-SEAL-001 while the agency's officers have not opened them. After break-glass they are open for a few
   * records alone: then for no other, and for nothing that is of no record.
   */
  open(record?: string): Keyring
  /** Keys of an operation, on disk before anything is sealed under them. */
  ensureOperation(operation: string): void
  /** Keys of records that were opened lately. */
  readonly cache: RecordKeyCache
  /** Replacements of operation keys, one at a time; each is brought on disk before it is used. */
  readonly replacing: SlotReplacement
}

export interface SlotReplacement {
  /** Waits for any other replacement. */
  enter(): Promise<void>
  begin(operation: string, slot: number): void
  /** What a copy of the database from before this moment needs, to be opened with the keys of after. */
  keepForOlderCopies(operation: string, slot: number, version: number, records: readonly WrappedRecordKey[]): void
  end(operation: string, slot: number, keep: 'current' | 'next'): void
  leave(): void
}

export interface WrappedRecordKey {
  readonly record: string
  readonly bytes: Uint8Array
}

export interface RecordKey {
  readonly operation: string
  readonly key: NamedKey
}

/** The last so many keys, in memory alone. A key is some 200 bytes. */
export class RecordKeyCache {
  readonly #most: number
  readonly #keys = new Map<string, RecordKey>()

  constructor(most = 20_000) {
    this.#most = most
  }

  get size(): number {
    return this.#keys.size
  }

  get(record: string): RecordKey | undefined {
    const found = this.#keys.get(record)
    if (found === undefined) return undefined
    this.#keys.delete(record)
    this.#keys.set(record, found)
    return found
  }

  add(record: string, key: RecordKey): void {
    this.#keys.set(record, key)
    if (this.#keys.size <= this.#most) return
    // The one that was not asked for the longest. A transaction may still hold it, so it is only forgotten here.
    const [oldest] = this.#keys.keys()
    if (oldest !== undefined) this.#keys.delete(oldest)
  }

  forget(record: string): void {
    this.#keys.delete(record)
  }

  clear(): void {
    this.#keys.clear()
  }
}
