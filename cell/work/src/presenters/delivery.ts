import type { allDeliveries, ResponseOf } from '@tandem/contract'
import type { Row, Transaction } from '@tandem/store'
import { textOrErased } from '../sealed.ts'
import { asRecord } from './proposal.ts'

type Shown = ResponseOf<typeof allDeliveries>['deliveries'][number]

export function presentDelivery(tx: Transaction, row: Row<'delivery/recent'>): Shown {
  return {
    id: row.delivery_id,
    name: textOrErased(tx, row.delivery_id, 'delivery', 'name_sealed', row.delivery_id, row.name_sealed),
    sender: row.sender,
    lane: row.lane,
    receivedAt: row.received_at,
    state: parseDeliveryState(row.state),
    format: row.format,
    sha256: row.original_sha256.toString('hex'),
    length: row.original_length,
    stripped: Array.isArray(row.stripped) ? row.stripped.map(asRecord) : [],
    account: { records: row.records, accepted: row.accepted, remarked: row.remarked, setAside: row.set_aside },
    reason: row.reason_code === null ? null : { code: row.reason_code, says: row.reason ?? '' },
  }
}

const states = ['received', 'awaiting authority', 'read', 'refused', 'repeat'] as const
export type DeliveryState = (typeof states)[number]

export function parseDeliveryState(text: string): DeliveryState {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of a delivery: ${text}`)
  return state
}
