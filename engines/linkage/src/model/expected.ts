import type { FieldKind } from '../table/field.ts'

/**
 * What is believed before any record is seen: how often one person's two values are the same, or different; the rest
 * lies evenly between. Only of numbers that an issuer gives once (documents, accounts, devices), for what they are says
 * it; how names, dates and places err, each table has its own way. Declared, not measured.
 */
const agreement: Partial<Readonly<Record<FieldKind, readonly [same: number, different: number]>>> = {
  identifier: [0.9, 0.05],
}

/** The belief counts as much as so many pairs of one person: a table of thousands outweighs it, one of a hundred cannot. */
const pairs = 20

/** Counts of each level to begin with; none where nothing is believed. */
export function believed(kind: FieldKind, levels: number): Float64Array {
  const known = agreement[kind]
  if (known === undefined) return new Float64Array(levels)
  const [same, different] = known
  const between = levels - 3
  const counts = new Float64Array(levels).fill(between > 0 ? (pairs * (1 - same - different)) / between : 0)
  counts[0] = 0
  counts[1] = pairs * (between > 0 ? same : 1 - different)
  counts[levels - 1] = pairs * different
  return counts
}

/**
 * A value of this kind is drawn from far more than a table shows: that two of a hundred records share a passport number
 * does not make every fiftieth passport the same. So many holders are thought of beside those who are seen.
 */
const unseen: Partial<Readonly<Record<FieldKind, number>>> = { identifier: 100_000 }

export const holdersUnseen = (kind: FieldKind): number => unseen[kind] ?? 0
