import { newId, type Transaction } from '@tandem/store'

export interface Wanted {
  readonly referral: string
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

/**
 * Looks a batch of exact hashes up on the lists in force and keeps what it finds as hits. The list tables are the
 * truth; a faster index stands behind this function and nowhere else. Returns how many entries fitted.
 */
export async function lookup(tx: Transaction, operation: string, wanted: readonly Wanted[]): Promise<number> {
  if (wanted.length === 0) return 0
  const distinct = new Map(wanted.map((each) => [`${each.kind} ${each.value.toString('hex')}`, each]))
  const rows = await tx.run('matcher/lookup', {
    kinds: [...distinct.values()].map(({ kind }) => kind),
    values: [...distinct.values()].map(({ value }) => value),
  })
  const hits = rows.flatMap((row) =>
    wanted.filter(({ kind, value }) => kind === row.kind && value.equals(row.value)).map((each) => ({ ...each, row })),
  )
  if (hits.length === 0) return 0
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
  return hits.length
}
