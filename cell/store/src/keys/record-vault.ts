import { Refusal } from '@tandem/core'
import {
  type FieldPlace,
  newKey,
  openField,
  recordKeyName,
  sealField,
  slotKeyName,
  slotOfRecord,
  unwrapKey,
  wrapKey,
} from '@tandem/vault'
import type { Parameters, QueryName, Row } from '../catalogue.ts'
import type { Outcome } from '../scope.ts'
import type { AgencyKeys, RecordKey } from './agency-keys.ts'
import { type Replaced, replaceSlot } from './replace-slot.ts'

/** Where a sealed value stands. `record` is the one whose key seals it: a referral, or a delivery. */
export interface SealedPlace {
  readonly record: string
  readonly table: string
  readonly column: string
  readonly row: string
}

export type RunQuery = <N extends QueryName>(name: N, parameters: Parameters<N>) => Promise<Row<N>[]>

/** The first envelopes were sealed by one key of the whole agency; every later one by its record's own. */
const OLD_FORMAT = 1

/**
 * What one transaction may seal and open: each record under a key of its own, which lies wrapped in the database under a
 * key of its operation, which lies outside. Keys are fetched first (`unlock`, `create`), so that opening is plain work.
 */
export class RecordVault {
  readonly #keys: () => AgencyKeys
  readonly #run: RunQuery
  readonly #known = new Map<string, RecordKey>()
  readonly #made = new Set<string>()
  readonly #erased = new Set<string>()
  readonly #absent = new Set<string>()
  #replaced: Replaced[] = []
  #hasEntered = false

  constructor(keys: () => AgencyKeys, run: RunQuery) {
    this.#keys = keys
    this.#run = run
  }

  /**
   * Keys for records that come into being in this transaction. They can be used at once, and are asked for with the rest;
   * where the agency is sealed this throws before anything is asked.
   */
  create(operation: string, records: readonly string[]): Promise<void> {
    if (records.length === 0) return Promise.resolve()
    const keys = this.#keys()
    const keyring = keys.open()
    keys.ensureOperation(operation)
    const fresh = records.map((record) => {
      const slot = keyring.slotKey(operation, slotOfRecord(record))
      const key = newKey(recordKeyName(keys.agency, record))
      return { record, key, slot: slotOfRecord(record), version: slot.name.version, bytes: wrapKey(slot, key).bytes }
    })
    for (const { record, key } of fresh) {
      this.#known.set(record, { operation, key })
      this.#made.add(record)
    }
    return this.#insert(operation, fresh)
  }

  async #insert(
    operation: string,
    fresh: readonly { record: string; slot: number; version: number; bytes: Uint8Array }[],
  ): Promise<void> {
    const rows = await this.#run('key/insert', {
      operation_id: operation,
      records: fresh.map(({ record }) => record),
      slots: fresh.map(({ slot }) => slot),
      versions: fresh.map(({ version }) => version),
      bytes: fresh.map(({ bytes }) => Buffer.from(bytes)),
    })
    const inserted = new Set(rows.map(({ record_id }) => record_id))
    for (const { record } of fresh) {
      if (inserted.has(record)) {
        this.#absent.delete(record)
        continue
      }
      // There is one already: whatever this one would have sealed could never be opened.
      this.#known.delete(record)
      this.#made.delete(record)
    }
  }

  /** Fetches the keys of records. Those that have none were sealed before records had keys; erased ones say so later. */
  async unlock(records: readonly string[]): Promise<void> {
    const wanted = [...new Set(records)].filter((record) => !this.#known.has(record))
    if (wanted.length === 0) return
    const keys = this.#keys()
    for (const record of wanted) keys.open(record)
    const missing = wanted.filter((record) => {
      const held = keys.cache.get(record)
      if (held !== undefined) this.#known.set(record, held)
      return held === undefined
    })
    if (missing.length === 0) return
    for (const record of missing) this.#absent.add(record)
    for (const row of await this.#run('key/of_records', { records: missing })) {
      this.#absent.delete(row.record_id)
      if (row.bytes === null || row.version === null) {
        this.#erased.add(row.record_id)
        continue
      }
      const parent = keys.open(row.record_id).slotKeyOf(row.operation_id, row.slot, row.version)
      const under = slotKeyName(keys.agency, row.operation_id, row.slot, row.version)
      const opened = unwrapKey(parent, { name: recordKeyName(keys.agency, row.record_id), under, bytes: row.bytes })
      if (!opened.ok) throw new Error(opened.error.says)
      const key = { operation: row.operation_id, key: opened.value }
      this.#known.set(row.record_id, key)
      if (!this.#made.has(row.record_id)) keys.cache.add(row.record_id, key)
    }
  }

  /** A record that is there already: its key, or a first one where it was sealed before records had keys. */
  async prepare(operation: string, record: string): Promise<void> {
    await this.unlock([record])
    if (!this.#absent.has(record)) return
    await this.create(operation, [record])
    // Somebody else was faster.
    if (!this.#known.has(record)) await this.unlock([record])
  }

  seal(at: SealedPlace, plain: Uint8Array): Buffer {
    const { key, place } = this.#at(at)
    return sealField(key.key, place, plain)
  }

  open(at: SealedPlace, envelope: Uint8Array): Buffer {
    if (envelope[0] === OLD_FORMAT) {
      const { table, column, row } = at
      const { agency } = this.#keys()
      return this.#keys().open(at.record).index.open({ agency, table, column, row }, envelope)
    }
    const { key, place } = this.#at(at)
    const opened = openField(key.key, place, envelope)
    if (!opened.ok) throw new Error(opened.error.says)
    return opened.value
  }

  isErased(record: string): boolean {
    return this.#erased.has(record)
  }

  /** Sealed before records had keys of their own, and so not to be erased alone. */
  isOld(record: string): boolean {
    return this.#absent.has(record)
  }

  token(kind: string, normal: string): Buffer {
    return this.#keys().open().index.token(kind, normal)
  }

  /**
   * The lawful erase: the keys of these records are gone with the commit, from here and from every older copy of the
   * database, because what wrapped them is replaced and destroyed. The database asks for a second person's approval.
   */
  async erase(operation: string, records: readonly string[]): Promise<void> {
    const keys = this.#keys()
    keys.open()
    if (!this.#hasEntered) await keys.replacing.enter()
    this.#hasEntered = true
    for (const [slot, gone] of [...Map.groupBy(records, slotOfRecord)].sort(([a], [b]) => a - b)) {
      const replaced = await replaceSlot(keys, this.#run, operation, slot, gone)
      if (replaced !== null) this.#replaced.push(replaced)
    }
    for (const record of records) {
      keys.cache.forget(record)
      this.#known.delete(record)
      this.#erased.add(record)
    }
  }

  /** What was made here may be opened by others from now on; what was replaced is destroyed, or stays as it was. */
  ended(outcome: Outcome): void {
    if (outcome === 'committed' && this.#made.size > 0) {
      const { cache } = this.#keys()
      for (const record of this.#made) {
        const key = this.#known.get(record)
        if (key !== undefined) cache.add(record, key)
      }
    }
    if (!this.#hasEntered) return
    const { replacing, cache } = this.#keys()
    for (const record of this.#erased) cache.forget(record)
    const keep = outcome === 'committed' ? 'next' : 'current'
    // Whether it was committed is not known: both keys stay, and the next start asks the database.
    if (outcome !== 'unknown') for (const { operation, slot } of this.#replaced) replacing.end(operation, slot, keep)
    this.#replaced = []
    this.#hasEntered = false
    replacing.leave()
  }

  #at({ record, table, column, row }: SealedPlace): { key: RecordKey; place: FieldPlace } {
    if (this.#erased.has(record)) throw new Refusal('TANDEM-FIND-002')
    const key = this.#known.get(record)
    if (key === undefined) throw new Error(`the key of the ${table} ${row} was not fetched before it was used`)
    return { key, place: { operation: key.operation, table, column, row } }
  }
}
