import type { standing as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { verbsOf } from '../../policies/may.ts'

/** Only the frame of the work: needed to choose an authority, so it must not itself need one. */
export const standing: Handler<typeof route> = (cell, caller) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      const me = tx.standing
      const reachesCore = me.role !== 'partner' && me.role !== 'administrator'
      const agencies = reachesCore ? await tx.run('frame/agencies', {}) : []
      const people = reachesCore ? await tx.run('frame/people', {}) : []
      const operations = reachesCore ? await tx.run('frame/operations', {}) : []
      const authorities = reachesCore ? await tx.run('authority/all', {}) : []
      const purposes = reachesCore ? await tx.run('purpose/all', {}) : []
      const agency = agencies.find((row) => row.agency_id === me.agency)
      const person = people.find((row) => row.person_id === me.person)
      const operation = operations.find((row) => row.operation_id === me.operation)
      const authority = authorities.find((row) => row.authority_id === me.authority)
      const purpose = purposes.find((row) => row.purpose_id === me.purpose)
      const inForce = authorities.filter((row) => row.state === 'in force')
      return {
        person: { id: me.person, name: person?.display_name ?? 'You', role: me.role },
        agency: { id: me.agency, name: agency?.name ?? '', shortName: agency?.short_name ?? '' },
        cell: { name: cell.name, mode: cell.mode },
        now: me.now,
        operation: operation === undefined ? null : { id: operation.operation_id, name: operation.name },
        authority:
          authority === undefined
            ? null
            : {
                id: authority.authority_id,
                name: authority.kind,
                act: authority.act,
                section: authority.section,
                expiresAt: authority.expires_at,
                inForce: me.authorised,
              },
        purpose:
          purpose === undefined
            ? null
            : { id: purpose.purpose_id, code: purpose.code, task: purpose.task, inForce: me.purposed },
        choices: {
          operations: operations.map((row) => ({ id: row.operation_id, name: row.name })),
          authorities: inForce.map((row) => ({
            id: row.authority_id,
            name: `${row.act} ${row.section}`,
            operationId: row.operation_id,
            expiresAt: row.expires_at,
          })),
          purposes: purposes
            .filter((row) => row.ended_at === null)
            .map((row) => ({ id: row.purpose_id, code: row.code, task: row.task, operationId: row.operation_id })),
        },
        people: people.map((row) => ({ id: row.person_id, name: row.display_name, role: row.role })),
        may: verbsOf(me.role),
      }
    },
    { reach: 'frame' },
  )
