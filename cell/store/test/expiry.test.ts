import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { foundCell, type SessionCredential, type TestCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import type pg from 'pg'
import { idOf } from './access/rows.ts'
import { seedDesk } from './access/world.ts'

let database: TestDatabase
let cell: TestCell
let admin: pg.Client
let officer: pg.Client
let session: SessionCredential

before(async () => {
  database = await testDatabase()
  cell = await foundCell(database)
  admin = await database.superuser()
  await seedDesk(admin, cell)
  officer = await database.login('tandem_officer')
  session = await cell.session(cell.national.triageAnalyst)
})
after(() => database.close())

const begin = (client: pg.Client, token: Buffer = session.token) => client.query('SELECT gate.begin($1)', [token])
const refusedWith = (code: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code
const refused = (code: string) => ({ code })

async function notes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM tandem.note')
  return rows[0]?.n ?? -1
}

const addNote = (client: pg.Client) =>
  client.query(
    'INSERT INTO tandem.note (operation_id, note_id, referral_id, text_sealed) VALUES ($1, gen_random_uuid(), $2, $3)',
    [cell.national.desk.operation, idOf('referral', 'desk', 'seed'), Buffer.from('sealed')],
  )

/** A transaction of the officer that is rolled back whatever happens. */
async function within(work: (client: pg.Client) => Promise<void>): Promise<void> {
  await officer.query('BEGIN')
  try {
    await work(officer)
  } finally {
    await officer.query('ROLLBACK')
  }
}

/** What the superuser changes for one test, past every trigger, and puts back. */
async function changing(change: string, back: string, work: () => Promise<void>): Promise<void> {
  const quietly = (sql: string) =>
    admin.query(`SET session_replication_role = 'replica'; ${sql}; RESET session_replication_role`)
  await quietly(change)
  try {
    await work()
  } finally {
    await quietly(back)
  }
}

test('an authority ends at its second, in the middle of a transaction', async () => {
  const { authority } = cell.national.desk
  const { rows } = await admin.query<{ expiry: Date }>(
    "UPDATE tandem.authority SET expires_at = clock_timestamp() + interval '1.5 s' WHERE authority_id = $1 RETURNING expires_at AS expiry",
    [authority],
  )
  const expiry = rows[0]?.expiry.getTime() ?? 0
  try {
    await within(async (client) => {
      await begin(client)
      await addNote(client)
      let before = 0
      let behind = 0
      // Statement after statement over the border, each between two readings of the database's clock.
      while (behind < 5) {
        const from = await now(client)
        const seen = await notes(client)
        const to = await now(client)
        if (to < expiry) {
          assert.equal(seen, 2)
          before++
        } else if (from > expiry) {
          assert.equal(seen, 0)
          behind++
        }
        await sleep(5)
      }
      assert.ok(before > 5)
      const changed = await client.query('UPDATE tandem.triage_item SET changed_at = changed_at')
      assert.equal(changed.rowCount, 0)
      await assert.rejects(addNote(client), refused('42501'))
    })
    await assert.rejects(
      cell.store.within(session, async () => 'seen'),
      refused('TANDEM-LAW-001'),
    )
  } finally {
    await admin.query(
      "UPDATE tandem.authority SET expires_at = clock_timestamp() + interval '1 day' WHERE authority_id = $1",
      [authority],
    )
  }
})

async function now(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  return rows[0]?.now.getTime() ?? 0
}

for (const { name, change, back } of [
  {
    name: 'an authority that is cancelled',
    change: 'UPDATE tandem.authority SET cancelled_at = clock_timestamp(), cancelled_by = created_by',
    back: 'UPDATE tandem.authority SET cancelled_at = NULL, cancelled_by = NULL',
  },
  {
    name: 'a purpose that is ended',
    change: 'UPDATE tandem.purpose SET ended_at = clock_timestamp()',
    back: 'UPDATE tandem.purpose SET ended_at = NULL',
  },
  {
    name: 'a membership that is ended',
    change: 'UPDATE tandem.operation_member SET until = clock_timestamp()',
    back: 'UPDATE tandem.operation_member SET until = NULL',
  },
]) {
  test(`${name} ends access at the next statement of a running transaction`, async () => {
    await within(async (client) => {
      await begin(client)
      assert.equal(await notes(client), 1)
      await changing(change, back, async () => {
        assert.equal(await notes(client), 0)
        await assert.rejects(addNote(client), refused('42501'))
      })
    })
  })
}

// The context outlives its session until the transaction ends: at most the statement timeout.
for (const { name, change, back } of [
  {
    name: 'a session that is revoked',
    change: 'UPDATE gate.session SET revoked_at = clock_timestamp()',
    back: 'UPDATE gate.session SET revoked_at = NULL',
  },
  {
    name: 'a person who is no longer active',
    change: 'UPDATE tandem.person SET active = false',
    back: 'UPDATE tandem.person SET active = true',
  },
]) {
  test(`${name} begins no transaction`, async () => {
    await changing(change, back, async () => {
      await within(async (client) => {
        await assert.rejects(begin(client), refused('TD001'))
      })
      await assert.rejects(
        cell.store.within(session, async () => 'seen'),
        refused('TANDEM-AUTH-001'),
      )
    })
  })
  test(`${name} ends access at the next statement of a running transaction`, async () => {
    await within(async (client) => {
      await begin(client)
      await changing(change, back, async () => assert.equal(await notes(client), 0))
    })
  })
}

test('a session that awaits its second factor opens nothing', async () => {
  const waiting = await cell.session(cell.national.caseOfficer, { secondFactor: true })
  await assert.rejects(
    cell.store.within(waiting, async () => 'seen'),
    refused('TANDEM-AUTH-005'),
  )
  await cell.store.gate('gate/give_second_factor', { token: waiting.token })
  assert.equal(await cell.store.within(waiting, async () => 'seen', { reach: 'frame' }), 'seen')
})

test('a token is worth nothing on another login than its own, and a login nothing without a token', async () => {
  await assert.rejects(
    cell.store.within({ ...session, login: 'tandem_supervisor' }, async () => 'seen'),
    refused('TANDEM-AUTH-001'),
  )
  await assert.rejects(
    cell.store.within({ ...session, token: Buffer.alloc(32) }, async () => 'seen'),
    refused('TANDEM-AUTH-001'),
  )
  assert.equal(await notes(officer), 0)
})

test('a transaction takes one context and no second', async () => {
  const colleague = await cell.session(cell.national.secondAnalyst)
  await within(async (client) => {
    await begin(client)
    await assert.rejects(begin(client, colleague.token), refusedWith('TD002'))
  })
})

test('a context ends with its transaction, and with the savepoint it was begun in', async () => {
  await within(async (client) => {
    await client.query('SAVEPOINT before')
    await begin(client)
    assert.equal(await notes(client), 1)
    await client.query('ROLLBACK TO SAVEPOINT before')
    assert.equal(await notes(client), 0)
  })
  await officer.query('BEGIN')
  await begin(officer)
  await officer.query('COMMIT')
  assert.equal(await notes(officer), 0)
  await within(async (client) => assert.equal(await notes(client), 0))
})

test('no session variable widens anything', async () => {
  const agencies = async (client: pg.Client) => (await client.query('SELECT agency_id FROM tandem.agency')).rowCount
  const { agency } = cell.signals
  for (const [name, value] of [
    ['gate.agency', agency],
    ['gate.agency_id', agency],
    ['tandem.agency', agency],
    ['app.current_agency', agency],
    ['request.jwt.claims', JSON.stringify({ agency_id: agency, role: 'inspector' })],
    ['search_path', 'pg_temp, tandem, gate'],
  ] as const) {
    await within(async (client) => {
      await client.query('SELECT set_config($1, $2, true)', [name, value])
      assert.equal(await agencies(client), 0, name)
      await begin(client)
      assert.equal(await agencies(client), 1, name)
    })
  }
  for (const statement of [
    "SELECT set_config('role', 'tandem_supervisor', true)",
    "SELECT set_config('session_authorization', 'tandem_supervisor', true)",
    'SET LOCAL ROLE tandem_owner',
    'SET LOCAL ROLE tandem_gatekeeper',
    "SET LOCAL session_replication_role = 'replica'",
    'ALTER TABLE tandem.note DISABLE ROW LEVEL SECURITY',
    'SELECT * FROM gate.context',
    'DELETE FROM gate.context',
    `INSERT INTO gate.context (backend, transaction, cell_id, agency_id, person_id, role)
     VALUES (pg_backend_pid(), pg_current_xact_id(), '${cell.cell}', '${agency}', '${agency}', 'inspector')`,
    `SELECT gate.enter('${agency}', '${agency}', 'inspector', NULL, NULL, NULL, NULL)`,
    `SELECT gate.begin_lane('${cell.national.lanes.command}')`,
  ]) {
    await within(async (client) => {
      await begin(client)
      await assert.rejects(client.query(statement), refused('42501'), statement)
    })
  }
  // Asking for no row security is answered with an error, not with rows.
  await within(async (client) => {
    await begin(client)
    await client.query('SET LOCAL row_security = off')
    await assert.rejects(client.query('SELECT 1 FROM tandem.note'), refused('42501'))
  })
})
