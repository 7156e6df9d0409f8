import type { allAuthorities as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'

export const allAuthorities: Handler<typeof route> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'authority.read')
      const rows = await tx.run('authority/all', {})
      const purposes = await tx.run('purpose/all', {})
      const lanes = tx.standing.role === 'inspector' ? [] : await tx.run('frame/lanes', {})
      const names = await namesOfPeople(tx)
      tx.record('authority.list', { authorities: rows.map((row) => row.authority_id) })
      return {
        now: tx.standing.now,
        authorities: rows.map((row) => ({
          id: row.authority_id,
          agency: row.agency,
          operation: { id: row.operation_id, name: row.operation },
          kind: row.kind,
          act: row.act,
          section: row.section,
          issuer: row.issuer,
          scope: row.scope,
          necessity: row.necessity,
          proportionality: row.proportionality,
          startsAt: row.starts_at,
          expiresAt: row.expires_at,
          state: parseAuthorityState(row.state),
          cancelledAt: row.cancelled_at,
          cancelReason: row.cancel_reason,
          createdBy: names(row.created_by),
          lanes: lanes
            .filter((lane) => lane.authority_id === row.authority_id)
            .map((lane) => ({ id: lane.lane_id, name: lane.name })),
        })),
        purposes: purposes.map((row) => ({
          id: row.purpose_id,
          operation: row.operation_id,
          code: row.code,
          task: row.task,
          endedAt: row.ended_at,
        })),
        lanes: lanes.map((lane) => ({
          id: lane.lane_id,
          name: lane.name,
          operation: lane.operation_id,
          authority: lane.authority_id,
          inForce: rows.some((row) => row.authority_id === lane.authority_id && row.state === 'in force'),
        })),
      }
    },
    { reach: 'frame' },
  )

const states = ['future', 'in force', 'expired', 'cancelled'] as const
function parseAuthorityState(text: string): (typeof states)[number] {
  const state = states.find((each) => each === text)
  if (state === undefined) throw new TypeError(`not a state of an authority: ${text}`)
  return state
}
