import { createHash } from 'node:crypto'
import { type Json, Refusal } from '@tandem/core'
import type { Row, Transaction } from '@tandem/store'
import { type Linked, loadComponents } from '../../linkage/load.ts'
import { subjectLabel } from '../../linkage/naming.ts'
import { settle } from '../../linkage/settle.ts'

export type SubjectRow = Row<'subject/one'>

/** The subject as it is, under the turn of its operation; the version named by the officer must be the present one. */
export async function subjectSeen(
  tx: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<SubjectRow> {
  const row = await tx.one('subject/one', { subject_id: id })
  if (row.version !== version || row.appearances === 0) throw new Refusal('TANDEM-STATE-001')
  return row
}

/** Acts were added: what they touch is told anew, and the ledger says who decided what and why. */
export async function relink(
  tx: Transaction,
  decided: {
    readonly verb: string
    readonly decision: string
    readonly components: readonly string[]
    readonly because: string
    readonly object: { readonly [key: string]: Json }
    readonly reason: string
    readonly says: (subjects: number, linked: Linked) => string
  },
) {
  const linked = await loadComponents(tx, decided.components)
  const changed = await settle(tx, linked, decided.because)
  tx.record(`subject.${decided.verb}`, {
    ...decided.object,
    decision: decided.decision,
    subjects: changed,
    reasonSha256: createHash('sha256').update(decided.reason).digest('hex'),
  })
  const rows = await Promise.all(changed.map((id) => tx.one('subject/one', { subject_id: id })))
  const subjects = rows
    .filter(({ appearances }) => appearances > 0)
    .map(({ subject_id: id, number, person, version }) => ({ id, version, label: subjectLabel(number, person) }))
  return { decision: decided.decision, subjects, says: decided.says(subjects.length, linked) }
}

/** References that an officer gives stand behind the words of the reason, as they were written. */
export const reasonWith = (reason: string, evidence: readonly string[]): string =>
  evidence.length === 0 ? reason : `${reason}\nEvidence: ${evidence.join('; ')}`
