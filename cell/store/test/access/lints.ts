import type pg from 'pg'
import { logins, standingRoles } from '../../src/logins.ts'
import { grantsOf, model } from './model.ts'
import { functions } from './model-functions.ts'
import { factories } from './rows.ts'

/** What must be true of the catalogue, whatever the policies say. Each finding is one line. */
export async function runLints(client: pg.Client, first = false): Promise<string[]> {
  const findings: string[] = []
  for (const look of [grantFindings, functionFindings, tableFindings, ruleFindings, uniqueFindings]) {
    findings.push(...(await look(client)))
    if (first && findings.length > 0) break
  }
  return findings
}

const ours = "('tandem', 'gate', 'ledger', 'partner')"
const ourRoles = [...logins, ...standingRoles].map((role) => `'${role}'`).join(', ')
const loginList = logins.map((role) => `'${role}'`).join(', ')

const rules: { readonly [says: string]: string } = {
  'a role of ours has powers above the policies': `
    SELECT rolname AS what FROM pg_roles WHERE rolname IN (${ourRoles})
       AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit)`,
  'a role that only owns can log in': `
    SELECT rolname AS what FROM pg_roles
     WHERE rolname IN (${standingRoles.map((role) => `'${role}'`).join(', ')}) AND rolcanlogin`,
  'a role of ours is a member of another role': `
    SELECT member::regrole || ' of ' || roleid::regrole AS what FROM pg_auth_members
     WHERE member::regrole::text IN (${ourRoles})`,
  'a login lends its rights to another role': `
    SELECT member::regrole || ' of ' || roleid::regrole AS what FROM pg_auth_members
     WHERE roleid::regrole::text IN (${loginList})`,
  'row security is not enabled and forced': `
    SELECT oid::regclass::text AS what FROM pg_class
     WHERE relnamespace::regnamespace::text IN ${ours} AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)`,
  'a table belongs to somebody else than tandem_owner': `
    SELECT oid::regclass::text AS what FROM pg_class
     WHERE relnamespace::regnamespace::text IN ${ours} AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND relowner <> 'tandem_owner'::regrole`,
  'a policy holds for everybody': `
    SELECT polrelid::regclass || ' ' || polname AS what FROM pg_policy
     WHERE polrelid IN (SELECT oid FROM pg_class WHERE relnamespace::regnamespace::text IN ${ours}) AND polroles = '{0}'`,
  'a view runs with the rights of its owner': `
    SELECT oid::regclass::text AS what FROM pg_class
     WHERE relnamespace::regnamespace::text IN ${ours} AND relkind = 'v'
       AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'`,
  'a materialised view or foreign table has no row security': `
    SELECT oid::regclass::text AS what FROM pg_class
     WHERE relnamespace::regnamespace::text IN ${ours} AND relkind IN ('m', 'f')`,
  'a rewrite rule': `
    SELECT ev_class::regclass || ' ' || rulename AS what FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
     WHERE relnamespace::regnamespace::text IN ${ours} AND relkind <> 'v'`,
  'PUBLIC may use a schema of ours, or create in public': `
    SELECT nspname || ' ' || privilege_type AS what FROM pg_namespace, aclexplode(nspacl)
     WHERE (nspname IN ${ours} OR nspname = 'public') AND grantee = 0`,
  'a role of ours may create in a schema': `
    SELECT rolname || ' ' || nspname AS what FROM pg_roles, pg_namespace
     WHERE rolname IN (${ourRoles}) AND rolname <> 'tandem_owner' AND nspname <> 'probe'
       AND has_schema_privilege(pg_roles.oid, pg_namespace.oid, 'CREATE')`,
  'a login may make temporary tables, and with them functions': `
    SELECT rolname AS what FROM pg_roles
     WHERE rolname IN (${loginList}) AND has_database_privilege(rolname, current_database(), 'TEMPORARY')`,
  'a function of ours is marked LEAKPROOF': `
    SELECT oid::regprocedure::text AS what FROM pg_proc WHERE pronamespace::regnamespace::text IN ${ours} AND proleakproof`,
  'a function has no pinned search_path': `
    SELECT oid::regprocedure::text AS what FROM pg_proc WHERE pronamespace::regnamespace::text IN ${ours}
       AND NOT coalesce(proconfig, '{}') @> '{search_path=pg_catalog}'`,
  'a function belongs to somebody else than tandem_gatekeeper, or tandem_owner where it is no definer': `
    SELECT oid::regprocedure::text AS what FROM pg_proc WHERE pronamespace::regnamespace::text IN ${ours}
       AND proowner <> 'tandem_gatekeeper'::regrole AND (prosecdef OR proowner <> 'tandem_owner'::regrole)`,
  'an operator, cast or event trigger of ours': `
    SELECT 'operator ' || oprname AS what FROM pg_operator WHERE oid >= 16384
    UNION ALL SELECT 'cast ' || castsource::regtype || ' to ' || casttarget::regtype FROM pg_cast WHERE oid >= 16384
    UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger`,
  'a sequence is granted': `
    SELECT oid::regclass || ' to ' || grantee::regrole AS what FROM pg_class, aclexplode(relacl)
     WHERE relnamespace::regnamespace::text IN ${ours} AND relkind = 'S' AND grantee <> relowner`,
  'a foreign key between agency tables leaves out the agency': `
    SELECT conrelid::regclass || ' ' || conname AS what FROM pg_constraint k
     WHERE contype = 'f' AND connamespace::regnamespace::text IN ${ours}
       AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attname = 'agency_id')
       AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = confrelid AND attname = 'agency_id')
       AND NOT EXISTS (
         SELECT FROM unnest(conkey, confkey) AS pair (own, referenced)
           JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = own AND a.attname = 'agency_id'
           JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = referenced AND b.attname = 'agency_id')`,
  'a partner can reach the core': `
    SELECT nspname AS what FROM pg_namespace
     WHERE nspname = 'tandem' AND has_schema_privilege('tandem_partner', oid, 'USAGE')
    UNION ALL SELECT oid::regclass::text FROM pg_class
     WHERE relnamespace = 'tandem'::regnamespace AND relkind IN ('r', 'p', 'v')
       AND has_any_column_privilege('tandem_partner', oid, 'SELECT, INSERT, UPDATE, REFERENCES')
    UNION ALL SELECT conrelid::regclass || ' ' || conname FROM pg_constraint
     WHERE contype = 'f' AND connamespace = 'partner'::regnamespace`,
  'default privileges give something to PUBLIC': `
    SELECT defaclrole::regrole || ' ' || defaclobjtype::text AS what FROM pg_default_acl, aclexplode(defaclacl) WHERE grantee = 0`,
}

async function ruleFindings(client: pg.Client): Promise<string[]> {
  const findings: string[] = []
  for (const [says, sql] of Object.entries(rules)) {
    const { rows } = await client.query<{ what: string }>(sql)
    findings.push(...rows.map(({ what }) => `${says}: ${what}`))
  }
  return findings
}

/** The model, the row factories and the catalogue name the same tables. */
async function tableFindings(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND c.oid <> 'public.tandem_migration'::regclass`,
  )
  const present = rows.map(({ name }) => name)
  return [
    ...difference(present, Object.keys(model)).map((name) => `a table that the model does not know: ${name}`),
    ...difference(Object.keys(model), present).map((name) => `a table of the model that is not there: ${name}`),
    ...difference(present, Object.keys(factories)).map((name) => `a table without a row factory: ${name}`),
  ]
}

async function grantFindings(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ says: string }>(
    `SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
            || ' ' || privilege_type || ' ' || name || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS says
       FROM (SELECT relnamespace::regnamespace || '.' || relname AS name, relowner, a.*
               FROM pg_class c, aclexplode(relacl) a WHERE relkind IN ('r', 'p', 'v', 'm')
              UNION ALL
             SELECT relnamespace::regnamespace || '.' || relname || '.' || attname, relowner, a.*
               FROM pg_class c JOIN pg_attribute t ON attrelid = c.oid, aclexplode(attacl) a) g
      WHERE (name ~ '^(tandem|gate|ledger|partner)\\.' OR name ~ '^public\\.') AND grantee <> relowner`,
  )
  // A grant on one column says nothing where the whole table is granted.
  const all = rows.map(({ says }) => says)
  const given = all.filter((says) => !/\.\w+\.\w+$/.test(says) || !all.includes(says.replace(/\.\w+$/, '')))
  const due = Object.entries(model).flatMap(([name, table]) => grantsOf(name, table))
  return [
    ...difference(given, due).map((grant) => `a grant that the model does not know: ${grant}`),
    ...difference(due, given).map((grant) => `a grant that is missing: ${grant}`),
  ]
}

async function functionFindings(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definer: boolean; callers: string[] }>(
    `SELECT pronamespace::regnamespace || '.' || proname AS name, prosecdef AS definer,
            ARRAY(SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
                    FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee <> proowner) AS callers
       FROM pg_proc WHERE pronamespace::regnamespace::text IN ${ours} OR pronamespace = 'public'::regnamespace`,
  )
  const findings = rows.flatMap(({ name, definer, callers }) => {
    const due = functions[name]
    if (due === undefined) return [`a function that the model does not know: ${name}`]
    return [
      ...(definer === due.definer ? [] : [`${name} is ${definer ? '' : 'not '}SECURITY DEFINER`]),
      ...difference(callers, due.callers).map((caller) => `${caller} may call ${name}`),
      ...difference(due.callers, callers).map((caller) => `${caller} may not call ${name}`),
    ]
  })
  const names = rows.map(({ name }) => name)
  const doubled = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...findings,
    ...doubled.map((name) => `${name} has more than one form`),
    ...difference(Object.keys(functions), names).map((name) => `a function of the model that is not there: ${name}`),
  ]
}

/** A unique index tells that a hidden value exists. Where it is not per agency, the value must be beyond guessing. */
const uniqueAcrossAgencies: { readonly [index: string]: string } = {
  'tandem.person_person_id_key': 'random id',
  'tandem.person_issuer_subject_key': 'only the founder inserts; a sign-in must find one person',
  'tandem.sender_api_key_hash_key': 'hash of a random key; only the founder inserts',
  'tandem.lane_lane_id_key': 'random id; only the founder inserts',
  'tandem.job_job_id_key': 'random id',
  'tandem.outbox_pkey': 'counted by the database, inserted by nobody',
  'tandem.outbox_position': 'given by the notifier alone',
  'gate.session_pkey': 'hash of a random token',
  'gate.passkey_pkey': 'random, made by the authenticator',
  'gate.context_pkey': 'number of the backend; only the gatekeeper inserts',
}

async function uniqueFindings(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relnamespace::regnamespace || '.' || c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE indisunique AND c.relnamespace::regnamespace::text IN ${ours}
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = indrelid AND attname = 'agency_id')
        AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0] AND attname = 'agency_id')`,
  )
  const present = rows.map(({ name }) => name)
  const reasoned = Object.keys(uniqueAcrossAgencies)
  return [
    ...difference(present, reasoned).map((name) => `unique across agencies without a reason: ${name}`),
    ...difference(reasoned, present).map((name) => `reasoned about, but no unique index across agencies: ${name}`),
  ]
}

const difference = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((each) => !others.includes(each))
