import type { proof as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { leafHash } from '@tandem/core/ledger-entry'
import { openNote } from '@tandem/ledger'
import type { Handler } from '../../handler.ts'
import { covering, proveEntry } from '../../log/prove.ts'
import { mustBeAllowed } from '../../policies/may.ts'

export const proof: Handler<typeof route> = (cell, caller, { params: { id } }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'ledger.read')
      const logs = await tx.run('ledger/logs', {})
      const agencies = logs.map((each) => each.agency_id)
      const [row] = await tx.run('ledger/by_id', { agencies, entry_ids: [id] })
      const log = logs.find((each) => each.agency_id === row?.agency_id)
      const folder = row === undefined ? null : cell.ledger.folderOf(row.agency_id)
      if (row === undefined || log === undefined || folder === null) throw new Refusal('TANDEM-FIND-001')
      tx.record('ledger.prove', { entry: id })
      const names = new Map((await tx.run('frame/agencies', {})).map((each) => [each.agency_id, each.short_name]))
      const by = covering(log, row.place)
      const told = {
        id,
        agency: names.get(row.agency_id) ?? log.name,
        leafHash: leafHash(row.leaf).toString('hex'),
        index: row.place,
      }
      if (by === null || row.place === null)
        return { ...told, state: 'waiting', included: null, checkpoint: null, witnesses: [], proof: null }
      const proved = proveEntry(folder, row.leaf, row.place, by)
      const { size, root } = by.checkpoint
      return {
        ...told,
        state: by.isWitnessed ? 'witnessed' : 'sealed',
        included: proved.included,
        checkpoint: { size, root: root.toString('hex'), at: by.note === log.note ? log.signed_at : null },
        witnesses: cell.ledger.witnessesOf(row.agency_id).flatMap(({ name, keys }) => {
          const opened = openNote(by.note, keys)
          const time = opened.ok ? (opened.value.signedBy[0]?.time ?? null) : null
          return time === null ? [] : [{ name, at: new Date(1000 * time).toISOString() }]
        }),
        proof: proved.text,
      }
    },
    { reach: 'frame' },
  )
