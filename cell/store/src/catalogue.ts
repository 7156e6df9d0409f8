import { readdirSync, readFileSync } from 'node:fs'
import type { Queries } from './queries.generated.ts'

export interface QueryParameter {
  readonly name: string
  readonly optional: boolean
  readonly optionalElements: boolean
}

/** One query a file under sql/; nothing else reaches a login. */
export interface CataloguedQuery {
  readonly name: string
  readonly text: string
  readonly parameters: readonly QueryParameter[]
  /** Columns whose nullability the schema alone does not tell (`-- not null: a, b`, `-- nullable: c`). */
  readonly notNull: readonly string[]
  readonly nullable: readonly string[]
}

const folder = new URL('../sql/', import.meta.url)

/** `-- $1 referral_id` declares a parameter; a trailing `?` lets it be null, `[?]` its elements. */
export function parseQuery(name: string, text: string): CataloguedQuery {
  const parameters = [...text.matchAll(/^-- \$(\d+) (\w+)(\[\?\])?(\?)?$/gm)].map(
    ([, number, parameter = '', elements, whole], index) => {
      if (Number(number) !== index + 1) throw new SyntaxError(`${name}: parameters are declared in order, from $1`)
      return { name: parameter, optional: whole === '?', optionalElements: elements === '[?]' }
    },
  )
  const listed = (label: string): string[] =>
    [...text.matchAll(new RegExp(`^-- ${label}: (.+)$`, 'gm'))].flatMap(([, names = '']) => names.split(/, */))
  return { name, text, parameters, notNull: listed('not null'), nullable: listed('nullable') }
}

export function readCatalogue(): Map<string, CataloguedQuery> {
  const catalogue = new Map<string, CataloguedQuery>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.sql')) continue
    const name = file.slice(0, -'.sql'.length).replaceAll('\\', '/')
    catalogue.set(name, parseQuery(name, readFileSync(new URL(file, folder), 'utf8')))
  }
  return catalogue
}

/** In the order in which the query names them; what is left out is null. */
export function valuesFor(query: CataloguedQuery, given: { readonly [parameter: string]: unknown }): unknown[] {
  return query.parameters.map((parameter) => given[parameter.name] ?? null)
}

export type QueryName = keyof Queries
export type Parameters<N extends QueryName> = Queries[N]['parameters']
export type Row<N extends QueryName> = Queries[N]['row']
