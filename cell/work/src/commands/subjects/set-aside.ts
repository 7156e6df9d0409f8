import type { setAsideValue as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { act } from '../../linkage/acts.ts'
import { loadComponents } from '../../linkage/load.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { relink, subjectSeen } from './decided.ts'

export const setAsideValue: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.decide')
    await tx.run('link/turn', {})
    const subject = await subjectSeen(tx, { id: params.id, version: body.version })
    const { subjects, held, acts } = await loadComponents(tx, [subject.component_id])
    const isNamed = (subjects.subjectOf(params.id)?.records ?? []).some((record) =>
      held.get(record)?.appearance.values.some(({ value }) => value === body.observable),
    )
    const [tied, contacts] = isNamed
      ? [[], []]
      : await Promise.all([
          tx.run('tie/values_of', { subjects: [params.id] }),
          tx.run('tie/contacts_of', { subjects: [params.id] }),
        ])
    // By such a value somebody else is listed here: it names that one, and ties the two.
    const isListed = contacts.some(({ other_values }) => other_values?.includes(body.observable))
    if (!isNamed && !isListed && !tied.some(({ observable_id }) => observable_id === body.observable))
      throw new Refusal('TANDEM-INPUT-001', 'no appearance of this subject names such a value')
    const standing = isNamed ? acts : await tx.run('link/acts', { appearances: [], observables: [body.observable] })
    if (standing.some((each) => each.observable_id === body.observable && each.undone_by === null))
      throw new Refusal('TANDEM-STATE-002', 'the value is set aside already')
    // A file is set aside by all its digests: by another one it would tie the same people again.
    const beside = await tx.run('tie/same_file', { observables: [body.observable] })
    const others = beside.map(({ observable_id }) => observable_id)
    const already = await tx.run('link/suppressed', { observables: others })
    const over = new Set(already.flatMap((row) => (row.over ? [] : [row.observable_id])))
    const observables = [body.observable, ...others.filter((each) => !over.has(each))]
    const components = await tx.run('appearance/near', { observables })
    // What a value is set aside for is about no one referral: its words have a key of their own.
    const id = newId()
    const decision = await act(tx, {
      id,
      operation: subject.operation_id,
      kind: 'suppress',
      acts: observables.map((observable) => ({ observable })),
      ground: { by: 'person' },
      reason: { record: id, text: body.reason },
    })
    return relink(tx, {
      verb: 'setAside',
      decision,
      components: components.map(({ component_id }) => component_id),
      because: 'a person decided that a value is shared by many',
      object: { observable: body.observable },
      reason: body.reason,
      says: (changed) =>
        isNamed || isListed
          ? `The value counts for nothing now; ${changed} subjects are other than they were. It can be taken back.`
          : 'The value ties nobody now. It can be taken back.',
    })
  })
