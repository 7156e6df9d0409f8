import type { Cell } from '../cell.ts'
import { recordSession, sessionOf } from './sign-in.ts'

export interface Passkey {
  readonly credentialId: Buffer
  readonly publicKey: Buffer
  readonly counter: number
}

export async function passkeysOf(cell: Cell, token: Buffer): Promise<Passkey[]> {
  const rows = await cell.store.gate('gate/passkeys_of', { token })
  return rows.map((row) => ({ credentialId: row.credential_id, publicKey: row.public_key, counter: row.counter }))
}

export async function addPasskey(cell: Cell, token: Buffer, key: Passkey): Promise<void> {
  await cell.store.gate('gate/add_passkey', {
    token,
    credential_id: key.credentialId,
    public_key: key.publicKey,
    counter: key.counter,
  })
}

/** After a verified assertion: the counter moves on and the session is whole. */
export async function secondFactorGiven(cell: Cell, token: Buffer, key: Passkey): Promise<void> {
  await cell.store.gate('gate/use_passkey', { credential_id: key.credentialId, counter: key.counter })
  await cell.store.gate('gate/give_second_factor', { token })
  const held = await sessionOf(cell, token)
  if (held === null) return
  try {
    await recordSession(cell, token, held.login, 'session.open')
  } catch (error) {
    // Not recorded means not done: the session that nobody would know of ends.
    await cell.store.gate('gate/close_session', { token })
    throw error
  }
}
