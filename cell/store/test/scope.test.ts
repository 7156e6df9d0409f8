import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Json, Refusal } from '@tandem/core'
import { brokenFields, type LedgerLeaf } from '@tandem/core/ledger-entry'
import { foundCell, type SessionCredential, type TestCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import fc from 'fast-check'
import type pg from 'pg'
import { refusalOf } from '../src/errors.ts'
import { newId } from '../src/ids.ts'
import { Store } from '../src/scope.ts'
import { typeParsers } from '../src/types.ts'
import { idOf } from './access/rows.ts'
import { seedDesk } from './access/world.ts'

let database: TestDatabase
let cell: TestCell
let admin: pg.Client
let session: SessionCredential

before(async () => {
  database = await testDatabase()
  cell = await foundCell(database)
  admin = await database.superuser()
  await seedDesk(admin, cell)
  session = await cell.session(cell.national.triageAnalyst)
})
after(() => database.close())

const refused = (code: string) => ({ name: 'Refusal', code })

/** The smallest change: one line in the outbox. */
const change = (subject: string) => ({ operation_id: cell.national.desk.operation, topic: 'test', subject_id: subject })

async function changed(subject: string): Promise<boolean> {
  return (await admin.query('SELECT FROM tandem.outbox WHERE subject_id = $1', [subject])).rowCount === 1
}

test('a transaction that records nothing in the ledger cannot commit', async () => {
  const subject = newId()
  await assert.rejects(
    cell.store.within(session, (transaction) => transaction.run('outbox/add', change(subject))),
    /records nothing/,
  )
  assert.equal(await changed(subject), false)
  await cell.store.within(session, async (transaction) => {
    await transaction.run('outbox/add', change(subject))
    transaction.record('test', {})
  })
  assert.equal(await changed(subject), true)
})

test('of several changes asked together none stands when one fails, and nothing is asked after the end', async () => {
  const subjects = Array.from({ length: 4 }, () => newId())
  const [first = '', second = '', late = '', alone = ''] = subjects
  const failed = Promise.withResolvers<void>()
  let tooLate: Promise<unknown> = Promise.resolve()
  await assert.rejects(
    cell.store.within(session, async (transaction) => {
      transaction.record('test', {})
      const slow = async (): Promise<void> => {
        await transaction.run('outbox/add', change(first)).catch(() => {})
        await failed.promise
        await transaction.run('outbox/add', change(late))
      }
      tooLate = assert.rejects(slow(), /the transaction is over/)
      await Promise.all([
        tooLate,
        transaction.run('outbox/add', { ...change(second), operation_id: newId() }),
        transaction.run('outbox/add', change(alone)),
      ])
    }),
    (error: unknown) => error instanceof Refusal && error.code !== 'TANDEM-STORE-001',
  )
  failed.resolve()
  await tooLate
  for (const subject of subjects) assert.equal(await changed(subject), false)
})

test('statements asked together are worked off in order, the first use of their text included', async () => {
  const ids = Array.from({ length: 20 }, () => newId())
  const fresh = database.store()
  const places = await fresh.within(session, async (transaction) => {
    transaction.record('test', {})
    await Promise.all(ids.map((id) => transaction.run('outbox/add', change(id))))
    return transaction.standing.now
  })
  assert.ok(places)
  const { rows } = await admin.query<{ subject_id: string }>(
    'SELECT subject_id FROM tandem.outbox WHERE subject_id = ANY($1) ORDER BY xmin::text::bigint, ctid',
    [ids],
  )
  assert.deepEqual(
    rows.map(({ subject_id }) => subject_id),
    ids,
  )
})

test('what is reached without a ledger entry is the frame of the work alone', async () => {
  const seen = await cell.store.within(
    session,
    (transaction) => transaction.run('note/of_referral', { referral_id: idOf('referral', 'desk', 'seed') }),
    { reach: 'frame' },
  )
  assert.deepEqual(seen, [])
})

test('every ledger opening fits its leaf, and says who, under which authority, for what purpose', async () => {
  const { person, agency } = cell.national.triageAnalyst
  const { authority, purpose } = cell.national.desk
  await fc.assert(
    fc.asyncProperty(fc.array(anyObject, { minLength: 1, maxLength: 3 }), async (objects) => {
      const verb = newId()
      const standing = await cell.store.within(session, async (transaction) => {
        for (const object of objects) transaction.record(verb, object)
        return transaction.standing
      })
      const { rows } = await admin.query<Opening>({
        text: `SELECT cell_id, agency_id, entry_id, leaf, salt, person_id, verb, object, at, authority_id, purpose_id
           FROM ledger.opening JOIN ledger.leaf USING (cell_id, agency_id, entry_id) WHERE verb = $1 ORDER BY entry_id`,
        values: [verb],
        types: typeParsers,
      })
      assert.deepEqual(
        rows.map((row) => JSON.stringify(sorted(row.object))).sort(),
        objects.map((object) => JSON.stringify(sorted(object))).sort(),
      )
      for (const row of rows) {
        assert.deepEqual(
          [row.cell_id, row.agency_id, row.person_id, row.authority_id, row.purpose_id, row.at],
          [cell.cell, agency, person, authority, purpose, standing.now],
        )
        const leaf = parseLeaf(row.leaf)
        assert.deepEqual([leaf.cell, leaf.agency, leaf.entry], [row.cell_id, row.agency_id, row.entry_id])
        const opening = {
          salt: row.salt,
          who: row.person_id,
          verb: row.verb,
          object: row.object,
          at: row.at,
          authority: row.authority_id,
          purpose: row.purpose_id,
        }
        assert.deepEqual(brokenFields(leaf, opening), [])
        assert.deepEqual(brokenFields(leaf, { ...opening, who: cell.national.secondAnalyst.person }), ['who'])
      }
    }),
    { numRuns: 25 },
  )
})

/** What a ledger object may be: ids, words, counts, lists of them. */
const anyValue = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter(storable),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.uuid(),
)
const anyObject: fc.Arbitrary<Json> = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.oneof(anyValue, fc.array(anyValue, { maxLength: 4 })),
  { noNullPrototype: true, maxKeys: 4 },
)

/** PostgreSQL holds no NUL. */
function storable(text: string): boolean {
  return !text.includes('\0')
}

interface Opening {
  readonly cell_id: string
  readonly agency_id: string
  readonly entry_id: string
  readonly leaf: Buffer
  readonly salt: Buffer
  readonly person_id: string
  readonly verb: string
  readonly object: Json
  readonly at: string
  readonly authority_id: string | null
  readonly purpose_id: string | null
}

const sorted = (value: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

function parseLeaf(bytes: Buffer): LedgerLeaf {
  const { v, cell: of, agency, entry, commitments } = JSON.parse(bytes.toString('utf8'))
  assert.equal(v, 1)
  return { v: 1, cell: of, agency, entry, commitments }
}

for (const { name, breaks, mends, says } of [
  {
    name: 'takes no leaf',
    breaks: 'ALTER TABLE ledger.leaf ADD CONSTRAINT broken CHECK (false) NOT VALID',
    mends: 'ALTER TABLE ledger.leaf DROP CONSTRAINT broken',
    says: 'TANDEM-STORE-002',
  },
  {
    name: 'takes no opening',
    breaks: 'REVOKE INSERT ON ledger.opening FROM tandem_officer',
    mends: 'GRANT INSERT ON ledger.opening TO tandem_officer',
    says: 'TANDEM-STORE-002',
  },
  {
    name: 'is gone',
    breaks: 'ALTER TABLE ledger.opening RENAME TO gone',
    mends: 'ALTER TABLE ledger.gone RENAME TO opening',
    says: 'TANDEM-STORE-002',
  },
  {
    name: 'is told that the server goes down',
    breaks: `CREATE FUNCTION ledger.down() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'terminating connection' USING ERRCODE = '57P01'; END $$;
      CREATE TRIGGER down BEFORE INSERT ON ledger.opening EXECUTE FUNCTION ledger.down()`,
    mends: 'DROP FUNCTION ledger.down CASCADE',
    says: 'TANDEM-STORE-001',
  },
]) {
  test(`when the ledger ${name}, nothing is changed and nothing is told`, async () => {
    const subject = newId()
    let answer: unknown = 'nothing'
    await admin.query(breaks)
    try {
      await assert.rejects(async () => {
        answer = await cell.store.within(session, async (transaction) => {
          await transaction.run('outbox/add', change(subject))
          transaction.record('test', {})
          return transaction.run('note/of_referral', { referral_id: idOf('referral', 'desk', 'seed') })
        })
      }, refused(says))
    } finally {
      await admin.query(mends)
    }
    assert.equal(answer, 'nothing')
    assert.equal(await changed(subject), false)
  })
}

test('an error inside the work rolls back, and the connection serves the next one', async () => {
  const subject = newId()
  const store = database.store({ poolSize: 1 })
  await assert.rejects(
    store.within(session, async (transaction) => {
      await transaction.run('outbox/add', change(subject))
      transaction.record('test', {})
      throw new Refusal('TANDEM-STATE-002')
    }),
    refused('TANDEM-STATE-002'),
  )
  assert.equal(await changed(subject), false)
  assert.equal(
    await store.within(session, async (transaction) => {
      transaction.record('test', {})
      return 'done'
    }),
    'done',
  )
})

test('what is not for one is refused or absent, never told apart', async () => {
  const foreign = { ...change(newId()), operation_id: cell.signals.desk.operation }
  await assert.rejects(
    cell.store.within(session, (transaction) => transaction.run('outbox/add', foreign)),
    refused('TANDEM-AUTH-002'),
  )
  const asked = (referral: string) =>
    cell.store.within(session, async (transaction) => {
      transaction.record('test', {})
      return transaction.one('referral/show', { referral_id: referral })
    })
  await assert.rejects(asked(newId()), refused('TANDEM-FIND-001'))
})

test('database errors become codes; their text, which quotes values, stays inside', async () => {
  const secret = 'Marker-Value-of-a-person'
  const officer = await database.login('tandem_officer')
  await admin.query(
    'CREATE SCHEMA try; CREATE TABLE try.parent (id text PRIMARY KEY); CREATE TABLE try.child (id text PRIMARY KEY, parent text REFERENCES try.parent, filled text NOT NULL, short text CHECK (length(short) < 3)); GRANT USAGE ON SCHEMA try TO tandem_officer; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA try TO tandem_officer',
  )
  await admin.query('INSERT INTO try.child (id, filled) VALUES ($1, $1)', [secret])
  for (const [sql, code] of [
    [`INSERT INTO try.child (id, filled) VALUES ('${secret}', 'x')`, 'TANDEM-STATE-001'],
    [`INSERT INTO try.child (id, parent, filled) VALUES ('a', '${secret}', 'x')`, 'TANDEM-STATE-002'],
    [`INSERT INTO try.child (id, filled, short) VALUES ('a', 'x', '${secret}')`, 'TANDEM-STATE-002'],
    [`INSERT INTO try.child (id, filled) VALUES ('${secret}', NULL)`, 'TANDEM-STORE-003'],
    ['SELECT id::uuid FROM try.child', 'TANDEM-STORE-003'],
    [`INSERT INTO gate.session (login) VALUES ('${secret}')`, 'TANDEM-AUTH-002'],
    [`SELECT gate.begin('${secret}')`, 'TANDEM-AUTH-001'],
  ] as const) {
    const refusal = await officer.query(sql).then(
      () => assert.fail(`no error: ${sql}`),
      (error: unknown) => refusalOf(error),
    )
    assert.equal(refusal.code, code, sql)
    const all = [refusal.message, refusal.detail, refusal.stack, JSON.stringify(refusal), String(refusal.cause)].join(
      '\n',
    )
    assert.equal(all.includes(secret), false, sql)
  }
  assert.throws(() => refusalOf(new RangeError('a bug')), RangeError)
})

test('a database that does not answer is said to be so', async () => {
  const nowhere = new Store({
    host: '/nowhere.example',
    port: 1,
    database: 'none',
    passwords: database.passwords,
    keysOf: database.keysOf,
  })
  await assert.rejects(
    nowhere.within(session, async () => 'seen'),
    refused('TANDEM-STORE-001'),
  )
  await nowhere.close()
})

test('of two who change the same version at once, one wins', async () => {
  const referral = idOf('referral', 'desk', 'seed')
  const colleague = await cell.session(cell.national.secondAnalyst)
  const take = (credential: SessionCredential, person: string) =>
    cell.store.within(credential, async (transaction) => {
      transaction.record('take', { referral })
      return transaction.run('item/change', {
        referral_id: referral,
        version: 1,
        state: 'taken',
        taken_by: person,
        held_until: null,
        merged_into: null,
        confirmed_priority: null,
        confirmed_score: null,
        effective_priority: 'P2',
        act_by: new Date().toISOString(),
      })
    })
  const answers = await Promise.all([
    take(session, cell.national.triageAnalyst.person),
    take(colleague, cell.national.secondAnalyst.person),
  ])
  assert.deepEqual(answers.flat(), [{ version: 2 }])
})

test('two workers never lease the same job', async () => {
  const workers = await Promise.all([database.login('tandem_ingest'), database.login('tandem_ingest')])
  await admin.query(
    `INSERT INTO tandem.job (cell_id, agency_id, job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id)
     SELECT cell_id, agency_id, gen_random_uuid(), 'test', subject_id, operation_id, person_id, authority_id, purpose_id
       FROM tandem.job, generate_series(1, 5)`,
  )
  const leased: string[] = []
  for (const worker of workers) {
    await worker.query('BEGIN')
    // The second must not wait for the first.
    await worker.query("SET LOCAL lock_timeout = '200ms'")
    const { rows } = await worker.query<{ job_id: string }>('SELECT job_id FROM gate.lease_jobs(3, 60)')
    leased.push(...rows.map(({ job_id }) => job_id))
  }
  for (const worker of workers) await worker.query('ROLLBACK')
  assert.equal(leased.length, 6)
  assert.equal(new Set(leased).size, 6)
})

test('a worker whose lease went over to another neither begins nor parks the job', async () => {
  await admin.query("UPDATE tandem.job SET state = 'done'")
  await admin.query(
    `INSERT INTO tandem.job (cell_id, agency_id, job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id)
     SELECT cell_id, agency_id, gen_random_uuid(), 'test', subject_id, operation_id, person_id, authority_id, purpose_id
       FROM tandem.job LIMIT 1`,
  )
  const lease = (lease_seconds: number) =>
    cell.store.gate('gate/lease_jobs', { how_many: 1, lease_seconds }, 'tandem_ingest')
  const [slow] = await lease(0)
  const [quick] = await lease(60)
  assert.ok(slow !== undefined && quick !== undefined && slow.job_id === quick.job_id)
  const begin = ({ job_id: job, attempts: attempt }: typeof slow) =>
    cell.store.within({ kind: 'job', job, attempt }, (tx) => tx.one('job/finish', { job_id: job }), { reach: 'frame' })
  const park = ({ job_id: job, attempts: attempt }: typeof slow) =>
    cell.store.gate(
      'gate/park_job',
      { job, attempt, state: 'failed', reason: 'test', retry_seconds: 0 },
      'tandem_ingest',
    )
  await assert.rejects(begin(slow), refused('TANDEM-STATE-001'))
  assert.deepEqual(await park(slow), [{ parked: false }])
  await begin(quick)
  assert.deepEqual(await park(quick), [{ parked: false }])
  const { rows } = await admin.query('SELECT state, reason FROM tandem.job WHERE job_id = $1', [quick.job_id])
  assert.deepEqual(rows, [{ state: 'done', reason: null }])
})
