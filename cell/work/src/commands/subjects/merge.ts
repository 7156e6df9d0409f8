import type { mergeSubjects as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { act } from '../../linkage/acts.ts'
import { MOST_JOINED } from '../../linkage/weighed-together.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { reasonWith, relink, subjectSeen } from './decided.ts'

/** A must-link between the two that give the subjects their names: what hangs on either comes along. */
export const mergeSubjects: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.decide')
    if (body.one.id === body.other.id) throw new Refusal('TANDEM-INPUT-001', 'a subject is not merged with itself')
    await tx.run('link/turn', {})
    const [one, other] = [await subjectSeen(tx, body.one), await subjectSeen(tx, body.other)]
    const together = one.appearances + other.appearances
    if (together > MOST_JOINED)
      throw new Refusal(
        'TANDEM-STATE-002',
        `the two have ${together} appearances together, and more than ${MOST_JOINED} cannot be weighed`,
      )
    const first = await tx.one('appearance/one', { appearance_id: one.subject_id })
    const reason = reasonWith(body.reason, body.evidence)
    const decision = await act(tx, {
      operation: one.operation_id,
      kind: 'must link',
      acts: [{ one: one.subject_id, other: other.subject_id }],
      expiresAt: body.expiresAt,
      reason: { record: first.referral_id, text: reason },
    })
    return relink(tx, {
      verb: 'merge',
      decision,
      components: [one.component_id, other.component_id],
      because: 'a person decided that two subjects are one',
      object: { one: one.subject_id, other: other.subject_id },
      reason,
      // Subjects may also change because earlier decisions come to rest: then the two are no more one than before.
      says: (_, { subjects }) =>
        subjects.subjectOf(one.subject_id)?.id === subjects.subjectOf(other.subject_id)?.id
          ? 'The two are one subject now. It can be taken back.'
          : 'An earlier decision keeps the two apart. Both decisions are shown until one of them is taken back.',
    })
  })
