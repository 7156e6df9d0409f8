import type { bundle as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { brokenFields, type LedgerOpening } from '@tandem/core/ledger-entry'
import { type BundleLog, type BundleRecord, proofHead, sealBundle, writeBundle } from '@tandem/ledger'
import type { Row, Transaction } from '@tandem/store'
import type { Cell } from '../../cell.ts'
import type { Handler } from '../../handler.ts'
import { covering, proveEntry } from '../../log/prove.ts'
import { seconds } from '../../log/witness.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { parseLeaf } from './check.ts'
import { trustFile, trustOf } from './trust.ts'

type LogRow = Row<'ledger/logs'>
type EntryRow = Row<'ledger/by_id'>

/** Entries with their proofs in one sealed file. What is not in a witnessed checkpoint yet is named and left out. */
export const bundle: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'ledger.export')
      const wanted = [...new Set(body.entries)]
      const logs = await tx.run('ledger/logs', {})
      const agencies = logs.map((each) => each.agency_id)
      const rows = await tx.run('ledger/by_id', { agencies, entry_ids: wanted })
      const parts = await Promise.all(
        logs.map(async (log) => {
          const own = rows.filter((row) => row.agency_id === log.agency_id)
          return partOf(cell, await shownBy(cell, tx, log, own), own)
        }),
      )
      const full = parts.filter(({ log }) => log !== null)
      const own = cell.ledger.logs.find(({ agency }) => agency === tx.standing.agency)
      if (own === undefined) throw new Refusal('TANDEM-FIND-001')
      const notYet = parts.flatMap((part) => part.notYet)
      if (full.length === 0) {
        if (notYet.length === 0) throw new Refusal('TANDEM-FIND-001')
        throw new Refusal('TANDEM-STATE-002', 'none of these entries is in a cosigned checkpoint yet')
      }
      const included = full.flatMap((part) => part.entries)
      tx.record('ledger.export', { entries: included })
      const names = new Map((await tx.run('frame/agencies', {})).map((each) => [each.agency_id, each.short_name]))
      const believed = [...new Set([...full.map((part) => part.agency), own.agency])]
      const file = sealBundle(
        {
          made: { at: tx.standing.now, by: names.get(own.agency) ?? own.name, about: body.about },
          logs: full.flatMap(({ log }) => log ?? []),
          trust: trustOf(cell.ledger, believed),
        },
        own.keys.seal,
        seconds(),
      )
      const found = new Set(rows.map((row) => row.entry_id))
      return {
        file: writeBundle(file),
        trust: trustFile(cell.ledger, believed),
        records: included.length,
        notYet,
        notFound: wanted.filter((entry) => !found.has(entry)),
      }
    },
    { reach: 'frame' },
  )

interface Part {
  readonly agency: string
  readonly log: BundleLog | null
  readonly entries: readonly string[]
  readonly notYet: readonly string[]
}

type ShownLog = LogRow & { readonly timestamps: readonly string[] }

/**
 * The earliest checkpoint over all these entries with an independent time that a reader would still believe: witnesses and
 * authorities may have changed since. Else the newest that is witnessed.
 */
async function shownBy(cell: Cell, tx: Transaction, log: LogRow, rows: readonly EntryRow[]): Promise<ShownLog> {
  const { agency_id } = log
  let place = rows.reduce((last, row) => Math.max(last, row.place ?? Number.POSITIVE_INFINITY), 0)
  while (rows.length > 0 && Number.isFinite(place)) {
    const stamped = await tx.run('ledger/stamped', { agency_id, place })
    const believed = stamped.filter(({ note, token }) => cell.ledger.believes(agency_id, note, token))
    const [first] = believed
    if (first !== undefined) {
      const timestamps = believed.flatMap(({ size, token }) => (size === first.size ? [token.toString('base64')] : []))
      return { ...log, cosigned_size: first.size, cosigned_note: first.note, timestamps }
    }
    place = stamped.at(-1)?.size ?? Number.POSITIVE_INFINITY
  }
  return { ...log, timestamps: [] }
}

function partOf(cell: Cell, log: ShownLog, rows: readonly EntryRow[]): Part {
  const folder = cell.ledger.folderOf(log.agency_id)
  const entries: string[] = []
  const notYet: string[] = []
  const records: BundleRecord[] = []
  for (const row of rows) {
    const by = covering(log, row.place)
    const leaf = parseLeaf(row.leaf)
    if (by === null || !by.isWitnessed || row.place === null) {
      notYet.push(row.entry_id)
      continue
    }
    const proved = folder === null ? null : proveEntry(folder, row.leaf, row.place, by)
    // What the cell itself cannot prove must not leave as a proof: the audit says what is wrong.
    const opening = openingOf(row)
    const fits = leaf !== null && (opening === null || brokenFields(leaf, opening).length === 0)
    if (proved === null || !proved.included || proved.text === null || leaf === null || !fits)
      throw new Refusal('TANDEM-STATE-005')
    records.push({ leaf, opening, proof: proofHead(proved.text) })
    entries.push(row.entry_id)
  }
  const checkpoint = records.length > 0 ? log.cosigned_note : null
  const part = checkpoint === null ? null : { checkpoint, timestamps: log.timestamps, records }
  return { agency: log.agency_id, log: part, entries, notYet }
}

/** Null where it was erased, or is not for this person. */
function openingOf(row: EntryRow): LedgerOpening | null {
  const { salt, person_id: who, verb, object, at, authority_id: authority, purpose_id: purpose } = row
  if (salt === null || who === null || verb === null || at === null) return null
  return { salt, who, verb, object, at, authority, purpose }
}
