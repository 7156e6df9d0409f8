import type { allDeliveries as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentDelivery } from '../../presenters/delivery.ts'

export const allDeliveries: Handler<typeof route> = (cell, caller, { query }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'delivery.read')
    const rows = await tx.run('delivery/recent', { limit: query.limit })
    await tx.vault.unlock(rows.map((row) => row.delivery_id))
    tx.record('delivery.list', { deliveries: rows.map((row) => row.delivery_id) })
    return { deliveries: rows.map((row) => presentDelivery(tx, row)) }
  })
