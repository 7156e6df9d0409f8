import type { ResponseOf, show } from '@tandem/contract'
import type { Row } from '@tandem/store'

type Related = ResponseOf<typeof show>['related']

export function presentRelated(
  referral: string,
  relations: readonly Row<'relation/of_referral'>[],
  folded: readonly Row<'item/folded_into'>[],
): Related {
  const byRule: Related = relations.map((row) => {
    const outward = row.from_id === referral
    return {
      id: outward ? row.to_id : row.from_id,
      number: outward ? row.to_number : row.from_number,
      how: row.kind === 'supplement' ? (outward ? 'supplement to' : 'supplemented by') : sayKind(row.kind),
      because: row.because,
    }
  })
  const byPosition: Related = folded.map((row) => ({
    id: row.referral_id,
    number: row.number,
    how:
      row.direction === 'into this'
        ? row.state === 'merged'
          ? 'merged'
          : 'folded'
        : row.state === 'merged'
          ? 'merged into'
          : 'folded into',
    because:
      row.state === 'merged'
        ? 'an officer found it to be a duplicate'
        : 'folded by a rule; release it to look at it alone',
  }))
  return [...byPosition, ...byRule]
}

const sayKind = (kind: string): Related[number]['how'] =>
  kind === 'same incident' ? 'same incident' : kind === 'viral copy' ? 'viral copy' : 'same account'
