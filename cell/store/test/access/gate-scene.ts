import type pg from 'pg'
import type { Actor } from './model.ts'

/**
 * A clock that stands still, so that the very instant of expiry can be tried: the functions of the gate are made
 * again with `probe.clock()` in place of the database's. Only in the caller's transaction.
 */
export async function stopClock(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS probe;
    CREATE FUNCTION probe.clock() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT timestamptz '${noon}' $$;
    GRANT USAGE ON SCHEMA probe TO tandem_gatekeeper;
    GRANT EXECUTE ON FUNCTION probe.clock() TO tandem_gatekeeper`)
  for (const definition of await gateFunctions(client)) await client.query(withStoppedClock(definition.sql))
}

export const noon = '2030-01-01 12:00:00+00'

export const withStoppedClock = (sql: string): string => sql.replaceAll('clock_timestamp()', 'probe.clock()')

export interface GateFunction {
  readonly name: string
  readonly sql: string
}

export async function gateFunctions(client: pg.Client): Promise<GateFunction[]> {
  const { rows } = await client.query<GateFunction>(
    `SELECT proname AS name, pg_get_functiondef(oid) AS sql FROM pg_proc
      WHERE pronamespace = 'gate'::regnamespace ORDER BY proname`,
  )
  return rows
}

export interface Check {
  /** The function it looks at, then what is tried. */
  readonly name: string
  readonly as: Actor | 'superuser'
  /** By the superuser, before. */
  readonly given?: readonly string[]
  readonly call: readonly string[]
  /** By the superuser, after: the answer is then the last row of this. */
  readonly afterwards?: string | undefined
  /** The last answer, values joined by `|`, rows by `;`; or the SQLSTATE. */
  readonly answer: string
}

/** Names of the checks that answer otherwise, with what they answered. Leaves the transaction as it was. */
export async function runChecks(client: pg.Client, checks: readonly Check[], first = false): Promise<string[]> {
  const wrong: string[] = []
  for (const check of checks) {
    const answer = await answerOf(client, check)
    if (answer !== check.answer) wrong.push(`${check.name}: ${answer}, expected ${check.answer}`)
    if (first && wrong.length > 0) break
  }
  return wrong
}

async function answerOf(client: pg.Client, { as, given = [], call, afterwards }: Check): Promise<string> {
  const steps = [
    'SAVEPOINT scene',
    "SET LOCAL session_replication_role = 'replica'",
    ...given,
    "SET LOCAL session_replication_role = 'origin'",
    ...(as === 'superuser' ? [] : [`SET LOCAL SESSION AUTHORIZATION ${as}`]),
    ...call,
    ...(afterwards === undefined ? [] : ['RESET SESSION AUTHORIZATION', afterwards]),
  ]
  try {
    const results: unknown = await client.query({ text: steps.join(';\n'), rowMode: 'array' })
    return tell(Array.isArray(results) ? results.at(-1) : results)
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT scene')
  }
}

function tell(result: unknown): string {
  if (typeof result !== 'object' || result === null || !('rows' in result) || !Array.isArray(result.rows)) return ''
  return result.rows
    .map((row: unknown) => (Array.isArray(row) ? row.map((value: unknown) => word(value)).join('|') : String(row)))
    .join(';')
}

const word = (value: unknown): string =>
  value === null
    ? 'null'
    : value instanceof Date
      ? value.toISOString()
      : Buffer.isBuffer(value)
        ? value.toString('hex')
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value)
