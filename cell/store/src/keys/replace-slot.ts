import { recordKeyName, rewrapKey, slotKeyName } from '@tandem/vault'
import type pg from 'pg'
import { readCatalogue, valuesFor } from '../catalogue.ts'
import { typeParsers } from '../types.ts'
import type { AgencyKeys } from './agency-keys.ts'
import type { RunQuery } from './record-vault.ts'

export interface Replaced {
  readonly operation: string
  readonly slot: number
  readonly rewrapped: number
}

/**
 * Null: nothing was ever sealed under that key.
 *
 * Replaces one key of an operation within a transaction: the records' keys under it are wrapped anew, `gone` excepted,
 * whose keys are dropped. Data are not touched. The old key is destroyed after the commit, by whoever called.
 */
export async function replaceSlot(
  keys: AgencyKeys,
  run: RunQuery,
  operation: string,
  slot: number,
  gone: readonly string[],
): Promise<Replaced | null> {
  const place = { agency_id: keys.agency, operation_id: operation, slot }
  const [locked] = await run('key/lock_slot', place)
  if (locked === undefined) return null
  keys.replacing.begin(operation, slot)
  try {
    const keyring = keys.open()
    const [from, to] = [keyring.slotKey(operation, slot), keyring.slotKey(operation, slot, 'next')]
    const forget = new Set(gone)
    const rows = (await run('key/of_slot', place)).filter(({ record_id }) => !forget.has(record_id))
    const rewrapped = rows.map(({ record_id: record, bytes }) => {
      const name = recordKeyName(keys.agency, record)
      const under = slotKeyName(keys.agency, operation, slot, locked.version)
      const again = rewrapKey(from, to, { name, under, bytes })
      if (!again.ok) throw new Error(again.error.says)
      return { record, bytes: Buffer.from(again.value.bytes) }
    })
    const version = to.name.version
    await run('key/rewrap', {
      ...place,
      version,
      records: rewrapped.map(({ record }) => record),
      bytes: rewrapped.map(({ bytes }) => bytes),
      gone: [...gone],
    })
    keys.replacing.keepForOlderCopies(operation, slot, version, rewrapped)
    return { operation, slot, rewrapped: rewrapped.length }
  } catch (error) {
    keys.replacing.end(operation, slot, 'current')
    throw error
  }
}

/** The same queries by the owner of the database, in a transaction of the caller's. */
export function runAsOwner(admin: pg.ClientBase): RunQuery {
  const catalogue = readCatalogue()
  return async (name, parameters) => {
    const query = catalogue.get(name)
    if (query === undefined) throw new Error(`no such query in the catalogue: ${name}`)
    const { rows } = await admin.query({
      text: query.text,
      values: valuesFor(query, { ...parameters }),
      types: typeParsers,
    })
    return rows
  }
}
