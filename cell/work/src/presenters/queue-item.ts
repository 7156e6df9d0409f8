import type { queue, ResponseOf } from '@tandem/contract'
import type { Row } from '@tandem/store'
import { parsePriority, parseState } from '../commands/referrals/decide.ts'

type QueueItem = ResponseOf<typeof queue>['items'][number]
type ItemRow = Row<'queue/one'>

/** Facts of a row of the queue; never a word of the report. */
export function presentQueueItem(row: ItemRow): QueueItem {
  const optional = (text: string | null) => (text === null ? null : parsePriority(text))
  return {
    id: row.referral_id,
    number: row.number,
    version: row.version,
    state: parseState(row.state),
    takenBy: row.taken_by,
    heldUntil: row.held_until,
    sender: row.sender,
    format: row.format,
    reference: row.reference,
    incidentKind: row.incident_kind,
    receivedAt: row.received_at,
    actBy: row.act_by,
    priority: {
      effective: parsePriority(row.effective_priority),
      declared: optional(row.declared_priority),
      computed: parsePriority(row.computed_priority),
      confirmed: optional(row.confirmed_priority),
    },
    childUrgency: row.child_urgency,
    offenderDanger: row.offender_danger,
    because: row.because,
    byLot: row.by_lot,
    score: row.score_number,
    disagreed: row.disagreed === null ? null : directionOf(row.disagreed),
    people: row.people,
    files: row.files,
    hits: row.hits,
    folded: row.folded,
    remarks: row.remarks,
    unread: row.read_version === null ? 'new' : row.read_version < row.version ? 'changed' : 'read',
    safeguarding: parseTrack(row.safeguarding),
  }
}

export function directionOf(text: string): 'higher' | 'lower' {
  if (text === 'higher' || text === 'lower') return text
  throw new TypeError(`not a direction of a disagreement: ${text}`)
}

const tracks = ['none', 'open', 'overdue', 'closed'] as const
const parseTrack = (text: string): (typeof tracks)[number] => tracks.find((each) => each === text) ?? 'none'
