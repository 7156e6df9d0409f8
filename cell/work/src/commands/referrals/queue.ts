import type { queue as route } from '@tandem/contract'
import { cursorOf, parseCursor } from '../../cursor.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentQueueItem } from '../../presenters/queue-item.ts'

const [instant, whole, uuid] = [/^\d{4}-[\d:.TZ+ -]{10,40}$/, /^-?\d{1,9}$/, /^[0-9a-f-]{36}$/]
const workingPlace = [/^P[123]$/, instant, whole, whole, instant, uuid]
const endedPlace = [instant, uuid]

export const queue: Handler<typeof route> = (cell, caller, { query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'queue.read')
    const priority = query.priority ?? null
    const only_by_lot = query.lot === 'drawn'
    const working = query.view === 'queue' || query.view === 'mine' || query.view === 'held'
    const after = query.after === undefined ? [] : parseCursor(query.after, working ? workingPlace : endedPlace)
    const page = working
      ? tx.run('queue/page', {
          view: query.view,
          priority,
          after_priority: after[0] ?? null,
          after_act_by: after[1] ?? null,
          after_child: numberOrNull(after[2]),
          after_offender: numberOrNull(after[3]),
          after_received: after[4] ?? null,
          after_id: after[5] ?? null,
          limit: query.limit,
          only_by_lot,
        })
      : tx.run('queue/ended', {
          view: query.view,
          priority,
          after_changed: after[0] ?? null,
          after_id: after[1] ?? null,
          limit: query.limit,
          only_by_lot,
        })
    const [rows, counts] = await Promise.all([page, tx.one('queue/counts', {})])
    // One entry for the whole list, committed to the ids in the order they were shown.
    tx.record('queue.read', {
      view: query.view,
      ...(only_by_lot ? { lot: 'drawn' } : {}),
      referrals: rows.map((row) => row.referral_id),
    })
    const last = rows.at(-1)
    const next =
      last === undefined || rows.length < query.limit
        ? null
        : working
          ? cursorOf([
              last.effective_priority,
              last.act_by,
              String(last.child_urgency),
              String(last.offender_danger),
              last.received_at,
              last.referral_id,
            ])
          : cursorOf(['changed_at' in last ? String(last.changed_at) : '', last.referral_id])
    return {
      items: rows.map(presentQueueItem),
      next,
      counts: {
        queue: counts.queue,
        mine: counts.mine,
        held: counts.held,
        ended: counts.ended,
        P1: counts.p1,
        P2: counts.p2,
        P3: counts.p3,
        byLot: counts.by_lot,
      },
    }
  })

const numberOrNull = (text: string | undefined): number | null =>
  text === undefined ? null : Number.parseInt(text, 10)
