import { err, ok, type Result } from '@tandem/core'
import { fitsTogether, type OperationDocument } from '@tandem/vault'
import type pg from 'pg'
import type { KeyFolder } from './key-folder.ts'

interface SlotRow {
  readonly operation: string
  readonly slot: number
  readonly version: number
}

/**
 * Before anything is opened, database and key folder must tell the same. A replacement that was cut ends on the side that
 * the database committed; a database from before an erasure (a restored backup) is given the keys of after it, in which the
 * erased are missing. No key is opened for that. Keys that are older than the database are refused.
 */
export async function bringForward(
  admin: pg.ClientBase,
  folder: KeyFolder,
  name: string,
): Promise<Result<void, string>> {
  const file = folder.read()
  if (!file.ok) return err(`The keys of ${name} cannot be used: ${file.error}.`)
  const operations = folder.operationsOf(file.value.keyring)
  if (!operations.ok) return err(`The keys of ${name} cannot be used: ${operations.error}.`)
  const fits = fitsTogether(file.value.keyring, operations.value)
  if (!fits.ok) return err(`The keys of ${name} cannot be used: ${fits.error}. Put back a whole copy of the keys.`)
  const { rows } = await admin.query<SlotRow>(
    'SELECT operation_id AS operation, slot, version FROM tandem.key_slot WHERE agency_id = $1',
    [folder.agency],
  )
  const versions = new Map(rows.map(({ operation, slot, version }) => [`${operation}/${slot}`, version]))
  const stranger = rows.find(({ operation }) => !operations.value.some((each) => each.operation === operation))
  if (stranger !== undefined) return err(tooOld(name))
  for (const document of operations.value) {
    const settled = settle(document, versions)
    if (settled !== document) folder.writeOperation(settled)
    for (const [slot, { current }] of settled.slots.entries()) {
      const found = versions.get(`${document.operation}/${slot}`)
      const due = current.name.version
      folder.forgetOlderCopies(document.operation, slot, due)
      if (found === undefined || found === due) continue
      if (found > due) return err(tooOld(name))
      const applied = await apply(admin, folder, { operation: document.operation, slot, version: due })
      if (!applied.ok)
        return err(`An older copy of the database cannot be opened with these keys of ${name}: ${applied.error}.`)
    }
  }
  return ok(undefined)
}

const tooOld = (name: string): string =>
  `The keys of ${name} are older than the database: an operation key was made or replaced since they were copied. Put back the newest copy of the keys.`

/** Of two keys of a slot the one stays that the database names; where nothing was sealed yet, the current one. */
function settle(document: OperationDocument, versions: ReadonlyMap<string, number>): OperationDocument {
  if (document.slots.every(({ next }) => next === undefined)) return document
  return {
    ...document,
    slots: document.slots.map(({ current, next }, slot) => {
      const inForce = versions.get(`${document.operation}/${slot}`)
      return { current: next !== undefined && inForce === next.name.version ? next : current }
    }),
  }
}

async function apply(admin: pg.ClientBase, folder: KeyFolder, slot: SlotRow): Promise<Result<void, string>> {
  const records = folder.readForOlderCopies(slot.operation, slot.slot, slot.version)
  if (!records.ok) return records
  await admin.query('BEGIN')
  try {
    const place = [folder.agency, slot.operation, slot.slot, slot.version]
    await admin.query(
      'UPDATE tandem.key_slot SET version = $4 WHERE agency_id = $1 AND operation_id = $2 AND slot = $3',
      place,
    )
    await admin.query(
      `UPDATE tandem.record_key SET bytes = NULL, version = NULL, erased_at = clock_timestamp()
        WHERE agency_id = $1 AND operation_id = $2 AND slot = $3 AND bytes IS NOT NULL AND record_id <> ALL ($4::uuid[])`,
      [...place.slice(0, 3), records.value.map(({ record }) => record)],
    )
    await admin.query(
      `UPDATE tandem.record_key k SET bytes = n.bytes, version = $4
         FROM unnest($5::uuid[], $6::bytea[]) AS n (record_id, bytes)
        WHERE k.agency_id = $1 AND k.operation_id = $2 AND k.slot = $3 AND k.record_id = n.record_id AND k.bytes IS NOT NULL`,
      [...place, records.value.map(({ record }) => record), records.value.map(({ bytes }) => bytes)],
    )
    await admin.query('COMMIT')
    return ok(undefined)
  } catch (error) {
    await admin.query('ROLLBACK')
    throw error
  }
}
