import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { readCatalogue } from '../src/catalogue.ts'
import { describe } from './describe.ts'

/**
 * Types for every query of sql/, told by a real server: each file is parsed there and its parameters and columns
 * described, so a query that does not fit the schema fails here and not at an officer's desk.
 */
export async function generateQueries(client: pg.Client): Promise<string> {
  const nullable = await columnNullability(client)
  const types: string[] = []
  for (const query of readCatalogue().values()) {
    const { parameters, columns } = await describe(client, query)
    if (parameters.length !== query.parameters.length) {
      throw new Error(`${query.name}: declares ${query.parameters.length} parameters, uses ${parameters.length}`)
    }
    const inputs = query.parameters.map((parameter, at) => {
      const plain = typeOf(parameters[at] ?? 0, query.name)
      const type = parameter.optionalElements ? plain.replace(/^(\w+)\[\]$/, '($1 | null)[]') : plain
      return `${parameter.name}: ${type}${parameter.optional ? ' | null' : ''}`
    })
    const outputs = columns.map((column) => {
      const declared = query.notNull.includes(column.name) ? false : query.nullable.includes(column.name) ? true : null
      const mayBeNull = declared ?? nullable.get(`${column.tableId}.${column.columnId}`) ?? true
      return `${column.name}: ${typeOf(column.typeId, query.name)}${mayBeNull ? ' | null' : ''}`
    })
    types.push(`  '${query.name}': {
    parameters: { ${inputs.join('; ')} }
    row: { ${outputs.join('; ')} }
  }`)
  }
  return `// Made from sql/ by tools/generate-queries.ts; a test checks that it is current.
import type { Json } from '@tandem/core'

export interface Queries {
${types.join('\n')}
}
`
}

async function columnNullability(client: pg.Client): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{ key: string; optional: boolean }>(
    `SELECT attrelid || '.' || attnum AS key, NOT attnotnull AS optional FROM pg_attribute a
       JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('tandem', 'gate', 'ledger', 'partner') AND attnum > 0`,
  )
  return new Map(rows.map((row) => [row.key, row.optional]))
}

const typeNames = new Map<number, string>([
  [16, 'boolean'],
  [17, 'Buffer'],
  [20, 'number'],
  [21, 'number'],
  [23, 'number'],
  [25, 'string'],
  [114, 'Json'],
  [199, 'Json'],
  [701, 'number'],
  [1043, 'string'],
  [1082, 'string'],
  [1184, 'string'],
  [2950, 'string'],
  [3802, 'Json'],
  [1000, 'boolean[]'],
  [1001, 'Buffer[]'],
  [1005, 'number[]'],
  [1007, 'number[]'],
  [1009, 'string[]'],
  [1016, 'number[]'],
  [1185, 'string[]'],
  [2951, 'string[]'],
  [5069, 'string'],
])

function typeOf(oid: number, query: string): string {
  const name = typeNames.get(oid)
  if (name === undefined) throw new Error(`${query}: no TypeScript type is known for PostgreSQL type ${oid}`)
  return name
}

if (import.meta.main) {
  const client = new pg.Client({ connectionString: process.env['TANDEM_GENERATE_DATABASE'] ?? '' })
  await client.connect()
  writeFileSync(new URL('../src/queries.generated.ts', import.meta.url), await generateQueries(client))
  await client.end()
}
