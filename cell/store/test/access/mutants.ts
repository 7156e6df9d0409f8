import type pg from 'pg'
import { gateFunctions, withStoppedClock } from './gate-scene.ts'
import { model } from './model.ts'

/** One change for the worse, in the statements that make it. */
export interface Mutant {
  readonly name: string
  readonly sql: readonly string[]
  /** Where it would be noticed first. */
  readonly looks:
    | { readonly table: string; readonly actors?: readonly string[] }
    | { readonly function: string }
    | 'lints'
}

/** A mutant that changes nothing anybody could see, and why. */
export interface Equivalent {
  readonly name: RegExp
  readonly reason: string
}

export const equivalents: readonly Equivalent[] = [
  {
    name: /^ledger\.(leaf|opening): policy agency checks nothing that is written$/,
    reason: 'the policies named append check the agency of what is written by themselves',
  },
  {
    name: /^gate\.lease_jobs: 'FOR UPDATE SKIP LOCKED'/,
    reason:
      'only two workers at once would notice, and the mutant is never committed: "two workers never lease the same job" does',
  },
]

interface Policy {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly permissive: 'PERMISSIVE' | 'RESTRICTIVE'
  readonly roles: readonly string[]
  readonly command: string
  readonly using: string | null
  readonly check: string | null
}

export async function policyMutants(client: pg.Client): Promise<Mutant[]> {
  const { rows } = await client.query<Policy>(
    `SELECT schemaname AS schema, tablename AS "table", policyname AS name, permissive, roles::text[] AS roles,
            cmd AS command, qual AS using, with_check AS "check"
       FROM pg_policies WHERE schemaname IN ('tandem', 'gate', 'ledger', 'partner') ORDER BY 1, 2, 3`,
  )
  return rows.flatMap((policy) => {
    const table = `${policy.schema}.${policy.table}`
    const drop = `DROP POLICY ${policy.name} ON ${table}`
    const mutant = (what: string, change: Partial<Policy>): Mutant => ({
      name: `${table}: policy ${policy.name} ${what}`,
      sql: [drop, creation({ ...policy, ...change })],
      looks: { table, actors: policy.roles },
    })
    const expressions = (['using', 'check'] as const).flatMap((part) => {
      const text = policy[part]
      if (text === null || text === 'true') return []
      return [
        ...mutations(text, policyOperators).map(({ what, mutated }) =>
          mutant(`${what} in ${part}`, { [part]: mutated }),
        ),
        mutant(`without its ${part}`, { [part]: 'true' }),
      ]
    })
    const opensInsert = policy.check === null && policy.using !== 'true' && mayInsert(policy)
    return [
      { name: `${table}: without policy ${policy.name}`, sql: [drop], looks: { table, actors: policy.roles } },
      mutant(policy.permissive === 'PERMISSIVE' ? 'made restrictive' : 'made permissive', {
        permissive: policy.permissive === 'PERMISSIVE' ? 'RESTRICTIVE' : 'PERMISSIVE',
      }),
      ...expressions,
      ...(opensInsert ? [mutant('checks nothing that is written', { check: 'true' })] : []),
    ]
  })
}

/** Where none of the policy's roles may insert, what is checked on writing decides nothing. */
const mayInsert = ({ schema, table, roles, command }: Policy): boolean =>
  (command === 'ALL' || command === 'INSERT') &&
  (model[`${schema}.${table}`]?.insert ?? []).some((actor) => roles.includes(actor))

const creation = ({ schema, table, name, permissive, roles, command, using, check }: Policy): string =>
  `CREATE POLICY ${name} ON ${schema}.${table} AS ${permissive} FOR ${command} TO ${roles.join(', ')}
   ${using === null ? '' : `USING (${using})`} ${check === null ? '' : `WITH CHECK (${check})`}`

type Operators = readonly (readonly [pattern: RegExp, replacement: string])[]

const policyOperators: Operators = [
  [/ = (?!ANY)/g, ' <> '],
  [/ = ANY/g, ' <> ALL'],
  [/IS NOT NULL/g, 'IS NULL'],
  [/ AND /g, ' OR '],
  [/ OR /g, ' AND '],
]

const functionOperators: Operators = [
  [/(?<![:<>=!]) = (?!>)/g, ' <> '],
  [/ <> /g, ' = '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ < /g, ' > '],
  [/ AND /g, ' OR '],
  [/ OR /g, ' AND '],
  [/IS NOT NULL/g, 'IS NULL'],
  [/IS NULL/g, 'IS NOT NULL'],
  [/ IS NOT TRUE/g, ' IS TRUE'],
  [/NOT FOUND/g, 'FOUND'],
  [/ DESC/g, ' ASC'],
  [/ AND [\w.]*active\b/g, ''],
  [/ AND (?:\w+\.)?cancelled_at IS NULL/g, ''],
  [/ AND (?:\w+\.)?agency_id = \w+\.agency_id/g, ''],
  [/ OR s\.\w+ (?:<> session_user|IS NOT NULL|<= moment)/g, ''],
  [/ AND s\.login = session_user/g, ''],
  [/ AND (?:\w+\.)?revoked_at IS NULL/g, ''],
  [/ AND clock_timestamp\(\) < [\w.]+(?: \+ make_interval\(secs => [\w.]+\))?/g, ''],
  [/\s+OR s\.last_seen_at \+ make_interval\(secs => s\.idle_seconds\) <= moment/g, ''],
  [/IF s\.second_factor = 'awaited' THEN/g, 'IF false THEN'],
  [/ AND state = 'leased'/g, ''],
  [/ FOR UPDATE SKIP LOCKED/g, ''],
  [/, active\b/g, ''],
  [/sha256\((\w+)\)/g, '$1'],
]

/** Each place of each operator, one at a time. */
function mutations(text: string, operators: Operators): { what: string; mutated: string }[] {
  return operators.flatMap(([pattern, replacement]) =>
    [...text.matchAll(pattern)].map((match, number) => {
      const mutated = `${text.slice(0, match.index)}${match[0].replace(new RegExp(pattern.source), replacement)}${text.slice(match.index + match[0].length)}`
      const line = text.slice(0, match.index).split('\n').length
      return { what: `'${match[0].trim()}' → '${replacement.trim()}' (line ${line}, ${number + 1})`, mutated }
    }),
  )
}

export async function functionMutants(client: pg.Client): Promise<Mutant[]> {
  return (await gateFunctions(client)).flatMap(({ name, sql }) => {
    const body = sql.indexOf('AS $')
    return mutations(sql.slice(body), functionOperators).map(({ what, mutated }) => ({
      name: `gate.${name}: ${what}`,
      sql: [withStoppedClock(sql.slice(0, body) + mutated)],
      looks: { function: name },
    }))
  })
}

export function catalogueMutants(tables: readonly string[], functions: readonly string[]): Mutant[] {
  const seen = (name: string, ...sql: readonly string[]): Mutant => ({ name, sql, looks: 'lints' })
  return [
    ...tables.flatMap((table) => [
      { name: `${table}: not forced`, sql: [`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`], looks: { table } },
      {
        name: `${table}: row security disabled`,
        sql: [`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`],
        looks: { table },
      },
      ...['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'].map((verb) =>
        seen(`${table}: ${verb} granted`, `GRANT ${verb} ON ${table} TO tandem_officer`),
      ),
      seen(`${table}: everything granted to PUBLIC`, `GRANT ALL ON ${table} TO PUBLIC`),
      seen(`${table}: one column granted`, `GRANT UPDATE (cell_id) ON ${table} TO tandem_officer`),
      seen(`${table}: with grant option`, `GRANT SELECT ON ${table} TO tandem_supervisor WITH GRANT OPTION`),
      seen(
        `${table}: given to a login`,
        `GRANT CREATE ON SCHEMA ${table.split('.')[0]} TO tandem_officer`,
        `ALTER TABLE ${table} OWNER TO tandem_officer`,
      ),
      seen(`${table}: a policy for everybody`, `CREATE POLICY mutant ON ${table} USING (true)`),
    ]),
    ...functions.flatMap((name) => [
      seen(`${name}: callable by PUBLIC`, `GRANT EXECUTE ON FUNCTION ${name} TO PUBLIC`),
      seen(`${name}: search_path not pinned`, `ALTER FUNCTION ${name} RESET ALL`),
      seen(`${name}: LEAKPROOF`, `ALTER FUNCTION ${name} LEAKPROOF`),
      seen(`${name}: owned by the superuser`, `ALTER FUNCTION ${name} OWNER TO CURRENT_USER`),
    ]),
    seen('gate.enter callable by the officers', 'GRANT EXECUTE ON FUNCTION gate.enter TO tandem_officer'),
    seen('gate.begin_lane callable by the officers', 'GRANT EXECUTE ON FUNCTION gate.begin_lane TO tandem_officer'),
    seen('a login in another', 'GRANT tandem_supervisor TO tandem_officer'),
    seen('a login in a role that owns', 'GRANT tandem_owner TO tandem_officer'),
    seen('a stranger in a login', 'CREATE ROLE tandem_mutant', 'GRANT tandem_officer TO tandem_mutant'),
    seen('a login that passes by row security', 'ALTER ROLE tandem_officer BYPASSRLS'),
    seen('a login that is superuser', 'ALTER ROLE tandem_export SUPERUSER'),
    seen('a login that makes roles', 'ALTER ROLE tandem_gate CREATEROLE'),
    seen('a login that inherits', 'ALTER ROLE tandem_gate INHERIT'),
    seen('the owner may log in', 'ALTER ROLE tandem_owner LOGIN'),
    seen('a partner in the core', 'GRANT USAGE ON SCHEMA tandem TO tandem_partner'),
    seen('a partner with a column of the core', 'GRANT SELECT (name) ON tandem.agency TO tandem_partner'),
    seen('the sender keys shown', 'GRANT SELECT (api_key_hash) ON tandem.sender TO tandem_ingest'),
    seen('PUBLIC in a schema', 'GRANT USAGE ON SCHEMA tandem TO PUBLIC'),
    seen('PUBLIC in public', 'GRANT CREATE ON SCHEMA public TO PUBLIC'),
    seen('a login may create', 'GRANT CREATE ON SCHEMA tandem TO tandem_officer'),
    seen(
      'temporary tables',
      "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$",
    ),
    seen(
      'a view of its owner',
      'CREATE VIEW tandem.mutant AS SELECT * FROM tandem.note',
      'ALTER VIEW tandem.mutant OWNER TO tandem_owner',
    ),
    seen(
      'a materialised view',
      'CREATE MATERIALIZED VIEW tandem.mutant AS SELECT * FROM tandem.note',
      'ALTER MATERIALIZED VIEW tandem.mutant OWNER TO tandem_owner',
    ),
    seen('a table without policies', 'CREATE TABLE tandem.mutant (agency_id uuid)'),
    seen('a table elsewhere', 'CREATE TABLE public.mutant (agency_id uuid)'),
    seen('unique across agencies', 'CREATE UNIQUE INDEX mutant ON tandem.observable (kind, token)'),
    seen(
      'a foreign key without the agency',
      'ALTER TABLE tandem.job ADD UNIQUE (job_id, state)',
      'ALTER TABLE tandem.note ADD CONSTRAINT mutant FOREIGN KEY (note_id) REFERENCES tandem.job (job_id)',
    ),
    seen(
      'a foreign key from the partners to the core',
      'ALTER TABLE partner.finding ADD CONSTRAINT mutant FOREIGN KEY (agency_id) REFERENCES tandem.agency',
    ),
    seen(
      'another definer function',
      "CREATE FUNCTION gate.mutant() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ),
    seen(
      'a function with a second form',
      "CREATE FUNCTION gate.begin(text) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT 1'",
    ),
    seen(
      'default privileges',
      'ALTER DEFAULT PRIVILEGES FOR ROLE tandem_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
      'ALTER DEFAULT PRIVILEGES FOR ROLE tandem_owner GRANT SELECT ON TABLES TO PUBLIC',
    ),
    seen('a sequence granted', 'GRANT USAGE ON SEQUENCE tandem.outbox_number_seq TO tandem_officer'),
  ]
}
