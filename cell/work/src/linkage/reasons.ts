import type { Row, Transaction } from '@tandem/store'
import { textOrErased } from '../sealed.ts'
import type { Words } from './load.ts'

type Act = Row<'link/acts'>

/** Whose key seals the words of an act: the referral that its first appearance stands in, or the decision itself. */
export const recordOfAct = ({ one_referral, decision_id }: Pick<Act, 'one_referral' | 'decision_id'>): string =>
  one_referral ?? decision_id

/** The words of acts, and of what undid them, for somebody who may read the appearances that they are about. */
export const openWords = (who: (person: string) => string): Words => ({
  who,
  async why(tx, acts) {
    await unlockActs(tx, acts)
    const reasons = new Map(acts.map((act) => [act.act_id, reasonOfAct(tx, act) ?? '']))
    return (act) => reasons.get(act) ?? ''
  },
})

export const unlockActs = (tx: Transaction, acts: readonly Act[]): Promise<void> =>
  tx.vault.unlock(
    acts
      .filter(({ reason_sealed, undone_reason_sealed }) => reason_sealed !== null || undone_reason_sealed !== null)
      .map(recordOfAct),
  )

export function reasonOfAct(tx: Transaction, act: Act): string | null {
  const { act_id, reason_sealed: sealed } = act
  return sealed === null ? null : textOrErased(tx, recordOfAct(act), 'link_act', 'reason_sealed', act_id, sealed)
}

export function reasonOfUndoing(tx: Transaction, act: Act): string | null {
  const { undone_by: id, undone_reason_sealed: sealed } = act
  if (id === null || sealed === null) return null
  return textOrErased(tx, recordOfAct(act), 'link_act', 'reason_sealed', id, sealed)
}
