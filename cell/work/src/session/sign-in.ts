import { createHash, randomBytes } from 'node:crypto'
import { Refusal } from '@tandem/core'
import { type Login, parseLogin } from '@tandem/store'
import type { Cell } from '../cell.ts'

export interface SignedIn {
  readonly token: Buffer
  readonly secondFactor: 'not required' | 'awaited' | 'given'
}

/** Hours a session lasts at most, and minutes it may rest (NCSC and CJIS ask for a lock at 30 or less). */
const SESSION_HOURS = 12
const IDLE_MINUTES = 30

/** The agency's OpenID provider has named this subject. A stranger gets the same answer as a locked person. */
export async function signIn(
  cell: Cell,
  named: { issuer: string; subject: string },
  askSecondFactor: boolean,
): Promise<SignedIn> {
  const token = randomBytes(32)
  const [opened] = await cell.store.gate('gate/open_session', {
    issuer: named.issuer,
    subject: named.subject,
    token_hash: createHash('sha256').update(token).digest(),
    hours: SESSION_HOURS,
    idle_seconds: IDLE_MINUTES * 60,
    second_factor: askSecondFactor,
  })
  if (opened === undefined) throw new Refusal('TANDEM-AUTH-003')
  if (opened.second_factor !== 'awaited') await recordSession(cell, token, parseLogin(opened.login), 'session.open')
  return { token, secondFactor: opened.second_factor === 'awaited' ? 'awaited' : 'not required' }
}

export interface HeldSession {
  readonly person: string
  readonly agency: string
  readonly name: string
  readonly role: string
  readonly login: Login
  readonly secondFactor: string
  readonly operation: string | null
}

export async function sessionOf(cell: Cell, token: Buffer): Promise<HeldSession | null> {
  const [row] = await cell.store.gate('gate/session_of', { token })
  if (row === undefined) return null
  return {
    person: row.person_id,
    agency: row.agency_id,
    name: row.display_name,
    role: row.role,
    login: parseLogin(row.login),
    secondFactor: row.second_factor,
    operation: row.operation_id,
  }
}

/** Who came and went is on record; where it cannot be, nobody comes in. A session that awaits its second factor has not. */
export async function recordSession(
  cell: Cell,
  token: Buffer,
  login: Login,
  verb: 'session.open' | 'session.close',
): Promise<void> {
  const session = createHash('sha256').update(createHash('sha256').update(token).digest()).digest('hex')
  await cell.store.within({ kind: 'session', login, token }, async (tx) => tx.record(verb, { session }), {
    reach: 'frame',
  })
}

/** The session ends in any case; that its end could not be recorded is told afterwards. */
export async function signOut(cell: Cell, token: Buffer): Promise<void> {
  try {
    const held = await sessionOf(cell, token)
    if (held !== null && held.secondFactor !== 'awaited') await recordSession(cell, token, held.login, 'session.close')
  } finally {
    await cell.store.gate('gate/close_session', { token })
  }
}
