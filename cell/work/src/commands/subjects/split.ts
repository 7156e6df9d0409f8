import type { splitSubject as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { act } from '../../linkage/acts.ts'
import { loadComponents } from '../../linkage/load.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { reasonWith, relink, subjectSeen } from './decided.ts'

/** Each of those taken out is kept from each of the rest, so that no other link brings them together again. */
const MOST_PAIRS = 600

export const splitSubject: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.decide')
    await tx.run('link/turn', {})
    const subject = await subjectSeen(tx, { id: params.id, version: body.version })
    const { subjects, held } = await loadComponents(tx, [subject.component_id])
    const records = subjects.subjectOf(params.id)?.records ?? []
    const apart = new Set(body.apart)
    const rest = records.filter((record) => !apart.has(record))
    if ([...apart].some((record) => !records.includes(record)))
      throw new Refusal('TANDEM-INPUT-001', 'an appearance to be taken out is not part of this subject')
    if (rest.length === 0) throw new Refusal('TANDEM-INPUT-001', 'at least one appearance must stay')
    if (rest.length * apart.size > MOST_PAIRS)
      throw new Refusal('TANDEM-INPUT-001', 'too many at once: take out fewer appearances, one after the other')
    const reason = reasonWith(body.reason, body.evidence)
    // One key seals the words of each act: that of the referral in which its first appearance stands.
    const decision = newId()
    for (const one of apart) {
      await act(tx, {
        id: decision,
        operation: subject.operation_id,
        kind: 'cannot link',
        acts: rest.map((other) => ({ one, other })),
        expiresAt: body.expiresAt,
        reason: { record: held.get(one)?.referral_id ?? '', text: reason },
      })
    }
    return relink(tx, {
      verb: 'split',
      decision,
      components: [subject.component_id],
      because: 'a person decided that some are not the person that the others are',
      object: { subject: params.id, apart: [...apart] },
      reason,
      says: (subjects) => `They are ${subjects} subjects now. It can be taken back.`,
    })
  })
