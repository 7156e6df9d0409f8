import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { TableDigest } from './control-messages.ts'

/** Rows of payloads are megabytes: few at a time. */
const ROWS_AT_ONCE = 16

/**
 * Every table as JSON lines, sorted by their bytes, in one snapshot. The digest of a table is SHA-256 over exactly
 * these lines, so `sha256sum` on the file gives it too. Sealed columns stay sealed: no key is at hand here.
 * Without a folder only the digests are made.
 */
export async function exportTables(
  client: pg.ClientBase,
  folder: string | null,
  progress: (table: string) => void = () => {},
): Promise<TableDigest[]> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    // The text of a value depends on these; and a row that a policy would hide is an error, never left out in silence.
    await client.query(`SELECT set_config(name, value, true) FROM (VALUES ('row_security', 'off'), ('TimeZone', 'UTC'),
      ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('bytea_output', 'hex'), ('extra_float_digits', '1'),
      ('statement_timeout', '0')) AS setting (name, value)`)
    const digests: TableDigest[] = []
    for (const table of await tablesOf(client)) {
      progress(table.name)
      digests.push(await exportTable(client, table, folder))
    }
    await client.query('COMMIT')
    return digests
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

interface Table {
  readonly name: string
  readonly quoted: string
}

/** All that is kept: a table of a later migration cannot be forgotten. Unlogged ones do not outlive a crash anyway. */
async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence = 'p'
        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
  )
  return rows.map(({ schema, name }) => ({
    name: `${schema}.${name}`,
    quoted: `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`,
  }))
}

async function exportTable(client: pg.ClientBase, table: Table, folder: string | null): Promise<TableDigest> {
  const file = folder === null ? null : await open(join(folder, fileOf(table.name)), 'wx', 0o600)
  const written = { hash: createHash('sha256'), rows: 0, bytes: 0 }
  try {
    await client.query(
      `DECLARE exported NO SCROLL CURSOR FOR
         SELECT row_to_json(t)::text AS line FROM ${table.quoted} AS t ORDER BY row_to_json(t)::text COLLATE "C"`,
    )
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`FETCH ${ROWS_AT_ONCE} FROM exported`)
      if (rows.length === 0) break
      await write(rows, written, file)
    }
    await client.query('CLOSE exported')
    await file?.sync()
  } finally {
    await file?.close()
  }
  return { table: table.name, rows: written.rows, bytes: written.bytes, sha256: written.hash.digest('hex') }
}

async function write(
  rows: readonly { line: string }[],
  written: { hash: Hash; rows: number; bytes: number },
  file: FileHandle | null,
): Promise<void> {
  const bytes = Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
  written.hash.update(bytes)
  written.rows += rows.length
  written.bytes += bytes.length
  await file?.writeFile(bytes)
}

export const fileOf = (table: string): string => `${table}.jsonl`
