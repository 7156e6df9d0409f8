import { createHash, randomUUID } from 'node:crypto'
import { canonicalJson, err, ok, type Result } from '@tandem/core'
import { approveOpening, checkRequest, type Opening, type OpeningRequest } from '@tandem/vault'
import { recordByLane } from './control-keys.ts'
import type { KeyAnswer, KeyQuestion } from './control-messages.ts'
import { withAdmin } from './database.ts'
import { databaseOf } from './database-of.ts'
import type { AgencyHolder } from './keys/agency-holder.ts'
import { keepOpening } from './keys/openings.ts'
import { openHalf, RecoveryFile, rootOfBoth } from './keys/recovery.ts'
import type { OpenCell } from './open-cell.ts'

type Asked = Extract<KeyQuestion, { ask: 'break-glass' }>

/**
 * Named records of an agency whose officers cannot come, for an hour at most, by a quorum of officers of both agencies.
 * Below either quorum nothing is opened: the key itself is sealed twice, so this is no rule that somebody could set aside.
 */
export async function breakGlass(open: OpenCell, asked: Asked): Promise<KeyAnswer> {
  const done = await opened(open, asked)
  return done.ok ? done.value : { answer: 'refused', says: done.error }
}

async function opened(open: OpenCell, asked: Asked): Promise<Result<KeyAnswer, string>> {
  const [owner, other] = [open.keys.holder(asked.agency), open.keys.holder(asked.with)]
  if (!owner.ok) return owner
  if (!other.ok) return other
  if (owner.value === other.value) return err('Break-glass needs two agencies.')
  if (owner.value.held.isOpen) return err(`The keys of ${owner.value.name} are open: there is no glass to break.`)
  const records = await recordsOf(open, owner.value, asked.numbers)
  if (!records.ok) return records
  const halves = await bothHalves(owner.value, other.value, asked.shares)
  if (!halves.ok) return halves
  const { own, theirs, root } = halves.value
  // Two agencies may have people of one name.
  const requester = own.officers.map((officer) => `${officer}, ${owner.value.name}`)[0]
  const approver = theirs.officers.map((officer) => `${officer}, ${other.value.name}`)[0]
  if (requester === undefined || approver === undefined) return err('Nobody brought a share.')
  const now = new Date().toISOString()
  const request: OpeningRequest = {
    opening: randomUUID(),
    cell: open.settings.cell,
    owner: owner.value.held.agency,
    requestedBy: { agency: owner.value.held.agency, person: requester },
    records: records.value,
    reason: asked.reason,
    requestedAt: now,
    minutes: asked.minutes,
  }
  const sound = checkRequest(request)
  if (!sound.ok) return err(sound.error.says)
  const approved = approveOpening(request, { agency: other.value.held.agency, person: approver }, now, {
    requester: own.signing,
    approver: theirs.signing,
  })
  if (!approved.ok) return err(approved.error.says)
  const opening = approved.value
  // Both ledgers first: not recorded means not done.
  for (const holder of [owner.value, other.value])
    await record(open, holder, opening, [...own.officers, ...theirs.officers])
  keepOpening(owner.value.folder, opening)
  const until = Date.parse(now) + asked.minutes * 60_000
  const done = await owner.value.openFor(root, records.value, until)
  if (!done.ok) return done
  return ok({
    answer: 'opened',
    agency: owner.value.name,
    opening: request.opening,
    records: asked.numbers.length,
    until: new Date(until).toISOString(),
    officers: [...own.officers, ...theirs.officers],
  })
}

async function bothHalves(owner: AgencyHolder, other: AgencyHolder, shares: readonly string[]) {
  const [own, theirs] = [new RecoveryFile(owner.folder).read(), new RecoveryFile(other.folder).read()]
  if (!own.ok) return err(`${owner.name}: ${own.error}.`)
  if (!theirs.ok) return err(`${other.name}: ${theirs.error}.`)
  const [ownHalf, theirHalf] = [await openHalf(own.value, shares), await openHalf(theirs.value, shares)]
  if (!ownHalf.ok) return err(`${owner.name}: ${ownHalf.error}`)
  if (!theirHalf.ok) return err(`${other.name}: ${theirHalf.error}`)
  const file = owner.folder.read()
  if (!file.ok) return file
  const root = await rootOfBoth(own.value, file.value.root.root.version, other.held.agency, {
    owner: ownHalf.value,
    other: theirHalf.value,
  })
  ownHalf.value.identity.giveUp()
  theirHalf.value.identity.giveUp()
  return root.ok ? ok({ own: ownHalf.value, theirs: theirHalf.value, root: root.value }) : root
}

/** The referrals that officers name by their numbers, each with the file it came in. */
async function recordsOf(
  open: OpenCell,
  owner: AgencyHolder,
  numbers: readonly number[],
): Promise<Result<string[], string>> {
  const rows = await withAdmin(open.engine.connection, databaseOf(open), async (admin) => {
    const found = await admin.query<{ number: string; referral: string; delivery: string }>(
      `SELECT number::text, referral_id AS referral, delivery_id AS delivery FROM tandem.referral
        WHERE agency_id = $1 AND number = ANY ($2::bigint[])`,
      [owner.held.agency, [...numbers]],
    )
    return found.rows
  })
  const missing = numbers.filter((number) => !rows.some((row) => row.number === String(number)))
  if (missing.length > 0) return err(`${owner.name} has no referral ${missing.join(', ')}.`)
  return ok([...new Set(rows.flatMap(({ referral, delivery }) => [referral, delivery]))])
}

const record = (open: OpenCell, holder: AgencyHolder, opening: Opening, officers: readonly string[]): Promise<void> =>
  recordByLane(open, holder, 'keys.breakGlass', {
    opening: opening.request.opening,
    owner: opening.request.owner,
    minutes: opening.request.minutes,
    records: [...opening.request.records],
    officers: [...officers],
    statementSha256: createHash('sha256')
      .update(canonicalJson({ payload: opening.statement.payload }))
      .digest('hex'),
  })
