import type { Row, Transaction } from '@tandem/store'
import { z } from 'zod'
import type { StoredEntry } from '../deconfliction/entries.ts'
import { openText } from '../sealed.ts'
import { alarmsOf, desksOf } from './deconfliction.ts'

export const referencesOf = (text: string): string[] => z.array(z.string()).parse(JSON.parse(text))

const states = ['proposed', 'refused', 'approved', 'sent', 'received'] as const

export function presentRelease(
  tx: Transaction,
  run: string,
  row: Row<'deconfliction/releases'>,
  entries: ReadonlyMap<string, StoredEntry>,
  nameOf: (id: string | null) => string,
) {
  const state = states.find((each) => each === row.state)
  if (state === undefined) throw new TypeError(`not a state of a release: ${row.state}`)
  const { release_id: id, references_sealed: sealed } = row
  const references = referencesOf(openText(tx, run, 'deconfliction_release', 'references_sealed', id, sealed))
  return {
    id,
    state,
    entries: references.flatMap((reference) => {
      const entry = entries.get(reference)
      return entry === undefined ? [] : [{ kind: entry.kind, shown: entry.shown }]
    }),
    desk: row.desk,
    by: state === 'received' ? 'the other agency' : nameOf(row.made_by),
    at: row.made_at,
    mine: row.made_by === tx.standing.person,
    decidedBy: row.decided_by === null ? null : nameOf(row.decided_by),
    pointers: desksOf(row.pointers),
    alarms: alarmsOf(row.alarms),
  }
}
