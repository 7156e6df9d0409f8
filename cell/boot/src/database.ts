import { err, ok, type Result } from '@tandem/core'
import { ensureRoles, migrate, type Passwords } from '@tandem/store'
import type { ConnectionSettings, DatabaseEngine } from '@tandem/store/engine'
import type { HeldRun } from '@tandem/work'
import pg from 'pg'

export const DATABASE = 'tandem'

export async function withAdmin<T>(
  connection: ConnectionSettings,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, database })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Logins belong to a whole server, not to one database. Where they are there already and do not open with our
 * passwords they are another cell's: giving them new ones would shut that cell out.
 */
export async function ourLogins(
  engine: DatabaseEngine,
  database: string,
  passwords: Passwords,
): Promise<Result<void, string>> {
  if (engine.kind === 'embedded') return ok(undefined)
  const { connection } = engine
  const isThere = await withAdmin(connection, database, async (admin) => {
    const { rowCount } = await admin.query(`SELECT FROM pg_roles WHERE rolname = 'tandem_gate'`)
    return (rowCount ?? 0) > 0
  })
  if (!isThere) return ok(undefined)
  const gate = new pg.Client({ ...connection, database, user: 'tandem_gate', password: passwords.tandem_gate })
  try {
    await gate.connect()
    return ok(undefined)
  } catch (error) {
    // 28P01: wrong password. Anything else (no right to connect yet, say) comes after the password was found good.
    if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') return ok(undefined)
    return err(
      'This PostgreSQL server has the logins of another Tandem cell. Start that cell with the data folder that belongs to it, or give this one a server of its own.',
    )
  } finally {
    await gate.end().catch(() => {})
  }
}

/** The cell's own database, its roles and its migrations up to date. Returns what was applied. */
export async function prepareDatabase(
  connection: ConnectionSettings,
  database: string,
  passwords: Passwords,
): Promise<string[]> {
  await withAdmin(connection, connection.database, async (admin) => {
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0)
      await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} TEMPLATE template0 ENCODING 'UTF8'`)
  })
  return withAdmin(connection, database, async (admin) => {
    await ensureRoles(admin, passwords)
    return migrate(admin)
  })
}

export interface CellRow {
  readonly cell: string
  readonly name: string
  readonly mode: string
}

export async function readCell(connection: ConnectionSettings, database: string): Promise<CellRow | null> {
  return withAdmin(connection, database, async (admin) => {
    await admin.query('SET ROLE tandem_founder')
    const { rows } = await admin.query<CellRow>('SELECT cell_id AS cell, name, mode FROM tandem.cell')
    return rows[0] ?? null
  })
}

export async function agenciesOf(
  connection: ConnectionSettings,
  database: string,
): Promise<{ id: string; shortName: string; kind: string }[]> {
  return withAdmin(connection, database, async (admin) => {
    await admin.query('SET ROLE tandem_founder')
    const { rows } = await admin.query<{ id: string; shortName: string; kind: string }>(
      'SELECT agency_id AS id, short_name AS "shortName", kind FROM tandem.agency ORDER BY short_name',
    )
    return rows
  })
}

/** Runs that the cell held the rights of when it ended: they go on, or are ended, before anybody looks. */
export async function heldRuns(connection: ConnectionSettings, database: string): Promise<HeldRun[]> {
  return withAdmin(connection, database, async (admin) => {
    const { rows } = await admin.query<HeldRun>(
      `SELECT agency_id AS agency, job_id AS job, subject_id AS run FROM tandem.job
        WHERE state = 'leased' AND kind = 'deconfliction' AND attempts = 0`,
    )
    return rows
  })
}

/**
 * Leases of a worker that was killed: nobody else can hold one when this cell alone holds the data folder, so what it
 * left is taken up now and not when the lease runs out.
 */
export async function releaseLeases(connection: ConnectionSettings, database: string): Promise<void> {
  await withAdmin(connection, database, async (admin) => {
    await admin.query(
      `UPDATE tandem.job SET state = 'ready', lease_until = NULL
        WHERE state = 'leased' AND (kind NOT IN ('deconfliction', 'lookup grant') OR attempts > 0)`,
    )
  })
}
