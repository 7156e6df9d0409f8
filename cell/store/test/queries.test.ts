import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '@tandem/testkit'
import type pg from 'pg'
import { parseQuery, readCatalogue } from '../src/catalogue.ts'
import { describe } from '../tools/describe.ts'
import { generateQueries } from '../tools/generate-queries.ts'

let database: TestDatabase
let client: pg.Client

before(async () => {
  database = await testDatabase()
  client = await database.superuser()
})
after(() => database.close())

test('the types of the queries are those of the files and of the schema', async () => {
  const present = readFileSync(new URL('../src/queries.generated.ts', import.meta.url), 'utf8')
  assert.equal(present, await generateQueries(client))
})

test('every query fits the schema and declares what it takes', async (t) => {
  const catalogue = readCatalogue()
  for (const query of catalogue.values()) {
    const { parameters } = await describe(client, query)
    assert.equal(parameters.length, query.parameters.length, query.name)
    const doubled = query.parameters.map(({ name }) => name).filter((name, at, all) => all.indexOf(name) !== at)
    assert.deepEqual(doubled, [], query.name)
  }
  t.diagnostic(`${catalogue.size} queries`)
})

test('a query that does not fit the schema is named', async () => {
  await assert.rejects(describe(client, parseQuery('made/up', 'SELECT nothing FROM tandem.nowhere')), /made\/up/)
  assert.throws(() => parseQuery('made/up', '-- $2 late\nSELECT $1'), /in order/)
})

test('no query asks for more than rows: no DDL, no settings, no locks on tables, no deletion', () => {
  for (const { name, text } of readCatalogue().values()) {
    const statement = text.replaceAll(/^--.*$/gm, '').trim()
    assert.match(statement, /^(SELECT|INSERT|UPDATE|WITH)\b/, name)
    assert.doesNotMatch(statement, /;/, name)
    assert.doesNotMatch(
      statement,
      /\b(DELETE|TRUNCATE|CREATE|ALTER|DROP|GRANT|COPY|LOCK TABLE|LISTEN|NOTIFY|set_config|EXPLAIN)\b/,
      name,
    )
  }
})
