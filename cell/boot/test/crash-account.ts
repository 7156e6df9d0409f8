import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { brokenFields, type LedgerLeaf } from '@tandem/core/ledger-entry'
import { RecordVault, runAsOwner } from '@tandem/store'
import pg from 'pg'
import { DATABASE } from '../src/database.ts'
import { dataFolder } from '../src/folders.ts'
import { CellKeys } from '../src/keys/cell-keys.ts'
import type { Journal } from './crash-journal.ts'
import { openWorkingCell, type WorkingCell } from './crash-open.ts'

/** What is wrong, in words; empty when nothing acknowledged is lost and nothing is doubled. */
export async function compare(root: string, journal: Journal): Promise<string[]> {
  const problems: string[] = []
  const open = await openWorkingCell(root, (says) => problems.push(says))
  const client = new pg.Client({ ...open.engine.connection, database: DATABASE })
  try {
    await client.connect()
    await workThrough(open, client, problems)
    await compareDeliveries(client, journal, problems)
    await compareDecisions(client, journal, problems)
    await compareLedger(client, problems)
    await comparePayloads(client, root, problems)
    for (const [says, sql] of Object.entries(mustBeEmpty)) {
      const { rows } = await client.query<{ what: string }>(sql)
      if (rows.length > 0)
        problems.push(
          `${says}: ${rows
            .slice(0, 5)
            .map(({ what }) => what)
            .join(', ')} (${rows.length})`,
        )
    }
  } finally {
    await client.end()
    await open.close()
  }
  return problems
}

/** Every query names what it finds; what it finds must not be there. */
const mustBeEmpty: { readonly [says: string]: string } = {
  'a file with two deliveries that are not repeats': `
    SELECT encode(original_sha256, 'hex') AS what FROM tandem.delivery WHERE state <> 'repeat'
     GROUP BY agency_id, original_sha256 HAVING count(*) > 1`,
  'a delivery that was never read': `
    SELECT delivery_id::text || ' ' || state AS what FROM tandem.delivery WHERE state NOT IN ('read', 'repeat', 'refused')`,
  'an account that does not add up': `
    SELECT d.delivery_id::text AS what FROM tandem.delivery d
     WHERE d.records <> d.accepted + d.remarked + d.set_aside
        OR d.accepted + d.remarked <> (SELECT count(*) FROM tandem.referral r WHERE r.delivery_id = d.delivery_id)
        OR d.set_aside <> (SELECT count(*) FROM tandem.set_aside s WHERE s.delivery_id = d.delivery_id)
        OR (d.state = 'read' AND d.records = 0)`,
  'a place read twice': `
    SELECT delivery_id::text || place AS what FROM tandem.referral GROUP BY delivery_id, place HAVING count(*) > 1`,
  'a referral that is not on the desk': `
    SELECT referral_id::text AS what FROM tandem.referral r
     WHERE NOT EXISTS (SELECT FROM tandem.triage_item i WHERE i.referral_id = r.referral_id)
        OR NOT EXISTS (SELECT FROM tandem.triage_score s WHERE s.referral_id = r.referral_id)`,
  'an item that changed less often than it was decided on': `
    SELECT i.referral_id::text AS what FROM tandem.triage_item i
     WHERE i.version <= (SELECT count(*) FROM tandem.decision d WHERE d.referral_id = i.referral_id)`,
  'an item that does not stand where its last decision put it': `
    SELECT i.referral_id::text || ' ' || i.state || ' but ' || (d.after ->> 'state') AS what FROM tandem.triage_item i
      JOIN LATERAL (SELECT after FROM tandem.decision d WHERE d.referral_id = i.referral_id
                     ORDER BY decided_at DESC LIMIT 1) d ON true
     WHERE i.state <> d.after ->> 'state' AND i.state <> 'folded'`,
  'a decision undone twice': `
    SELECT undoes::text AS what FROM tandem.decision WHERE undoes IS NOT NULL GROUP BY undoes HAVING count(*) > 1`,
  'a job that was not done': `SELECT job_id::text || ' ' || state AS what FROM tandem.job WHERE state <> 'done'`,
  'a delivery without exactly one ledger entry of its receipt': `
    SELECT delivery_id::text AS what FROM tandem.delivery d WHERE 1 <> (SELECT count(*) FROM ledger.opening o
     WHERE o.verb = 'delivery.receive' AND o.object ->> 'delivery' = d.delivery_id::text)`,
  'a read delivery without exactly one ledger entry of its reading': `
    SELECT delivery_id::text AS what FROM tandem.delivery d WHERE (d.state = 'read')::int <> (SELECT count(*)
      FROM ledger.opening o WHERE o.verb = 'delivery.read' AND o.object ->> 'delivery' = d.delivery_id::text)`,
  'a decision without exactly one ledger entry': `
    SELECT decision_id::text AS what FROM tandem.decision d WHERE 1 <> (SELECT count(*) FROM ledger.opening o
     WHERE o.object ->> 'decision' = d.decision_id::text)`,
  'a note without exactly one ledger entry': `
    SELECT note_id::text AS what FROM tandem.note n WHERE 1 <> (SELECT count(*) FROM ledger.opening o
     WHERE o.object ->> 'note' = n.note_id::text)`,
  'a ledger entry of a decision that is not there': `
    SELECT o.object ->> 'decision' AS what FROM ledger.opening o WHERE o.object ? 'decision'
       AND NOT EXISTS (SELECT FROM tandem.decision d WHERE d.decision_id::text = o.object ->> 'decision')`,
  'a ledger entry of a delivery that is not there': `
    SELECT o.object ->> 'delivery' AS what FROM ledger.opening o WHERE o.object ? 'delivery'
       AND NOT EXISTS (SELECT FROM tandem.delivery d WHERE d.delivery_id::text = o.object ->> 'delivery')`,
}

/** Until nothing waits any more, leases of killed workers included. */
async function workThrough({ quick }: WorkingCell, client: pg.Client, problems: string[]): Promise<void> {
  quick.start()
  const deadline = performance.now() + 120_000
  for (;;) {
    await quick.idle()
    const { rowCount } = await client.query(`SELECT FROM tandem.job WHERE state IN ('ready', 'leased')`)
    if (rowCount === 0) return
    if (performance.now() > deadline) {
      problems.push(`${rowCount} jobs wait for ever`)
      return
    }
    await sleep(200)
  }
}

async function compareDeliveries(client: pg.Client, journal: Journal, problems: string[]): Promise<void> {
  const { rows } = await client.query<{ key: string; delivery: string; sha256: string }>(
    `SELECT idempotency_key AS key, delivery_id AS delivery, encode(original_sha256, 'hex') AS sha256 FROM tandem.delivery`,
  )
  const present = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    if (present.has(row.key)) problems.push(`the delivery ${row.key} is there twice`)
    present.set(row.key, row)
  }
  for (const [key, { delivery, sha256 }] of journal.deliveries) {
    const row = present.get(key)
    if (row === undefined) problems.push(`the acknowledged delivery ${key} is lost`)
    else if (row.delivery !== delivery || row.sha256 !== sha256)
      problems.push(`the delivery ${key} is another than was acknowledged`)
  }
  for (const key of present.keys()) {
    if (!journal.deliveries.has(key) && !journal.unanswered.has(key)) problems.push(`nobody sent the delivery ${key}`)
  }
}

async function compareDecisions(client: pg.Client, journal: Journal, problems: string[]): Promise<void> {
  const decisions = await client.query<{ id: string; verb: string; referral: string }>(
    'SELECT decision_id AS id, verb, referral_id AS referral FROM tandem.decision',
  )
  const present = new Map(decisions.rows.map((row) => [row.id, row]))
  for (const [id, { verb, referral }] of journal.decisions) {
    const row = present.get(id)
    if (row === undefined) problems.push(`the acknowledged decision ${verb} ${id} is lost`)
    else if (row.verb !== verb || row.referral !== referral)
      problems.push(`the decision ${id} is another than was acknowledged`)
  }
  const notes = new Set(
    (await client.query<{ id: string }>('SELECT note_id AS id FROM tandem.note')).rows.map(({ id }) => id),
  )
  for (const id of journal.notes.keys()) if (!notes.has(id)) problems.push(`the acknowledged note ${id} is lost`)
}

/** Each leaf has its opening, each opening its leaf, and all six clear fields fit the commitments. */
async function compareLedger(client: pg.Client, problems: string[]): Promise<void> {
  const { rows } = await client.query(`
    SELECT l.entry_id AS leaf_id, o.entry_id AS opening_id, l.leaf, o.salt, o.person_id, o.verb, o.object,
           o.authority_id, o.purpose_id,
           to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') AS second,
           rtrim(to_char(o.at AT TIME ZONE 'UTC', '.US'), '.0') AS fraction
      FROM ledger.leaf l FULL JOIN ledger.opening o USING (agency_id, entry_id)`)
  for (const row of rows) {
    if (row.leaf_id === null || row.opening_id === null) {
      problems.push(`ledger entry ${row.leaf_id ?? row.opening_id} is half there`)
      continue
    }
    const leaf: LedgerLeaf = JSON.parse(row.leaf.toString('utf8'))
    const broken = brokenFields(leaf, {
      salt: row.salt,
      who: row.person_id,
      verb: row.verb,
      object: row.object,
      at: `${row.second}${row.fraction}Z`,
      authority: row.authority_id,
      purpose: row.purpose_id,
    })
    if (broken.length > 0) problems.push(`ledger entry ${row.leaf_id} (${row.verb}): ${broken.join(', ')} do not fit`)
  }
  if (rows.length === 0) problems.push('the ledger is empty')
}

/** What can be opened and has the digest that the sender was told. */
async function comparePayloads(client: pg.Client, root: string, problems: string[]): Promise<void> {
  const agencies = await client.query<{ id: string; shortName: string; kind: string }>(
    'SELECT agency_id AS id, short_name AS "shortName", kind FROM tandem.agency',
  )
  const opened = await CellKeys.open(dataFolder(root, 'training'), agencies.rows, client)
  if (!opened.ok) return void problems.push(opened.error)
  const keys = opened.value
  const { rows } = await client.query<{
    agency: string
    delivery: string
    number: number
    sealed: Buffer
    sha256: Buffer
  }>(`
    SELECT d.agency_id AS agency, d.delivery_id AS delivery, p.number, p.bytes_sealed AS sealed, d.original_sha256 AS sha256
      FROM tandem.delivery d LEFT JOIN tandem.payload_chunk p USING (agency_id, delivery_id)
     WHERE d.state = 'read' AND d.stripped = '[]' ORDER BY d.delivery_id, p.number`)
  const vaults = new Map<string, RecordVault>()
  for (const [agency, each] of Map.groupBy(rows, (row) => row.agency)) {
    const vault = new RecordVault(() => keys.keysOf(agency), runAsOwner(client))
    await vault.unlock(each.map(({ delivery }) => delivery))
    vaults.set(agency, vault)
  }
  const hashes = new Map<string, ReturnType<typeof createHash>>()
  for (const { agency, delivery, number, sealed } of rows) {
    const hash = hashes.get(delivery) ?? createHash('sha256')
    hashes.set(delivery, hash)
    const vault = vaults.get(agency)
    if (sealed !== null && vault !== undefined) {
      const place = { record: delivery, table: 'payload_chunk', column: 'bytes_sealed', row: `${delivery}/${number}` }
      hash.update(vault.open(place, sealed))
    }
  }
  keys.close()
  const digests = new Map([...hashes].map(([delivery, hash]) => [delivery, hash.digest('hex')]))
  for (const { delivery, sha256 } of rows) {
    if (digests.get(delivery) !== sha256.toString('hex'))
      problems.push(`the payload of ${delivery} is not what was sent`)
  }
}
