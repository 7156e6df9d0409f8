import { createHash, randomBytes } from 'node:crypto'
import { newId } from '@tandem/store'
import type pg from 'pg'
import { recordByLane } from './control-keys.ts'
import type { SenderAnswer, SenderQuestion } from './control-messages.ts'
import { withAdmin } from './database.ts'
import { databaseOf } from './database-of.ts'
import type { OpenCell } from './open-cell.ts'

const refused = (says: string): SenderAnswer => ({ answer: 'refused', says })

type Sender = Extract<SenderAnswer, { answer: 'senders' }>['senders'][number]

/**
 * Who delivers over HTTP, and with which key, is settled on this machine by whoever may enter the data folder, and stands in
 * the agency's ledger. The cell keeps the digest of a key; the key itself is told once.
 */
export async function answerAboutSenders(open: OpenCell, question: SenderQuestion): Promise<SenderAnswer> {
  const found = open.keys.holder(question.agency)
  if (!found.ok) return refused(found.error)
  const { name: agency, held } = found.value
  const senders = await asFounder(open, (admin) => read(admin, held.agency))
  if (question.ask === 'senders') return { answer: 'senders', agency, senders }
  const sender = senders.find(({ name }) => name === question.sender)
  if (question.ask === 'revoke') {
    if (sender?.hasKey !== true) return refused(`${agency} has no sender "${question.sender}" with a key.`)
    await recordByLane(open, found.value, 'sender.revoke', { sender: question.sender })
    await asFounder(open, (admin) => setKey(admin, held.agency, question.sender, null))
    return { answer: 'revoked', agency, sender: question.sender }
  }
  if (sender?.kind === 'cell') return refused(`"${sender.name}" is the cell itself: it has no key.`)
  const key = randomBytes(32)
  const object = { sender: question.sender, kind: sender?.kind ?? question.kind, replaced: sender?.hasKey ?? false }
  await recordByLane(open, found.value, 'sender.key', object)
  await asFounder(open, async (admin) => {
    if (sender === undefined) {
      await admin.query(
        'INSERT INTO tandem.sender (cell_id, agency_id, sender_id, name, kind) VALUES ($1, $2, $3, $4, $5)',
        [open.settings.cell, held.agency, newId(), question.sender, question.kind],
      )
    }
    await setKey(admin, held.agency, question.sender, createHash('sha256').update(key).digest())
  })
  return { answer: 'key', agency, ...object, key: key.toString('base64url') }
}

async function read(admin: pg.Client, agency: string): Promise<Sender[]> {
  const { rows } = await admin.query<Sender>(
    `SELECT name, kind, api_key_hash IS NOT NULL AND active AS "hasKey" FROM tandem.sender
      WHERE agency_id = $1 ORDER BY name`,
    [agency],
  )
  return rows
}

/** The old key ends with the same statement. */
async function setKey(admin: pg.Client, agency: string, sender: string, digest: Buffer | null): Promise<void> {
  await admin.query('UPDATE tandem.sender SET api_key_hash = $3 WHERE agency_id = $1 AND name = $2', [
    agency,
    sender,
    digest,
  ])
}

function asFounder<T>(open: OpenCell, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  return withAdmin(open.engine.connection, databaseOf(open), async (admin) => {
    await admin.query('BEGIN')
    await admin.query('SET LOCAL ROLE tandem_founder')
    const done = await work(admin)
    await admin.query('COMMIT')
    return done
  })
}
