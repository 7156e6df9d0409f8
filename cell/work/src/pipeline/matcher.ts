import { newId, type Row, type Transaction } from '@tandem/store'
import { perceptualLists } from './perceptual-lists.ts'

export interface Wanted {
  readonly referral: string
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

type Looked = Row<'matcher/lookup'>

/** What was looked for, the entry that fits it, and how well. */
export interface Found extends Hit {
  readonly row: Looked
}

/** What is kept of it. */
export interface Hit extends Wanted {
  readonly row: Omit<Looked, 'kind' | 'list' | 'version'>
  /** Differing bits; 0 for an exact digest. */
  readonly distance: number
  /** How many were allowed. */
  readonly threshold: number
}

/**
 * Looks a batch of fingerprints up on the lists in force. The list tables are the truth, under the rights of whoever
 * asks; for perceptual hashes an index in memory says where to look in them.
 */
export async function lookup(tx: Transaction, wanted: readonly Wanted[]): Promise<Found[]> {
  const perceptual = wanted.filter(({ kind }) => kind === 'pdq')
  const exact = wanted.filter(({ kind }) => kind !== 'pdq')
  return onePerValue([...(await lookupExact(tx, exact)), ...(await perceptualLists.lookup(tx, perceptual))])
}

/** A list that says the same value a thousand times says it once: the first entry that has it stands for all. */
export function onePerValue(found: readonly Found[]): Found[] {
  const first = new Map<string, Found>()
  for (const each of found) {
    const { referral, file, kind, value, row } = each
    const key = [referral, file, kind, value.toString('hex'), row.version_id, row.value.toString('hex')].join(' ')
    const known = first.get(key)
    if (known === undefined || row.number < known.row.number) first.set(key, each)
  }
  return [...first.values()]
}

async function lookupExact(tx: Transaction, wanted: readonly Wanted[]): Promise<Found[]> {
  if (wanted.length === 0) return []
  const byValue = Map.groupBy(wanted, ({ kind, value }) => `${kind} ${value.toString('hex')}`)
  const distinct = [...byValue.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
  const rows = await tx.run('matcher/lookup', {
    kinds: distinct.map(({ kind }) => kind),
    values: distinct.map(({ value }) => value),
  })
  return rows.flatMap((row) =>
    (byValue.get(`${row.kind} ${row.value.toString('hex')}`) ?? []).map((each) => ({
      ...each,
      row,
      distance: 0,
      threshold: 0,
    })),
  )
}

/** Keeps what was found as hits. */
export async function keepHits(tx: Transaction, operation: string, hits: readonly Hit[]): Promise<void> {
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
    listed: hits.map(({ row }) => row.value),
    distances: hits.map(({ distance }) => distance),
    thresholds: hits.map(({ threshold }) => threshold),
    qualities: hits.map(({ row }) => row.quality),
  })
}
