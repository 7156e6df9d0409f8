import { err, ok, type Result } from '@tandem/core'
import pg from 'pg'
import { type Login, logins, standingRoles } from './logins.ts'

export interface CanaryFailure {
  /** One line for each thing that a login can do and must not. */
  readonly failed: readonly string[]
}

/**
 * Run at every start, before the doors open: each login tries what it must not be able to do. Tests that run as
 * superuser pass with every policy dropped; this runs with the very logins that the cell will use.
 * `connect` opens a connection as that login and the canary ends it.
 */
export async function canary(
  connect: (login: Login) => Promise<pg.Client>,
): Promise<Result<{ readonly tried: number }, CanaryFailure>> {
  const failed: string[] = []
  let tried = 0
  for (const login of logins) {
    let client: pg.Client
    try {
      client = await connect(login)
    } catch {
      failed.push(`${login}: cannot connect`)
      continue
    }
    try {
      for (const attempt of attempts) {
        const findings = await attempt(client, login)
        tried += findings.tried
        failed.push(...findings.failed.map((what) => `${login}: ${what}`))
      }
    } catch (error) {
      // What could not be tried has not been refused.
      failed.push(`${login}: the canary was cut short${error instanceof pg.DatabaseError ? ` (${error.code})` : ''}`)
    } finally {
      await client.end().catch(() => {})
    }
  }
  return failed.length === 0 ? ok({ tried }) : err({ failed })
}

interface Findings {
  readonly tried: number
  readonly failed: readonly string[]
}
type Attempt = (client: pg.Client, login: Login) => Promise<Findings>

const ourSchemas = "('tandem', 'gate', 'ledger', 'partner')"

/**
 * Ids without content: what the notifier hands on is filtered where it is handed out, and the log that it keeps in order
 * holds commitments alone.
 */
const openByDesign: readonly { readonly login: Login; readonly table: string }[] = [
  { login: 'tandem_notifier', table: 'tandem.outbox' },
  { login: 'tandem_notifier', table: 'ledger.leaf' },
  { login: 'tandem_notifier', table: 'ledger.place' },
  { login: 'tandem_notifier', table: 'ledger.log' },
  { login: 'tandem_notifier', table: 'ledger.witnessed' },
]

/** It is who it says, and stands above nothing. */
const standsLow: Attempt = async (client, login) => {
  const { rows } = await client.query<{ who: string; high: boolean; memberships: string[] }>(
    `SELECT session_user || '/' || current_user AS who,
            rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS high,
            ARRAY(SELECT rolname::text FROM pg_roles other
                   WHERE other.oid <> own.oid AND pg_has_role(own.oid, other.oid, 'MEMBER')) AS memberships
       FROM pg_roles own WHERE rolname = session_user`,
  )
  const [row] = rows
  const failed = [
    ...(row?.who === `${login}/${login}` ? [] : ['acts as another role']),
    ...(row?.high === false ? [] : ['has powers above row security']),
    ...(row?.memberships ?? ['?']).map((role) => `is a member of ${role}`),
  ]
  return { tried: 3, failed }
}

/** Row security binds it on every table, whether rows are there yet or not, and it has no way round. */
const isBound: Attempt = async (client) => {
  const { rows } = await client.query<{ name: string; empties: boolean; bound: boolean }>(
    `SELECT n.nspname || '.' || c.relname AS name, has_table_privilege(c.oid, 'TRUNCATE, TRIGGER, REFERENCES') AS empties,
            relforcerowsecurity AND row_security_active(c.oid) AND current_setting('row_security') = 'on' AS bound
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname IN ${ourSchemas} AND relkind IN ('r', 'p')`,
  )
  const failed = [
    ...rows.filter(({ bound }) => !bound).map(({ name }) => `is not bound by row security on ${name}`),
    ...rows.filter(({ empties }) => empties).map(({ name }) => `may empty ${name} or put triggers on it`),
  ]
  return { tried: rows.length, failed: rows.length === 0 ? ['sees no tables: is this a cell?'] : failed }
}

/** Without a context no row of any table shows, though rows are there: every cell has agencies and people. */
const seesNothing: Attempt = async (client, login) => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname IN ${ourSchemas} AND relkind IN ('r', 'p', 'v', 'm', 'f')
        AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')`,
  )
  const tables = rows
    .map(({ name }) => name)
    .filter((name) => !openByDesign.some((each) => each.login === login && each.table === name))
  const failed: string[] = []
  for (const table of tables) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`)
    if (rowCount !== 0) failed.push(`reads ${table} without a context`)
  }
  return { tried: tables.length, failed }
}

/** What it may never do, each with the same answer: insufficient privilege. */
const isRefused: Attempt = async (client, login) => {
  const others = [...logins.filter((each) => each !== login), ...standingRoles]
  const never = [
    ...others.map((role) => `SET ROLE ${role}`),
    `SET SESSION AUTHORIZATION ${standingRoles[0]}`,
    'SELECT 1 FROM gate.session',
    'SELECT 1 FROM gate.context',
    'DELETE FROM gate.context WHERE false',
    "SELECT gate.enter(NULL, NULL, 'inspector', NULL, NULL, NULL, NULL)",
    'UPDATE ledger.leaf SET leaf = leaf WHERE false',
    'DELETE FROM ledger.leaf WHERE false',
    'DELETE FROM ledger.place WHERE false',
    'DELETE FROM ledger.witnessed WHERE false',
    'INSERT INTO ledger.place (index) VALUES (0)',
    'ALTER TABLE ledger.leaf DISABLE ROW LEVEL SECURITY',
    'CREATE TABLE public.canary (planted text)',
    'CREATE TEMPORARY TABLE canary (planted text)',
    "COPY (SELECT 1) TO PROGRAM 'true'",
  ]
  const failed: string[] = []
  for (const statement of never) {
    await client.query('BEGIN')
    try {
      await client.query(statement)
      failed.push(`may ${statement}`)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === '42501')) throw error
    } finally {
      await client.query('ROLLBACK')
    }
  }
  return { tried: never.length, failed }
}

const attempts: readonly Attempt[] = [standsLow, isBound, seesNothing, isRefused]
