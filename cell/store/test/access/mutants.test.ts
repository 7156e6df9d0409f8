import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foundCell, type TestDatabase, testDatabase } from '@tandem/testkit'
import type pg from 'pg'
import { gateChecks, sceneOf } from './gate-checks.ts'
import { type Check, runChecks, stopClock } from './gate-scene.ts'
import { runLints } from './lints.ts'
import { actors, makeProbe, runMatrix } from './matrix.ts'
import { type Actor, model } from './model.ts'
import { catalogueMutants, equivalents, functionMutants, type Mutant, policyMutants } from './mutants.ts'
import { signatureChecks } from './signatures.ts'
import { seedWorld, type World } from './world.ts'

/** Whom a policy names, or who holds the most grants, is looked at first: most mutants end there. */
const busiest = ['tandem_officer', 'tandem_ingest']
const inOrder = (first: readonly string[] = busiest): Actor[] => [
  ...actors.filter((actor) => first.includes(actor)),
  ...actors.filter((actor) => !first.includes(actor)),
]

/** The matrix has a world with rows of every kind and the database's own clock; the gate a bare cell at noon. */
const databases: TestDatabase[] = []
let ofMatrix: pg.Client
let ofGate: pg.Client
let world: World
let checks: readonly Check[]

before(async () => {
  const [full, bare] = await Promise.all([testDatabase(), testDatabase()])
  databases.push(full, bare)
  ofMatrix = await full.superuser()
  world = await seedWorld(ofMatrix, await foundCell(full))
  await makeProbe(ofMatrix)
  ofGate = await bare.superuser()
  checks = gateChecks(sceneOf(await foundCell(bare)))
})
after(async () => {
  for (const database of databases) await database.close()
})

test('every policy that is dropped, widened or turned round is noticed', async (t) => {
  await report(t, await policyMutants(ofMatrix))
})

test('every condition of the gate that is turned round or left out is noticed', async (t) => {
  await report(t, await functionMutants(ofGate))
})

test('every grant, membership and property too many is noticed', async (t) => {
  const { rows } = await ofMatrix.query<{ name: string }>(
    `SELECT oid::regprocedure::text AS name FROM pg_proc
      WHERE pronamespace IN ('gate'::regnamespace, 'tandem'::regnamespace)`,
  )
  await report(
    t,
    catalogueMutants(
      Object.keys(model),
      rows.map(({ name }) => name),
    ),
  )
})

interface Finding {
  readonly mutant: Mutant
  /** `not SQL` when the database will not have it, null when nothing notices. */
  readonly noticed: string | null
}

async function report(t: { diagnostic(message: string): void }, mutants: readonly Mutant[]): Promise<void> {
  const findings = await hunt(mutants)
  const excused = ({ mutant }: Finding): boolean => equivalents.some(({ name }) => name.test(mutant.name))
  const unnoticed = findings.filter(({ noticed }) => noticed === null)
  const survivors = unnoticed.filter((finding) => !excused(finding)).map(({ mutant }) => mutant.name)
  const born = findings.filter(({ noticed }) => noticed !== 'not SQL').length
  const killed = born - unnoticed.length
  t.diagnostic(
    `${born} mutants: ${killed} noticed, ${unnoticed.length - survivors.length} equivalent, ${survivors.length} survivors`,
  )
  assert.deepEqual(survivors, [])
}

async function hunt(mutants: readonly Mutant[]): Promise<Finding[]> {
  const findings: Finding[] = []
  await ofMatrix.query('BEGIN')
  await ofGate.query('BEGIN')
  try {
    await stopClock(ofGate)
    await silentWhenUnchanged('before')
    for (const mutant of mutants) findings.push({ mutant, noticed: await notices(mutant) })
    await silentWhenUnchanged('after')
  } finally {
    await ofMatrix.query('ROLLBACK')
    await ofGate.query('ROLLBACK')
  }
  return findings
}

/** A hunt is worth nothing when the ways of looking cry out at everything: each must be silent on both sides of it. */
async function silentWhenUnchanged(when: string): Promise<void> {
  const unchanged: Mutant[] = [
    { name: 'a table', sql: [], looks: { table: 'tandem.note' } },
    { name: 'the catalogue', sql: [], looks: 'lints' },
    { name: 'the gate', sql: [], looks: { function: 'begin' } },
  ]
  for (const mutant of unchanged) assert.equal(await notices(mutant), null, `${when}: ${mutant.name}`)
}

async function notices(mutant: Mutant): Promise<string | null> {
  const { looks } = mutant
  if (looks === 'lints') return under(mutant, ofMatrix, () => runLints(ofMatrix, true))
  if ('function' in looks) {
    const own = checks.filter(({ name }) => name.startsWith(`${looks.function} `))
    return under(mutant, ofGate, async () => {
      const wrong = await runChecks(ofGate, own, true)
      return wrong.length > 0
        ? wrong
        : runChecks(
            ofGate,
            checks.filter((check) => !own.includes(check)),
            true,
          )
    })
  }
  const selection = { tables: [looks.table], actors: inOrder(looks.actors), first: true }
  return (
    (await under(mutant, ofMatrix, async () => (await runMatrix(ofMatrix, world, selection)).unexplained)) ??
    (await under(mutant, ofMatrix, () => runLints(ofMatrix, true))) ??
    (await under(mutant, ofMatrix, () => runChecks(ofMatrix, signatureChecks(world), true))) ??
    (await under(mutant, ofGate, () => runChecks(ofGate, checks, true)))
  )
}

/** What is found while the mutant is in place, and only then. */
async function under(
  mutant: Mutant,
  client: pg.Client,
  look: () => Promise<readonly string[]>,
): Promise<string | null> {
  await client.query('SAVEPOINT mutant')
  try {
    try {
      for (const statement of mutant.sql) await client.query(statement)
    } catch {
      return 'not SQL'
    }
    return (await look())[0] ?? null
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT mutant')
  }
}
