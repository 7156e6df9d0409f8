import type { subjectTies } from '@tandem/contract'
import { listTies, mostListed, mostParties, mostRecipients } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import type { z } from 'zod'
import { subjectLabel } from '../linkage/naming.ts'
import { type LoadedTies, listedValues } from '../linkage/ties/load.ts'
import { type ReasonOfTie, reasonsOf } from '../linkage/ties/reasons.ts'
import { openWritten } from '../linkage/ties/written.ts'

type Shown = z.output<typeof subjectTies>

/** So many ties stand on a page, each with so many reasons; how many more there are is told. */
const MOST_TIES = 100
const MOST_REASONS = 10

export interface PresentedTies {
  readonly shown: Shown
  /** What officers read of values that stand in no other part of the page. */
  readonly written: ReadonlyMap<string, string>
}

export async function presentTies(
  tx: Transaction,
  subject: { readonly id: string; readonly records: readonly string[] },
  loaded: LoadedTies,
): Promise<PresentedTies> {
  const found = loaded.ties.of(subject)
  const { listed: ties, leftOut: unlisted } = listTies(found, MOST_TIES)
  const subjects = [...new Set(ties.map((tie) => tie.subject))]
  const [labels, roles, [untold], written] = await Promise.all([
    tx.run('subject/labels', { subjects }),
    tx.run('tie/told_as', { subjects }),
    tx.run('tie/untold_of', { subject_id: subject.id }),
    openWritten(tx, loaded, ties, [
      ...loaded.ties.tooMany.map(({ value }) => value),
      ...loaded.acts.map(({ observable_id }) => observable_id),
    ]),
  ])
  const labelOf = new Map(labels.map((row) => [row.subject_id, subjectLabel(row.number, row.person)]))
  const toldAs = new Map(
    [...Map.groupBy(roles, (row) => row.subject_id)].map(([subject, rows]) => [
      subject,
      rows.map(({ role, times }) => ({ role, times })),
    ]),
  )
  const kinds = new Map(loaded.own.map(({ observable_id, kind }) => [observable_id, kind]))
  const records = new Set(subject.records)
  const readable = (value: string): string => written.get(value) ?? '(not readable)'
  const present = (reason: ReasonOfTie): Shown['ties'][number]['reasons'][number] => {
    const { observable, says, referrals, from, to } = reason
    return {
      says: says(observable === null ? '' : readable(observable)),
      value:
        observable === null
          ? null
          : { observable, kind: kinds.get(observable) ?? 'value', written: readable(observable) },
      referrals: [...referrals],
      from,
      to,
    }
  }
  const shown = ties.flatMap((tie): Shown['ties'] => {
    const label = labelOf.get(tie.subject)
    if (label === undefined) return []
    const reasons = reasonsOf(tie, records, loaded, written)
    return [
      {
        relation: tie.relation,
        other: { id: tie.subject, label, toldAs: toldAs.get(tie.subject) ?? [] },
        direction: directionOf(reasons),
        reasons: reasons.slice(0, MOST_REASONS).map(present),
        moreReasons: Math.max(0, reasons.length - MOST_REASONS),
      },
    ]
  })
  const leftOut = leftOutInWords(loaded, readable, untold?.appearances ?? 0)
  for (const { relation, ties: more } of unlisted)
    leftOut.push(
      `${more} more ${more === 1 ? 'tie' : 'ties'} by ${relation} ${more === 1 ? 'is' : 'are'} not listed here`,
    )
  return { shown: { ties: shown, leftOut }, written }
}

export const directionOf = (reasons: readonly ReasonOfTie[]): ReasonOfTie['direction'] => {
  const [first] = reasons
  return first !== undefined && reasons.every(({ direction }) => direction === first.direction)
    ? first.direction
    : 'both'
}

function crowdInWords(how: string, parties: number): string {
  if (how === 'message') return `wrote or was sent a message to ${parties} at once: more than ${mostRecipients}`
  if (how === 'listed') return `has or stands in a list of ${parties} connections: more than ${mostListed}`
  return `took part in a conversation of ${parties}: more than ${mostParties}`
}

/** What ties nobody, always with its number: silence would read as nothing there. */
function leftOutInWords(loaded: LoadedTies, readable: (value: string) => string, untold: number): string[] {
  const { own, contacts, ties, acts, fallenBeside } = loaded
  const many = ties.tooMany.map(
    ({ relation, value, subjects, most }) =>
      `${relation === 'household' ? JSON.stringify(readable(value)) : readable(value)} (${relation}) is held by ${subjects} subjects: what more than ${most} hold ties nobody`,
  )
  const crowds = contacts.flatMap(({ how, parties, number }) =>
    parties === null ? [] : [`in R-${number} it ${crowdInWords(how, parties)} tie nobody`],
  )
  const viral = new Set(own.flatMap((row) => (row.how === 'viral' ? [`${row.appearance_id} ${row.file}`] : []))).size
  const held = new Set(own.map(({ observable_id }) => observable_id))
  const asides = new Set(acts.flatMap((row) => (row.over ? [] : [row.observable_id])))
  const asideOf = (values: ReadonlySet<string>): number => [...asides].filter((value) => values.has(value)).length
  const [aside, listed] = [asideOf(held), asideOf(new Set(listedValues(loaded)))]
  return [
    ...many,
    ...new Set(crowds),
    ...(viral === 0 ? [] : [`${viral} of its files, which the sender calls viral or a meme, tie nobody`]),
    ...(aside === 0 ? [] : [`${aside} of its values are set aside and tie nobody: they stand among the decisions`]),
    ...(listed === 0
      ? []
      : [
          `${listed} of the values in lists of connections are set aside and tie nobody: they stand among the decisions`,
        ]),
    ...(fallenBeside === 0
      ? []
      : [
          `${fallenBeside} ${fallenBeside === 1 ? 'digest' : 'digests'} that others have of its files tie nobody, set aside or held by too many: nor do those files of theirs`,
        ]),
    ...(untold === 0 ? [] : [`${untold} of its appearances were linked before ties were told, and are not asked yet`]),
  ]
}
