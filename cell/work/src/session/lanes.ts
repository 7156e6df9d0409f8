import type { Cell } from '../cell.ts'

export interface LaneInfo {
  readonly lane: string
  readonly kind: string
  readonly agency: string
  /** The sender that files without a named one are booked to: this cell itself. */
  readonly sender: string
}

export async function lanesOf(cell: Cell): Promise<LaneInfo[]> {
  const rows = await cell.store.gate('gate/lanes', {}, 'tandem_ingest')
  const lanes: LaneInfo[] = []
  for (const row of rows) {
    const senders = await sendersOf(cell, row.lane_id)
    const own =
      senders.find(({ name }) => name === (row.kind === 'folder' ? 'Watched folder' : 'This cell')) ?? senders[0]
    if (own !== undefined) lanes.push({ lane: row.lane_id, kind: row.kind, agency: row.agency, sender: own.id })
  }
  return lanes
}

export async function sendersOf(cell: Cell, lane: string): Promise<{ id: string; name: string }[]> {
  const rows = await cell.store.within({ kind: 'lane', lane }, (tx) => tx.run('frame/senders', {}), { reach: 'frame' })
  return rows.filter((row) => row.active).map((row) => ({ id: row.sender_id, name: row.name }))
}
