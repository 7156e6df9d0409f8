import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'
import { logins, type Passwords, standingRoles } from './logins.ts'

const folder = new URL('../migrations/', import.meta.url)

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Makes the roles that are missing and sets every login's password. `admin` may create roles. */
export async function ensureRoles(admin: pg.ClientBase, passwords: Passwords): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>('SELECT rolname FROM pg_roles')
  const present = new Set(rows.map((row) => row.rolname))
  // From PostgreSQL 16 on, whoever makes a role may grant it without being able to become it.
  const { rows: server } = await admin.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int AS version`,
  )
  const mayBecome = (server[0]?.version ?? 0) >= 160000 ? 'SET' : 'MEMBER'
  for (const role of standingRoles) {
    if (!present.has(role)) await admin.query(`CREATE ROLE ${role} NOLOGIN NOINHERIT`)
    const { rows: member } = await admin.query<{ yes: boolean }>(`SELECT pg_has_role(current_user, $1, $2) AS yes`, [
      role,
      mayBecome,
    ])
    if (member[0]?.yes !== true) await admin.query(`GRANT ${role} TO CURRENT_USER`)
  }
  for (const login of logins) {
    const verb = present.has(login) ? 'ALTER' : 'CREATE'
    await admin.query(`${verb} ROLE ${login} LOGIN NOINHERIT PASSWORD ${quoteLiteral(passwords[login])}`)
  }
}

// CREATE ROLE takes no parameters; passwords are our own random base64url.
function quoteLiteral(text: string): string {
  if (!/^[\w-]+$/.test(text)) throw new TypeError('a login password is base64url')
  return `'${text}'`
}

/** Applies what is missing, each file in its own transaction, and refuses a database whose applied files differ. */
export async function migrate(admin: pg.ClientBase): Promise<string[]> {
  await admin.query(`CREATE TABLE IF NOT EXISTS public.tandem_migration (
    name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`)
  await admin.query('REVOKE ALL ON public.tandem_migration FROM PUBLIC')
  await admin.query('REVOKE ALL ON SCHEMA public FROM PUBLIC')
  await admin.query(onlyOurLogins)
  const { rows } = await admin.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM public.tandem_migration',
  )
  const applied = new Map(rows.map((row) => [row.name, row.sha256]))
  const known = migrations()
  for (const name of applied.keys()) {
    if (!known.some((migration) => migration.name === name)) {
      throw new Error(`this database was made by a newer Tandem: it knows ${name}`)
    }
  }
  const done: string[] = []
  for (const migration of known) {
    const sha256 = applied.get(migration.name)
    if (sha256 === migration.sha256) continue
    if (sha256 !== undefined) throw new Error(`${migration.name} was changed after it was applied`)
    await admin.query('BEGIN')
    try {
      await admin.query(migration.sql)
      await admin.query('INSERT INTO public.tandem_migration (name, sha256) VALUES ($1, $2)', [
        migration.name,
        migration.sha256,
      ])
      await admin.query('COMMIT')
    } catch (error) {
      await admin.query('ROLLBACK')
      throw error
    }
    done.push(migration.name)
  }
  return done
}

// Rights on the database itself are not copied with a template, so they are set at every start: nobody but the logins
// connects, and no login makes so much as a temporary table.
const onlyOurLogins = `DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${logins.join(', ')}', current_database());
END $$`
