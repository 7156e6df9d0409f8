import { newId, RecordVault, runAsOwner } from '@tandem/store'
import { worldBatches } from '@tandem/testkit'
import { receiveDelivery } from '@tandem/work'
import { type BenchCell, streamOf } from '../cell.ts'

const BATCH = 100
/** So many come through the real intake; the rest are copies of them under new ids, sealed anew. */
const REAL = 2_000
const AT_ONCE = 1_000

export async function fill(bench: BenchCell, size: number): Promise<void> {
  const { cell, founded, worker, superuser } = bench
  worker.start()
  let number = 0
  for (const { bytes, senderName } of worldBatches({ seed: 'bench queue', count: Math.min(REAL, size), size: BATCH })) {
    const sender = await bench.senderOf(senderName)
    const idempotencyKey = `fill ${number++}`
    await receiveDelivery(
      cell,
      { lane: founded.national.lanes.command, sender, idempotencyKey, name: 'bench' },
      streamOf(bytes),
    )
    worker.nudge()
  }
  await worker.idle()
  await worker.stop()
  // Copies need no checks of keys: their originals passed them.
  await superuser.query('SET session_replication_role = replica')
  const { agency, desk, lanePrincipal } = founded.national
  const vault = new RecordVault(() => bench.keysOf(agency), runAsOwner(superuser))
  const originals = await readOriginals(bench, vault)
  for (let made = originals.length; made < size; made += AT_ONCE) {
    await superuser.query('BEGIN')
    await superuser.query('SELECT gate.enter($1, $2, $3, $4, $5, $6, $7)', [
      ...[agency, lanePrincipal.person, 'lane', desk.operation, desk.authority, desk.purpose, null],
    ])
    await copy(bench, vault, originals, Math.min(AT_ONCE, size - made), made)
    await superuser.query('COMMIT')
  }
  await superuser.query('SET session_replication_role = DEFAULT')
  await superuser.query('ANALYZE')
}

interface Original {
  readonly id: string
  readonly record: Buffer
  readonly mentions: readonly { readonly id: string; readonly text: Buffer; readonly normal: Buffer }[]
}

async function readOriginals({ superuser, founded }: BenchCell, vault: RecordVault): Promise<Original[]> {
  const { agency } = founded.national
  const { rows } = await superuser.query<{ id: string; sealed: Buffer }>(
    'SELECT referral_id AS id, record_sealed AS sealed FROM tandem.referral WHERE agency_id = $1',
    [agency],
  )
  const mentions = await superuser.query<{ id: string; referral: string; sealed: Buffer; normal: Buffer }>(
    'SELECT mention_id AS id, referral_id AS referral, original_sealed AS sealed, normal_sealed AS normal FROM tandem.mention WHERE agency_id = $1',
    [agency],
  )
  await vault.unlock(rows.map(({ id }) => id))
  const open = (record: string, table: string, column: string, row: string, sealed: Buffer): Buffer =>
    vault.open({ record, table, column, row }, sealed)
  const byReferral = Map.groupBy(mentions.rows, ({ referral }) => referral)
  return rows.map(({ id, sealed }) => ({
    id,
    record: open(id, 'referral', 'record_sealed', id, sealed),
    mentions: (byReferral.get(id) ?? []).map((mention) => ({
      id: mention.id,
      text: open(id, 'mention', 'original_sealed', mention.id, mention.sealed),
      normal: open(id, 'mention', 'normal_sealed', mention.id, mention.normal),
    })),
  }))
}

async function copy(
  bench: BenchCell,
  vault: RecordVault,
  originals: readonly Original[],
  count: number,
  from: number,
): Promise<void> {
  const { superuser, founded } = bench
  const { agency } = founded.national
  const seal = (record: string, table: string, column: string, row: string, text: Buffer): Buffer =>
    vault.seal({ record, table, column, row }, text)
  const copies = Array.from({ length: count }, (_, at) => {
    const original = originals[(from + at) % originals.length]
    if (original === undefined) throw new Error('there is nothing to copy')
    return { id: newId(), original, number: 1_000_000 + from + at }
  })
  const made = copies.map(({ id }) => id)
  await vault.create(founded.national.desk.operation, made)
  const of = copies.map(({ original }) => original.id)
  await superuser.query(
    `INSERT INTO tandem.referral (cell_id, agency_id, operation_id, referral_id, number, delivery_id, sender_id, place,
       format, reference, incident_kind, received_at, incident_at, detected_at, declared_priority, remarks,
       unknown_fields, people, files, record_sealed)
     SELECT r.cell_id, r.agency_id, r.operation_id, c.id, c.number, r.delivery_id, r.sender_id, c.id::text, r.format,
       r.reference || '-' || c.number, r.incident_kind, r.received_at - c.ago, r.incident_at, r.detected_at,
       r.declared_priority, r.remarks, r.unknown_fields, r.people, r.files, c.record
       FROM (SELECT *, make_interval(secs => number % 900000) AS ago
               FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bytea[]) AS x (id, original, number, record)) c
       JOIN tandem.referral r ON r.referral_id = c.original`,
    [
      made,
      of,
      copies.map((each) => each.number),
      copies.map((each) => seal(each.id, 'referral', 'record_sealed', each.id, each.original.record)),
    ],
  )
  await superuser.query(
    `INSERT INTO tandem.triage_score (cell_id, agency_id, operation_id, referral_id, number, weight_set, because, score, facts)
     SELECT s.cell_id, s.agency_id, s.operation_id, c.id, 1, s.weight_set, s.because, s.score, s.facts
       FROM unnest($1::uuid[], $2::uuid[]) AS c (id, original)
       JOIN tandem.triage_score s ON s.referral_id = c.original AND s.number = 1`,
    [made, of],
  )
  await superuser.query(
    `INSERT INTO tandem.triage_item (cell_id, agency_id, operation_id, referral_id, state, merged_into, declared_priority,
       computed_priority, effective_priority, child_urgency, offender_danger, act_by, received_at, hits,
       lot, lots_drawn)
     SELECT r.cell_id, r.agency_id, r.operation_id, c.id, 'open', NULL, i.declared_priority, i.computed_priority,
       i.effective_priority, i.child_urgency, i.offender_danger, i.act_by - (i.received_at - r.received_at), r.received_at,
       i.hits, CASE WHEN i.lot IS NOT NULL THEN floor(random() * 1000000)::integer END, i.lots_drawn
       FROM unnest($1::uuid[], $2::uuid[]) AS c (id, original)
       JOIN tandem.referral r ON r.referral_id = c.id
       JOIN tandem.triage_item i ON i.referral_id = c.original`,
    [made, of],
  )
  await superuser.query(
    `INSERT INTO tandem.fingerprint (cell_id, agency_id, operation_id, referral_id, file, kind, value, place)
     SELECT f.cell_id, f.agency_id, f.operation_id, c.id, f.file, f.kind, f.value, f.place
       FROM unnest($1::uuid[], $2::uuid[]) AS c (id, original) JOIN tandem.fingerprint f ON f.referral_id = c.original`,
    [made, of],
  )
  await superuser.query(
    `INSERT INTO tandem.hit (cell_id, agency_id, operation_id, hit_id, referral_id, file, kind, value, place, list_id,
       version_id, number, category_scheme, category, listed, distance, threshold, quality)
     SELECT h.cell_id, h.agency_id, h.operation_id, gen_random_uuid(), c.id, h.file, h.kind, h.value, h.place, h.list_id,
       h.version_id, h.number, h.category_scheme, h.category, h.listed, h.distance, h.threshold, h.quality
       FROM unnest($1::uuid[], $2::uuid[]) AS c (id, original) JOIN tandem.hit h ON h.referral_id = c.original`,
    [made, of],
  )
  const mentions = copies.flatMap(({ id, original }) =>
    original.mentions.map((mention) => ({
      id: newId(),
      referral: id,
      original: mention.id,
      text: mention.text,
      normal: mention.normal,
    })),
  )
  await superuser.query(
    `INSERT INTO tandem.mention (cell_id, agency_id, operation_id, mention_id, referral_id, observable_id, place, person,
       person_role, strength, because, original_sealed, normal_sealed)
     SELECT m.cell_id, m.agency_id, m.operation_id, c.id, c.referral, m.observable_id, m.place, m.person, m.person_role,
       m.strength, m.because, c.sealed, c.normal
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $6::bytea[])
         AS c (id, referral, original, sealed, normal)
       JOIN tandem.mention m ON m.agency_id = $5 AND m.mention_id = c.original`,
    [
      mentions.map(({ id }) => id),
      mentions.map(({ referral }) => referral),
      mentions.map(({ original }) => original),
      mentions.map(({ id, referral, text }) => seal(referral, 'mention', 'original_sealed', id, text)),
      agency,
      mentions.map(({ id, referral, normal }) => seal(referral, 'mention', 'normal_sealed', id, normal)),
    ],
  )
}
