import type { TieRelation } from '../subjects/events.ts'
import type { Tie } from '../subjects/ties.ts'

/** In which order ties are listed. How many reasons there are says nothing of one relation against another. */
export const listedRelations = [
  'payment',
  'household',
  'shared file',
  'contact',
] as const satisfies readonly TieRelation[]

/** So many of each relation are listed before any relation fills what is left, or a quarter where fewer are asked for. */
const ownPlaces = 25

export interface ListedTies {
  /** By relation, the strongest of each first. */
  readonly listed: readonly Tie[]
  readonly leftOut: readonly { readonly relation: TieRelation; readonly ties: number }[]
}

/** At most so many of a subject's ties, so that many of one relation never hide the few of another. */
export function listTies(ties: readonly Tie[], most: number): ListedTies {
  const own = Math.min(ownPlaces, Math.floor(most / listedRelations.length))
  const all = listedRelations.map((relation) => ties.filter((tie) => tie.relation === relation))
  const first = all.map((some) => Math.min(some.length, own))
  let left = most - first.reduce((sum, count) => sum + count, 0)
  const parts = all.map((some, at) => {
    const more = Math.min(left, some.length - (first[at] ?? 0))
    left -= more
    return some.slice(0, (first[at] ?? 0) + more)
  })
  return {
    listed: parts.flat(),
    leftOut: listedRelations.flatMap((relation, at) => {
      const count = (all[at]?.length ?? 0) - (parts[at]?.length ?? 0)
      return count === 0 ? [] : [{ relation, ties: count }]
    }),
  }
}
