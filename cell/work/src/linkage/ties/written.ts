import type { Tie } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import { openText } from '../../sealed.ts'
import { openNormals } from '../naming.ts'
import type { LoadedTies } from './load.ts'

/** What officers read of the values of these ties, and of whatever else is asked for, from the subject's own referrals. */
export async function openWritten(
  tx: Transaction,
  loaded: LoadedTies,
  ties: readonly Tie[],
  more: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const values = ties.flatMap(({ links }) => links.flatMap(({ lines }) => lines.flatMap(({ value }) => value ?? [])))
  const wanted = new Set([...values, ...more])
  // One of its own referrals is enough for each.
  const rows = [...new Map(loaded.own.map((row) => [row.observable_id, row])).values()].filter(({ observable_id }) =>
    wanted.has(observable_id),
  )
  const own = new Set(rows.map(({ observable_id }) => observable_id))
  const [normals] = await Promise.all([
    openNormals(
      tx,
      [...wanted].filter((value) => !own.has(value)),
    ),
    tx.vault.unlock(rows.map(({ referral_id }) => referral_id)),
  ])
  const texts = rows.map((row): [string, string] => [
    row.observable_id,
    openText(
      tx,
      row.referral_id,
      'tie_value',
      'written_sealed',
      `${row.appearance_id} ${row.place}`,
      row.written_sealed,
    ),
  ])
  return new Map([...normals, ...texts])
}
