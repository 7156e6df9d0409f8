import type { createAuthority as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'

/** A new authority can be entered while the old one has lapsed: otherwise a lapse could never be cured. */
export const createAuthority: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'authority.create')
      if (Date.parse(body.startsAt) >= Date.parse(body.expiresAt)) {
        throw new Refusal('TANDEM-INPUT-001', 'it must start before it expires')
      }
      const id = newId()
      await tx.run('authority/insert', {
        authority_id: id,
        operation_id: body.operation,
        kind: body.kind,
        act: body.act,
        section: body.section,
        issuer: body.issuer,
        scope: body.scope,
        necessity: body.necessity,
        proportionality: body.proportionality,
        starts_at: body.startsAt,
        expires_at: body.expiresAt,
      })
      tx.record('authority.create', { authority: id, operation: body.operation, expiresAt: body.expiresAt })
      await notify(tx, body.operation, 'authority', id)
      return { authority: id }
    },
    { reach: 'frame' },
  )
