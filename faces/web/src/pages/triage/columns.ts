import type { QueueItem } from '../../data/types.ts'
import type { TsvValue } from '../../text/tsv.ts'
import { many } from '../../text/words.ts'
import { tripleWords } from '../../ui/priority.tsx'

interface QueueColumn {
  readonly id: string
  readonly head: string
  readonly says: string
  readonly end?: boolean
  readonly value: ((item: QueueItem, nameOf: (id: string) => string) => TsvValue) | null
}

/** The columns of the queue, in order. Widths and what is left out on narrow screens are in queue.css. */
export const queueColumns: readonly QueueColumn[] = [
  { id: 'mark', head: '', says: 'Selected, unread', value: null },
  { id: 'number', head: 'No.', says: 'Number', end: true, value: (item) => item.number },
  { id: 'priority', head: 'Pri', says: 'Effective priority', value: (item) => item.priority.effective },
  {
    id: 'triple',
    head: 'Dec Cmp Cnf',
    says: 'Priority declared, computed, confirmed',
    value: (item) => tripleWords(item.priority),
  },
  { id: 'act', head: 'Act by', says: 'Act by', end: true, value: (item) => item.actBy },
  {
    id: 'child',
    head: 'Child',
    says: 'Child urgency: the sum of the weights of what is stated, in log-odds. It orders work; no probability.',
    end: true,
    value: (item) => item.childUrgency / 100,
  },
  {
    id: 'danger',
    head: 'Danger',
    says: 'Offender danger: the sum of the weights of what is stated, in log-odds. It orders work; no probability.',
    end: true,
    value: (item) => item.offenderDanger / 100,
  },
  {
    id: 'because',
    head: 'Because, as stated to us',
    says: 'Because, as stated to us: nothing here is established',
    value: (item) => item.because,
  },
  { id: 'sender', head: 'Sender', says: 'Sender', value: (item) => item.sender },
  { id: 'kind', head: 'Kind', says: 'Kind of incident', value: (item) => item.incidentKind },
  { id: 'people', head: 'Ppl', says: 'People', end: true, value: (item) => item.people },
  { id: 'files', head: 'Files', says: 'Files', end: true, value: (item) => item.files },
  { id: 'hits', head: 'Hits', says: 'Hits', end: true, value: (item) => item.hits },
  { id: 'folded', head: 'Fold', says: 'Folded into it', end: true, value: (item) => item.folded },
  { id: 'received', head: 'Received', says: 'Received, UTC', end: true, value: (item) => item.receivedAt },
  { id: 'who', head: 'With', says: 'Who has it', value: (item, nameOf) => whoHas(item, nameOf) },
]

export function whoHas(item: QueueItem, nameOf: (id: string) => string): string {
  if (item.takenBy !== null) return nameOf(item.takenBy)
  return item.state === 'open' ? '' : item.state
}

/** A row in one sentence, for those who hear it. */
export function sentence(item: QueueItem, nameOf: (id: string) => string): string {
  const who = whoHas(item, nameOf)
  return [
    `Referral ${item.number}`,
    item.unread === 'read' ? '' : item.unread,
    `${item.priority.effective}, ${tripleWords(item.priority)}`,
    `child urgency ${item.childUrgency / 100}, offender danger ${item.offenderDanger / 100}`,
    item.because,
    item.byLot ? 'drawn by lot, not brought here by its rank' : '',
    item.disagreed === null ? '' : `you said it should be ${item.disagreed}`,
    item.safeguarding === 'none' ? '' : `safeguarding ${item.safeguarding}`,
    `from ${item.sender}`,
    `${many(item.people, 'person', 'people')}, ${many(item.files, 'file')}, ${many(item.hits, 'hit')}, ${item.folded} folded`,
    who === '' ? '' : item.takenBy === null ? who : `taken by ${who}`,
  ]
    .filter((part) => part !== '')
    .join('; ')
}
