import type { logs as route } from '@tandem/contract'
import { fingerprintOf, openNote, writeVerifierKey } from '@tandem/ledger'
import type { Row } from '@tandem/store'
import type { Cell } from '../../cell.ts'
import type { Handler } from '../../handler.ts'
import type { LogStanding } from '../../log/sequencer.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { trustFile } from './trust.ts'

type Told = Awaited<ReturnType<Handler<typeof route>>>['logs'][number]

export const logs: Handler<typeof route> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'ledger.read')
      const rows = await tx.run('ledger/logs', {})
      const agencies = new Map((await tx.run('frame/agencies', {})).map((row) => [row.agency_id, row.short_name]))
      const standing = new Map(cell.ledger.standing().map((each) => [each.agency, each]))
      return {
        logs: rows.flatMap((row) => {
          const stands = standing.get(row.agency_id)
          return stands === undefined ? [] : [told(cell, row, agencies.get(row.agency_id) ?? row.name, stands)]
        }),
        trust: trustFile(
          cell.ledger,
          rows.map((row) => row.agency_id),
        ),
      }
    },
    { reach: 'frame' },
  )

function told(cell: Cell, row: Row<'ledger/logs'>, agency: string, stands: LogStanding): Told {
  const { name, origin, size, root, note, signed_at: signedAt, cosigned_size: witnessedSize } = row
  const { waiting, behindSince, halted, trouble } = stands
  const keys = cell.ledger.logs.find((each) => each.agency === row.agency_id)?.keys.log ?? []
  return {
    ...{ agency, name, origin, size, note, signedAt, witnessedSize, waiting, behindSince, halted, trouble },
    root: root?.toString('hex') ?? null,
    keys: keys.map(({ key }) => ({
      name: key.name,
      kind: key.kind,
      fingerprint: fingerprintOf(key),
      key: writeVerifierKey(key),
    })),
    witnesses: stands.witnesses.map((witness) => {
      const opened = note === null ? null : openNote(note, witness.keys)
      const time = opened?.ok === true ? (opened.value.signedBy[0]?.time ?? null) : null
      return {
        name: witness.name,
        url: witness.url,
        signedNewest: time !== null,
        at: time === null ? witness.at : new Date(1000 * time).toISOString(),
        size: time === null ? witness.size : size,
        trouble: time === null ? (witness.trouble ?? 'not asked about the newest checkpoint yet') : null,
      }
    }),
  }
}
