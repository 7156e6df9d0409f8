import type pg from 'pg'
import { type Actor, expected, model, type Outcome, type Verb } from './model.ts'
import { factories, type Slot } from './rows.ts'
import { type Context, condition, factsOf, insertion, literal, roleOf, type World } from './world.ts'

export const actors = [
  'tandem_gate',
  'tandem_officer',
  'tandem_supervisor',
  'tandem_ingest',
  'tandem_partner',
  'tandem_inspector',
  'tandem_export',
  'tandem_administrator',
  'tandem_notifier',
  'tandem_owner',
  'tandem_gatekeeper',
  'tandem_founder',
] as const satisfies readonly Actor[]

const verbs = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const satisfies readonly Verb[]

/** Columns of the keys and one more, to have something to update. */
const untouchable = new Set(['cell_id', 'agency_id'])

/**
 * What each statement does, told by a function that runs it with its caller's rights and undoes it: thousands of
 * cells in one journey. Made in the test's database only.
 */
export async function makeProbe(client: pg.Client): Promise<void> {
  await client.query(`CREATE SCHEMA probe;
    CREATE FUNCTION probe.run(statements text[]) RETURNS text[] LANGUAGE plpgsql AS $$
    DECLARE statement text; touched bigint; said text[] := '{}';
    BEGIN
      FOREACH statement IN ARRAY statements LOOP
        BEGIN
          EXECUTE statement;
          GET DIAGNOSTICS touched = ROW_COUNT;
          RAISE EXCEPTION USING ERRCODE = 'PR000', MESSAGE = touched::text;
        EXCEPTION WHEN OTHERS THEN
          said := said || CASE WHEN SQLSTATE = 'PR000' THEN SQLERRM ELSE SQLSTATE || ' ' || SQLERRM END;
        END;
      END LOOP;
      RETURN said;
    END $$;
    GRANT USAGE ON SCHEMA probe TO ${actors.join(', ')};
    GRANT EXECUTE ON FUNCTION probe.run(text[]) TO ${actors.join(', ')}`)
}

export interface Selection {
  readonly tables?: readonly string[]
  readonly actors?: readonly Actor[]
  /** Ends at the first contradiction: enough to notice a mutant. */
  readonly first?: boolean
}

export interface Verdict {
  readonly cells: number
  /** In words, where the database does something else than the model says. */
  readonly unexplained: readonly string[]
}

/** Every actor × context × table × verb × row. Runs inside the caller's transaction and leaves no trace in it. */
export async function runMatrix(client: pg.Client, world: World, selection: Selection = {}): Promise<Verdict> {
  let cells = 0
  const unexplained: string[] = []
  for (const actor of selection.actors ?? actors) {
    const plan = planFor(actor, world, selection.tables ?? Object.keys(model))
    for (const context of world.contexts) {
      const said = await tryAll(
        client,
        world,
        actor,
        context,
        plan.map((cell) => cell.statement),
      )
      cells += plan.length
      const facts = factsOf(world, context, actor)
      plan.forEach((cell, index) => {
        const table = model[cell.table]
        if (table === undefined) return
        const should = expected(table, cell.table, actor, cell.verb, cell.key, facts, cell.slot)
        const does = outcomeOf(said[index] ?? '')
        if (does === should) return
        const row = cell.slot.name.startsWith('own of')
          ? cell.slot.person === facts.person
            ? 'own'
            : 'own of another'
          : cell.slot.name
        unexplained.push(
          `${actor}, ${context.name}: ${cell.verb} ${cell.table}, row ${row}: ${does}, expected ${should}`,
        )
      })
      if (selection.first === true && unexplained.length > 0) return { cells, unexplained }
    }
  }
  return { cells, unexplained }
}

interface Cell {
  readonly table: string
  readonly verb: Verb
  readonly slot: Slot
  readonly key: readonly string[]
  readonly statement: string
}

function planFor(actor: Actor, world: World, tables: readonly string[]): Cell[] {
  return tables.flatMap((table) => {
    const factory = factories[table]
    const rules = model[table]
    if (factory === undefined || rules === undefined) throw new Error(`${table}: the matrix does not know this table`)
    const granted = rules.update[actor]
    return world.slots.flatMap((slot) => {
      const seed = factory.make(slot, false)
      const where = condition(seed, factory.key)
      const column =
        granted !== undefined && granted !== true
          ? (granted[0] ?? '')
          : (Object.keys(seed).find((name) => !factory.key.includes(name) && !untouchable.has(name)) ?? 'cell_id')
      const statements = {
        SELECT: `SELECT 1 FROM ${table} WHERE ${where}`,
        INSERT: insertion(table, factory.make(slot, true)),
        UPDATE: `UPDATE ${table} SET ${column} = ${column} WHERE ${where}`,
        DELETE: `DELETE FROM ${table} WHERE ${where}`,
      }
      return verbs.map((verb) => ({ table, verb, slot, key: factory.key, statement: statements[verb] }))
    })
  })
}

async function tryAll(
  client: pg.Client,
  world: World,
  actor: Actor,
  context: Context,
  statements: readonly string[],
): Promise<string[]> {
  // One journey for all of it.
  const steps = [
    'SAVEPOINT cells',
    entering(world, context, actor),
    `SET LOCAL SESSION AUTHORIZATION ${actor}`,
    `SELECT probe.run(ARRAY[${statements.map(literal).join(', ')}]) AS said`,
    'ROLLBACK TO SAVEPOINT cells',
  ]
  try {
    const results: unknown = await client.query(steps.join(';\n'))
    return saidBy(Array.isArray(results) ? results.at(-2) : null)
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT cells')
    // Not even the context could be begun: no cell is as it should be.
    return statements.map(() => String(error))
  }
}

function saidBy(result: unknown): string[] {
  if (typeof result !== 'object' || result === null || !('rows' in result) || !Array.isArray(result.rows)) return []
  const [row]: unknown[] = result.rows
  if (typeof row !== 'object' || row === null || !('said' in row) || !Array.isArray(row.said)) return []
  return row.said.map(String)
}

/** The superuser stands for the three ways in, which have tests of their own; `role` is the login's own or a wrong one. */
function entering(world: World, { entry, wrongRole }: Context, actor: Actor): string {
  if (entry === null) return 'SELECT 1'
  const role = wrongRole ? 'administrator' : roleOf(actor)
  const given = [world.cell.national.agency, entry.person, role, world.own, entry.authority, entry.purpose, null]
  return `SELECT gate.enter(${given.map(literal).join(', ')})`
}

function outcomeOf(said: string): Outcome | string {
  if (said === '0') return 'hidden'
  if (/^\d$/.test(said)) return 'done'
  if (said.startsWith('42501')) return said.includes('row-level security') ? 'hidden' : 'no grant'
  // Constraints are looked at after the policies have let the row pass.
  if (said.startsWith('23')) return 'done'
  return said
}
