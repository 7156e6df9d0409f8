/**
 * Fellegi and Sunter 1969: how often each level is seen between records of one person (`m`) and of two (`u`), for each
 * field; "not said" tells nothing either way.
 */
export interface Model {
  readonly m: readonly Float64Array[]
  readonly u: readonly Float64Array[]
  /** Share of all pairs of records that are one person. */
  readonly prior: number
}

/** Evidence of a level, log2(m/u); 0 where nothing was said. */
export function weightsOf({ m, u }: Pick<Model, 'm' | 'u'>): Float64Array[] {
  return m.map((ofMatch, field) =>
    ofMatch.map((share, level) => (level === 0 ? 0 : Math.log2(share / (u[field]?.[level] ?? 1)))),
  )
}

export const log2Odds = (share: number): number => Math.log2(share / (1 - share))
export const shareOf = (weight: number): number => 1 / (1 + 2 ** -weight)
