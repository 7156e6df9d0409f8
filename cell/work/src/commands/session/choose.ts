import type { choose as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'

/** The choice and its record are one transaction: it is made under the standing that it ends. */
export const choose: Handler<typeof route> = (cell, caller, { body }) => {
  const { login, token } = caller.credential
  if (login !== 'tandem_officer' && login !== 'tandem_supervisor') throw new Refusal('TANDEM-AUTH-002')
  return cell.store.within(
    caller.credential,
    async (tx) => {
      const { chosen } = await tx.one('gate/choose', { token, ...body })
      if (!chosen) throw new Refusal('TANDEM-LAW-001')
      tx.record('session.choose', { operation: body.operation, authority: body.authority, purpose: body.purpose })
      return { chosen: true }
    },
    { reach: 'frame' },
  )
}
