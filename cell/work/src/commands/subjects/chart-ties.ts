import type { chartAround, ResponseOf } from '@tandem/contract'
import { listTies, type Tie } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import { type LoadedTies, loadTies } from '../../linkage/ties/load.ts'
import { type ReasonOfTie, reasonsOf } from '../../linkage/ties/reasons.ts'
import { openWritten } from '../../linkage/ties/written.ts'

type Edge = ResponseOf<typeof chartAround>['edges'][number]

/**
 * The ties of one subject as edges: the same edge from whichever end it is asked for. Those that are listed where so many are
 * asked for stand first.
 */
export async function tieEdgesOf(tx: Transaction, subject: string, most: number): Promise<Edge[]> {
  const loaded = await loadTies(tx, [subject])
  const records = recordsOf(loaded, subject)
  const all = loaded.ties.of({ id: subject, records })
  const { listed } = listTies(all, most)
  const ties = [...new Set([...listed, ...all])]
  const written = await openWritten(tx, loaded, ties)
  return ties.flatMap((tie) => edgesOf(subject, tie, reasonsOf(tie, new Set(records), loaded, written)))
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

/** One edge; of payments one for each way that money went, and one for what the two only have in common. */
function edgesOf(subject: string, { relation, subject: other }: Tie, reasons: readonly ReasonOfTie[]): Edge[] {
  const edge = (isOut: boolean, kind: Edge['kind'], why: readonly ReasonOfTie[]): Edge => {
    const [from, to] = isOut ? [subject, other] : [other, subject]
    return { from: `subject/${from}`, to: `subject/${to}`, kind, label: labelOf(kind, why) }
  }
  // Where nothing has a direction, the two stand in one order, whoever was asked.
  if (relation !== 'payment') return [edge(subject < other, kinds[relation], reasons)]
  const ways = Map.groupBy(reasons, ({ direction }) => direction)
  return [...ways].map(([direction, why]) =>
    direction === 'both' ? edge(subject < other, 'shared-payment', why) : edge(direction === 'out', 'payment', why),
  )
}

/** The same words from both ends. */
function labelOf(kind: Edge['kind'], reasons: readonly ReasonOfTie[]): string {
  const referrals = [...new Set(reasons.flatMap(({ referrals: all }) => all.map(({ number }) => number)))]
    .sort((a, b) => a - b)
    .map((number) => `R-${number}`)
  const shown = referrals.slice(0, 4).join(', ')
  const more = referrals.length - 4
  const many = reasons.length === 1 ? 'one reason' : `${reasons.length} reasons`
  return `tie: ${kind.replace('-', ' ')}, ${many}, ${shown}${more > 0 ? ` and ${more} more` : ''}`
}
