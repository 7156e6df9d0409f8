import { setTimeout as sleep } from 'node:timers/promises'
import { ok, type Result } from '@tandem/core'
import pg from 'pg'
import { type ConnectionSettings, codeOf, type EngineFailure, fail, wordsOf } from './types.ts'

/** One connection for one piece of work, closed after it whatever happens. */
export async function withClient<T>(
  connection: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
  connectWithin = 10_000,
): Promise<T> {
  const client = new pg.Client({
    ...connection,
    application_name: 'tandem engine',
    connectionTimeoutMillis: connectWithin,
  })
  // A server that goes away between two queries must not end the process; the query reports it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** `SELECT <expressions>`: one row, all columns as text. */
export async function oneRow(
  client: pg.Client,
  sql: string,
  values: readonly string[] = [],
): Promise<readonly string[]> {
  const result = await client.query<(string | number | boolean | null)[]>({
    text: sql,
    values: [...values],
    rowMode: 'array',
  })
  return (result.rows[0] ?? []).map((value) => (value === null ? '' : String(value)))
}

/** Not listening yet, starting up, or still recovering. */
const notYet = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03'])

/** Waits by connecting. Recovery of a large WAL may take minutes, so only the end of the process stops it early. */
export async function awaitReady(
  connection: ConnectionSettings,
  ended: () => boolean,
  within: number,
): Promise<Result<number, EngineFailure>> {
  const until = performance.now() + within
  let last = 'no answer'
  while (performance.now() < until) {
    if (ended()) return fail('start-failed', 'The database ended while it started.')
    try {
      const [number] = await withClient(connection, (client) =>
        oneRow(client, "SELECT current_setting('server_version_num')"),
      )
      return ok(Number(number))
    } catch (thrown) {
      const code = codeOf(thrown)
      if (code === '28P01' || code === '28000') {
        return fail(
          'server-refused-login',
          'The database does not take the password in the data folder: put the right file back, or restore the last backup.',
        )
      }
      if (code !== null && !notYet.has(code))
        return fail('start-failed', `The database does not accept us: ${wordsOf(thrown)}`)
      last = wordsOf(thrown)
    }
    await sleep(15)
  }
  return fail(
    'start-timeout',
    `The database was not ready after ${Math.round(within / 1000)} s (${last}). If it recovers after a crash, give it more time.`,
  )
}
