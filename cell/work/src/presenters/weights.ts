import type { allWeights, ResponseOf } from '@tandem/contract'
import type { Json } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { openText } from '../sealed.ts'

type Proposal = ResponseOf<typeof allWeights>['proposals'][number]

/** The keys of the proposals must have been fetched. */
export function presentWeights(
  tx: Transaction,
  row: Row<'weights/all'>,
  nameOf: (id: string | null) => string,
): Proposal {
  const id = row.proposal_id
  const { points, others } = own<Pick<Proposal, 'points' | 'others'>>(row.changes)
  return {
    id,
    weightSet: row.weight_set,
    basedOn: row.based_on,
    origin: row.origin === 'file' ? 'file' : 'choices',
    sha256: row.sha256.toString('hex'),
    points,
    others,
    why: openText(tx, id, 'weight_proposal', 'why_sealed', id, row.why_sealed),
    choices: row.choices,
    agreed: { before: row.agreed_before, after: row.agreed_after },
    replay: own<Proposal['replay']>(row.replay),
    by: nameOf(row.proposed_by),
    at: row.proposed_at,
  }
}

/** Written by our own command, of this very shape; the contract checks it once more on its way out. */
function own<T>(json: Json): T {
  const value: T = JSON.parse(JSON.stringify(json))
  return value
}
