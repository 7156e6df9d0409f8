import { Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import { sealText } from '../sealed.ts'
import type { KeptGround } from './generic.ts'

interface NewAct {
  readonly one?: string
  readonly other?: string
  readonly observable?: string
  readonly undoes?: string
}

/** A person's own words, and the record under whose key they are sealed. */
export interface Reason {
  readonly record: string
  readonly text: string
}

/** The acts of one decision: of a person with a reason, of a rule without. */
export async function act(
  tx: Transaction,
  decision: {
    readonly operation: string
    readonly kind: 'must link' | 'cannot link' | 'suppress' | 'undo'
    readonly acts: readonly NewAct[]
    readonly id?: string
    readonly expiresAt?: string | null
    readonly ground?: KeptGround
    readonly reason?: Reason
  },
): Promise<string> {
  const { operation, kind, acts, reason, expiresAt = null } = decision
  // What is over before it begins would be told as a decision, and never count.
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(tx.standing.now))
    throw new Refusal('TANDEM-INPUT-001', 'a decision ends later than now')
  const decision_id = decision.id ?? newId()
  const ids = acts.map(() => newId())
  if (reason !== undefined) await tx.vault.prepare(operation, reason.record)
  await tx.run('link/insert', {
    operation_id: operation,
    decision_id,
    kind,
    ids,
    ones: acts.map(({ one }) => one ?? null),
    others: acts.map(({ other }) => other ?? null),
    observables: acts.map(({ observable }) => observable ?? null),
    undoes: acts.map(({ undoes }) => undoes ?? null),
    expires_at: expiresAt,
    ground: decision.ground === undefined ? null : JSON.stringify(decision.ground),
    reasons: ids.map((id) =>
      reason === undefined ? null : sealText(tx, reason.record, 'link_act', 'reason_sealed', id, reason.text),
    ),
  })
  // What came to its end is told anew then, and not only when somebody looks.
  const [first] = acts
  if (expiresAt !== null && first?.one !== undefined)
    await tx.run('job/insert_at', {
      job_id: newId(),
      kind: 'rank subjects',
      subject_id: first.one,
      run_after: expiresAt,
    })
  return decision_id
}
