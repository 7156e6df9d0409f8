import type { chartAround, ResponseOf } from '@tandem/contract'
import type { Tie } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import { type LoadedTies, loadTies } from '../../linkage/ties/load.ts'
import { type ReasonOfTie, reasonsOf } from '../../linkage/ties/reasons.ts'
import { openWritten } from '../../linkage/ties/written.ts'

type Edge = ResponseOf<typeof chartAround>['edges'][number]

/** The ties of one subject as edges: the same edge from whichever end it is asked for. */
export async function tieEdgesOf(tx: Transaction, subject: string): Promise<Edge[]> {
  const loaded = await loadTies(tx, [subject])
  const records = recordsOf(loaded, subject)
  const ties = loaded.ties.of({ id: subject, records })
  const written = await openWritten(tx, loaded, ties)
  return ties.map((tie) => edgeOf(subject, tie, reasonsOf(tie, new Set(records), loaded, written)))
}

/** With how many others each of these subjects has a tie. */
export async function tiedWith(
  tx: Transaction,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const loaded = await loadTies(tx, subjects)
  return new Map(
    subjects.map((id) => [
      id,
      new Set(loaded.ties.of({ id, records: recordsOf(loaded, id) }).map(({ subject }) => subject)),
    ]),
  )
}

function recordsOf({ own, contacts }: LoadedTies, subject: string): string[] {
  const records = new Set(own.flatMap((row) => (row.subject_id === subject ? [row.appearance_id] : [])))
  for (const { one, one_subject, other, other_subject } of contacts) {
    if (one_subject === subject) records.add(one)
    if (other !== null && other_subject === subject) records.add(other)
  }
  return [...records].sort()
}

const kinds = { household: 'household', contact: 'contact', 'shared file': 'shared-file' } as const

function edgeOf(subject: string, { relation, subject: other }: Tie, reasons: readonly ReasonOfTie[]): Edge {
  const paid = reasons.find(({ direction }) => direction !== 'both')?.direction ?? 'both'
  const kind = relation === 'payment' ? (paid === 'both' ? 'shared-payment' : 'payment') : kinds[relation]
  // Who paid stands first; else the two stand in one order, whoever was asked.
  const isOut = relation === 'payment' && paid !== 'both' ? paid === 'out' : subject < other
  const [from, to] = isOut ? [subject, other] : [other, subject]
  return { from: `subject/${from}`, to: `subject/${to}`, kind, label: labelOf(relation, reasons) }
}

/** The same words from both ends. */
function labelOf(relation: Tie['relation'], reasons: readonly ReasonOfTie[]): string {
  const referrals = [...new Set(reasons.flatMap(({ referrals: all }) => all.map(({ number }) => number)))]
    .sort((a, b) => a - b)
    .map((number) => `R-${number}`)
  const shown = referrals.slice(0, 4).join(', ')
  const more = referrals.length - 4
  const many = reasons.length === 1 ? 'one reason' : `${reasons.length} reasons`
  return `tie: ${relation}, ${many}, ${shown}${more > 0 ? ` and ${more} more` : ''}`
}
