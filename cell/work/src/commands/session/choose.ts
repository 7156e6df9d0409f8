import type { choose as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'

export const choose: Handler<typeof route> = async (cell, caller, { body }) => {
  const { login, token } = caller.credential
  if (login !== 'tandem_officer' && login !== 'tandem_supervisor') throw new Refusal('TANDEM-AUTH-002')
  const [row] = await cell.store.gate('gate/choose', { token, ...body }, login)
  if (row?.chosen !== true) throw new Refusal('TANDEM-LAW-001')
  // The choice itself is on record, under the standing it gives.
  await cell.store.within(
    caller.credential,
    async (tx) =>
      tx.record('session.choose', { operation: body.operation, authority: body.authority, purpose: body.purpose }),
    { reach: 'frame' },
  )
  return { chosen: true }
}
