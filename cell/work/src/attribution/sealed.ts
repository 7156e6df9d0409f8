import type { Doubt } from '@tandem/linkage'
import type { Row, Transaction } from '@tandem/store'
import { openText } from '../sealed.ts'
import type { Attributed, Given } from './judge.ts'

type Attribution = Pick<
  Row<'attribution/all'>,
  'attribution_id' | 'referral_id' | 'given_sealed' | 'basis_sealed' | 'answer_id' | 'attributed_sealed'
>

/** Envelopes are authenticated, so what opens is what was written here. */
export function openGiven(tx: Transaction, { attribution_id: id, referral_id, given_sealed }: Attribution): Given {
  const given: Given = JSON.parse(openText(tx, referral_id, 'attribution', 'given_sealed', id, given_sealed))
  return given
}

export const openBasis = (tx: Transaction, { attribution_id: id, referral_id, basis_sealed }: Attribution): string =>
  openText(tx, referral_id, 'attribution', 'basis_sealed', id, basis_sealed)

export function doubtsOf(basis: string): Doubt[] {
  const { doubts }: { readonly doubts: Doubt[] } = JSON.parse(basis)
  return doubts
}

/** The copy lies under the key of the answer, so that it is gone when the answer is erased by law. */
export function openAttributed(tx: Transaction, row: Attribution): Attributed | null {
  const { attribution_id: id, answer_id, attributed_sealed: sealed } = row
  if (answer_id === null || sealed === null || tx.vault.isErased(answer_id)) return null
  const attributed: Attributed = JSON.parse(openText(tx, answer_id, 'attribution', 'attributed_sealed', id, sealed))
  return attributed
}

/** What an officer says of an error. */
export interface ErrorTold {
  readonly what: string
  readonly cause: string
  readonly impact: string
  readonly told: readonly string[]
}
