import { Refusal } from '@tandem/core'
import type { Caller, Cell } from '../cell.ts'
import { mustBeAllowed } from '../policies/may.ts'

/** C2SP tlog-tiles: nothing else of the folder is handed out. */
const tileOrEntries = /^tile\/(?:\d|entries)\/(?:x\d{3}\/)*\d{3}(?:\.p\/(?:[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$/

/**
 * A file of a log for whoever may see the log: the row is asked for under the person's own rights. The checkpoint is that of
 * the database, which was there before its file. Not recorded: a log holds commitments, and nothing about anybody.
 */
export async function logFile(cell: Cell, caller: Caller, name: string, path: string): Promise<Buffer> {
  const row = await cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'ledger.read')
      return (await tx.run('ledger/logs', {})).find((each) => each.name === name)
    },
    { reach: 'frame' },
  )
  const bytes = row === undefined ? null : path === 'checkpoint' ? noteOf(row.note) : tileOf(cell, row.agency_id, path)
  if (bytes === null) throw new Refusal('TANDEM-FIND-001')
  return bytes
}

const noteOf = (note: string | null): Buffer | null => (note === null ? null : Buffer.from(note))

const tileOf = (cell: Cell, agency: string, path: string): Buffer | null =>
  tileOrEntries.test(path) ? (cell.ledger.folderOf(agency)?.read(path) ?? null) : null
