import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foundCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import type pg from 'pg'
import { canary } from '../src/canary.ts'
import type { Login } from '../src/logins.ts'

let database: TestDatabase
let admin: pg.Client

before(async () => {
  database = await testDatabase()
  await foundCell(database)
  admin = await database.superuser()
})
after(() => database.close())

const connect = (login: Login): Promise<pg.Client> => database.login(login)

test('the canary lives in a cell as it should be', async () => {
  const result = await canary(connect)
  assert.deepEqual(result.ok ? [] : result.error.failed, [])
  assert.ok(result.ok && result.value.tried > 300)
})

/** Each is one way in which a cell could be wrong, and put right again. */
for (const { wrong, harm, mend, says } of [
  {
    wrong: 'a policy that shows rows to whoever asks',
    harm: 'DROP POLICY agency ON tandem.agency',
    mend: 'CREATE POLICY agency ON tandem.agency AS RESTRICTIVE TO tandem_officer, tandem_supervisor, tandem_ingest, tandem_partner USING (agency_id = (SELECT gate.agency()))',
    says: /tandem_officer: reads tandem\.agency without a context/,
  },
  {
    wrong: 'row security that is disabled, on an empty table too',
    harm: 'ALTER TABLE tandem.note DISABLE ROW LEVEL SECURITY',
    mend: 'ALTER TABLE tandem.note ENABLE ROW LEVEL SECURITY',
    says: /tandem_officer: is not bound by row security on tandem\.note/,
  },
  {
    wrong: 'row security that does not bind the owner',
    harm: 'ALTER TABLE tandem.note NO FORCE ROW LEVEL SECURITY',
    mend: 'ALTER TABLE tandem.note FORCE ROW LEVEL SECURITY',
    says: /is not bound by row security on tandem\.note/,
  },
  {
    wrong: 'a login that may empty the ledger',
    harm: 'GRANT TRUNCATE ON ledger.leaf TO tandem_ingest',
    mend: 'REVOKE TRUNCATE ON ledger.leaf FROM tandem_ingest',
    says: /tandem_ingest: may empty ledger\.leaf/,
  },
  {
    wrong: 'a grant on the contexts',
    harm: 'GRANT SELECT ON gate.context TO tandem_officer',
    mend: 'REVOKE SELECT ON gate.context FROM tandem_officer',
    says: /tandem_officer: may SELECT 1 FROM gate\.context/,
  },
]) {
  test(`the canary falls silent at ${wrong}`, async () => {
    await admin.query(harm)
    const result = await canary(connect).finally(() => admin.query(mend))
    assert.ok(!result.ok)
    assert.match(result.error.failed.join('\n'), says)
  })
}

test('the canary falls silent when it is handed a superuser for a login', async () => {
  const result = await canary(() => database.superuser())
  assert.ok(!result.ok)
  assert.match(result.error.failed.join('\n'), /tandem_gate: has powers above row security/)
  assert.match(result.error.failed.join('\n'), /tandem_gate: is a member of tandem_owner/)
})

test('the canary falls silent when a login cannot connect', async () => {
  const result = await canary(async (login) => {
    if (login === 'tandem_partner') throw new Error('refused')
    return database.login(login)
  })
  assert.ok(!result.ok)
  assert.ok(result.error.failed.includes('tandem_partner: cannot connect'))
})
