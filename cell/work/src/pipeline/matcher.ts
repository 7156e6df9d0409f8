import { newId, type Row, type Transaction } from '@tandem/store'

export interface Wanted {
  readonly referral: string
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

/** What was looked for and the entry that fits it. */
export interface Found extends Wanted {
  readonly row: Row<'matcher/lookup'>
}

/**
 * Looks a batch of exact hashes up on the lists in force. The list tables are the truth; a faster index stands behind
 * this function and nowhere else.
 */
export async function lookup(tx: Transaction, wanted: readonly Wanted[]): Promise<Found[]> {
  if (wanted.length === 0) return []
  const byValue = Map.groupBy(wanted, ({ kind, value }) => `${kind} ${value.toString('hex')}`)
  const distinct = [...byValue.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
  const rows = await tx.run('matcher/lookup', {
    kinds: distinct.map(({ kind }) => kind),
    values: distinct.map(({ value }) => value),
  })
  return rows.flatMap((row) =>
    (byValue.get(`${row.kind} ${row.value.toString('hex')}`) ?? []).map((each) => ({ ...each, row })),
  )
}

/** Keeps what was found as hits. */
export async function keepHits(tx: Transaction, operation: string, hits: readonly Found[]): Promise<void> {
  if (hits.length === 0) return
  await tx.run('hit/insert', {
    operation_id: operation,
    ids: hits.map(() => newId()),
    referrals: hits.map(({ referral }) => referral),
    files: hits.map(({ file }) => file),
    kinds: hits.map(({ kind }) => kind),
    values: hits.map(({ value }) => value),
    places: hits.map(({ place }) => place),
    lists: hits.map(({ row }) => row.list_id),
    versions: hits.map(({ row }) => row.version_id),
    numbers: hits.map(({ row }) => row.number),
    schemes: hits.map(({ row }) => row.category_scheme),
    categories: hits.map(({ row }) => row.category),
  })
}
