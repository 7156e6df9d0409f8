import type { Checkpoint } from './note/checkpoint.ts'
import { isConsistent } from './tree/proof.ts'

/** What a monitor noticed. Places count from zero. */
export interface Finding {
  readonly kind: FindingKind
  /** The first entry concerned; null when the roots alone do not tell. */
  readonly at: number | null
  /** How many entries are concerned, where that can be told. */
  readonly count: number | null
  /** For an inspector. */
  readonly says: string
}

export type FindingKind = (typeof findingKinds)[number]
export const findingKinds = [
  'rollback',
  'fork',
  'edit',
  'deletion',
  'insertion',
  'swap',
  'truncation',
  'rewrite',
  'other log',
] as const

const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`)

/**
 * Two signed checkpoints of one log, in the order in which they were seen; `proof` is what the log offers between them.
 * Null: the log has only grown.
 */
export function compareCheckpoints(
  seen: Checkpoint,
  shown: Checkpoint,
  proof: readonly Uint8Array[] | null,
): Finding | null {
  if (seen.origin !== shown.origin)
    return found('other log', null, null, `Expected ${seen.origin}, but this is a checkpoint of ${shown.origin}.`)
  const keep = 'Keep both checkpoints: each is signed by the log, and together they prove it.'
  if (shown.size < seen.size) {
    const gone = seen.size - shown.size
    return found(
      'rollback',
      shown.size,
      gone,
      `Rollback: the log of ${seen.origin} had ${entries(seen.size)} and now shows ${shown.size}; the last ${gone} are gone. ${keep}`,
    )
  }
  const isSame = shown.size === seen.size
  if (isSame ? seen.root.equals(shown.root) : seen.size === 0) return null
  if (!isSame && proof !== null && isConsistent(seen.size, seen.root, shown.size, shown.root, proof)) return null
  const says = isSame
    ? `Fork: two different histories of ${seen.origin}, both of ${entries(seen.size)}. ${keep}`
    : proof === null
      ? `Fork until shown otherwise: the log of ${seen.origin} gives no proof that its ${entries(shown.size)} begin with the ${seen.size} seen before. ${keep}`
      : `Fork: the ${entries(shown.size)} that ${seen.origin} shows do not begin with the ${seen.size} seen before. ${keep}`
  return found('fork', null, null, says)
}

/**
 * Leaf hashes that a monitor kept against those that are shown now. Null: nothing that was there is changed or gone.
 * One act has its name; several at once are a rewrite from the first difference on. `first`: the place of the first of
 * them, where a reader comes from further left.
 */
export function compareLeaves(
  kept: readonly Uint8Array[],
  shown: readonly Uint8Array[],
  first: number = 0,
): Finding | null {
  const were = kept.map(hexOf)
  const are = shown.map(hexOf)
  const at = were.findIndex((leaf, place) => leaf !== are[place])
  if (at < 0) return null
  const here = first + at
  if (at >= are.length) {
    const gone = were.length - at
    return found('truncation', here, gone, `Truncation: the last ${entries(gone)} are missing, from entry ${here} on.`)
  }
  /** The kept entries behind a piece stand unchanged behind another piece. */
  const fits = (after: number, dropped: number, put: number): boolean => {
    for (let place = after + dropped; place < were.length; place++)
      if (were[place] !== are[place - dropped + put]) return false
    return true
  }
  for (let put = 1; at + put < are.length; put++)
    if (fits(at, 0, put))
      return found('insertion', here, put, `Insertion: ${entries(put)} were put in before entry ${here}.`)
  if (fits(at, 1, 1)) return found('edit', here, 1, `Edit: entry ${here} was changed after it had been recorded.`)
  const second = were.findIndex((leaf, place) => place > at && leaf !== are[place])
  if (are[at] === were[second] && are[second] === were[at] && fits(second, 1, 1))
    return found('swap', here, 2, `Swap: entries ${here} and ${first + second} have changed places.`)
  for (let gone = 1; at + gone < were.length; gone++)
    if (fits(at, gone, 0))
      return found('deletion', here, gone, `Deletion: ${entries(gone)} from entry ${here} on are missing.`)
  return found('rewrite', here, null, `Rewrite: from entry ${here} on this is another history.`)
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const found = (kind: FindingKind, at: number | null, count: number | null, says: string): Finding => ({
  kind,
  at,
  count,
  says,
})
