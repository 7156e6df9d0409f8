import type { explainPair as route } from '@tandem/contract'
import { explainLink, linkInWords } from '@tandem/linkage'
import type { Handler } from '../../handler.ts'
import { type Linked, loadComponents } from '../../linkage/load.ts'
import { measuredError } from '../../linkage/measured-error.ts'
import { namesFor } from '../../linkage/naming.ts'
import { openWords } from '../../linkage/reasons.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { presentLink } from '../../presenters/subject.ts'

/** The waterfall of any two, also of two that are not taken for one. */
export const explainPair: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'subject.read')
    const [one, other, people] = await Promise.all([
      tx.one('appearance/one', { appearance_id: params.one }),
      tx.one('appearance/one', { appearance_id: params.other }),
      namesOfPeople(tx),
    ])
    const linked = await loadComponents(tx, [one.component_id, other.component_id], openWords(people))
    const names = await namesFor(tx, linked)
    tx.record('subject.link.read', { one: params.one, other: params.other })
    const { facts } = linked.subjects
    const edge = facts.edge(params.one, params.other)
    const sameSubject = one.subject_id === other.subject_id
    if (edge === null) return { link: null, sameSubject, inWords: nothingWeighed(linked, params.one, params.other) }
    const link = explainLink(edge, facts)
    return { link: presentLink(link, names), sameSubject, inWords: names.sentence(linkInWords(link, measuredError)) }
  })

/** What is set aside is shared all the same: whoever asks is told so. */
function nothingWeighed({ held }: Linked, one: string, other: string): string {
  const theirs = new Set(held.get(other)?.appearance.values.map(({ value }) => value))
  return held.get(one)?.appearance.values.some(({ value }) => theirs.has(value)) === true
    ? 'All that they share is set aside as shared by many: nothing was weighed.'
    : 'They share nothing that is compared.'
}
