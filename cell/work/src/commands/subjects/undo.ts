import type { undoLinkDecision as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { act } from '../../linkage/acts.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { relink } from './decided.ts'

/** A further decision that names each act of the earlier one; nothing is deleted. */
export const undoLinkDecision: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.decide')
    await tx.run('link/turn', {})
    const acts = await tx.run('link/decision', { decision_id: params.id })
    const [first] = acts
    if (first === undefined) throw new Refusal('TANDEM-FIND-001')
    if (first.reasoned && first.made_by !== tx.standing.person && tx.standing.role !== 'duty manager')
      throw new Refusal('TANDEM-STATE-002', 'only who decided, or a duty manager, may take it back')
    if (acts.some(({ undone }) => undone)) throw new Refusal('TANDEM-STATE-002', 'it is taken back already')
    const people = acts.flatMap(({ one, other }) => (one === null || other === null ? [] : [one, other]))
    const placed = await tx.run('appearance/places', { appearances: people })
    const referralOf = new Map(placed.map((row) => [row.appearance_id, row.referral_id]))
    const observables = acts.flatMap(({ observable_id }) => observable_id ?? [])
    const near = await tx.run('appearance/near', { observables })
    const decision = await undoEach(
      tx,
      first.operation_id,
      acts,
      body.reason,
      (one) => referralOf.get(one) ?? params.id,
    )
    return relink(tx, {
      verb: 'undo',
      decision,
      components: [...placed, ...near].map(({ component_id }) => component_id),
      because: 'a decision was taken back',
      object: { undoes: params.id },
      reason: body.reason,
      says: (subjects) =>
        subjects > 0
          ? 'It is taken back; the subjects are as if it had never been.'
          : observables.length > 0
            ? 'It is taken back: no subject changed, and the value ties again whom it tied.'
            : 'It is taken back; no subject changed.',
    })
  })

type Acts = readonly { readonly act_id: string; readonly one: string | null }[]

async function undoEach(
  tx: Parameters<typeof act>[0],
  operation: string,
  acts: Acts,
  text: string,
  referralOf: (appearance: string) => string,
): Promise<string> {
  let decision: string | undefined
  // The words lie under the key that seals those of the act they undo.
  for (const [one, together] of Map.groupBy(acts, (each) => each.one)) {
    const record = one === null ? referralOf('') : referralOf(one)
    decision = await act(tx, {
      ...(decision === undefined ? {} : { id: decision }),
      operation,
      kind: 'undo',
      acts: together.map(({ act_id }) => ({ undoes: act_id })),
      reason: { record, text },
    })
  }
  if (decision === undefined) throw new Error('a decision without acts')
  return decision
}
