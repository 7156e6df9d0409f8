import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { gathered, inferKinds, type Table, tableOfCells } from '../src/index.ts'
import type { FieldKind } from '../src/table/field.ts'

export interface KnownTruth {
  readonly table: Table
  /** The entity of each record. */
  readonly truth: readonly string[]
}

type Kinds = Readonly<Record<string, FieldKind>>

const febrl: Kinds = {
  given_name: 'name',
  surname: 'name',
  street_number: 'category',
  address_1: 'address',
  address_2: 'place',
  suburb: 'place',
  postcode: 'postcode',
  state: 'category',
  date_of_birth: 'date',
  soc_sec_id: 'identifier',
}

/** Column types are all that is told: the settings are the same for every set. */
export const knownTruths = {
  'Febrl 3': () => read(['febrl-dataset3'], febrl, 'rec_id', (id) => id.split('-')[1] ?? ''),
  'Febrl 4': () => read(['febrl-dataset4a', 'febrl-dataset4b'], febrl, 'rec_id', (id) => id.split('-')[1] ?? ''),
  'fake 1000': () =>
    read(['fake_1000'], { first_name: 'name', surname: 'name', dob: 'date', city: 'place', email: 'email' }, 'cluster'),
  'historical 50k': () =>
    read(
      ['historical-50k'],
      {
        first_name: 'name',
        surname: 'name',
        dob: 'date',
        birth_place: 'place',
        postcode_fake: 'postcode',
        gender: 'category',
        occupation: 'category',
      },
      'cluster',
    ),
  /** As `tandem link` takes it: nothing is told of its columns, whose kinds follow from their heads and values. */
  Senzing: () => senzing(),
} as const

function senzing(): KnownTruth {
  const rows = shuffled(['senzing-customers', 'senzing-reference', 'senzing-watchlist'].flatMap(rowsOf))
  const idOf = (row: ReadonlyMap<string, string>): string => `${row.get('DATA_SOURCE')} ${row.get('RECORD_ID')}`
  const persons = new Map(rowsOf('senzing-key').map((row) => [idOf(row), row.get('CLUSTER_ID') ?? '']))
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  const firsts = rows.map((row) => names.map((name) => row.get(name) ?? ''))
  const cells = firsts.map((row) => row.map((value) => (value === '' ? [] : [value])))
  return {
    table: tableOfCells(gathered({ names, rows: cells, columns: inferKinds(names, firsts) })),
    truth: rows.map((row) => persons.get(idOf(row)) ?? ''),
  }
}

/** Rows in an order of their own, because the files' order tells who belongs together. */
function read(
  files: readonly string[],
  kinds: Kinds,
  truth: string,
  entityOf: (value: string) => string = (value) => value,
): KnownTruth {
  const rows = shuffled(files.flatMap(rowsOf))
  const fields = Object.entries(kinds).map(([name, kind]) => ({ name, kind }))
  return {
    table: {
      fields,
      records: rows.map((row, number) => ({
        id: String(number),
        values: fields.map(({ name }) => (row.get(name) === '' ? [] : [row.get(name) ?? ''])),
      })),
    },
    truth: rows.map((row) => entityOf(row.get(truth) ?? '')),
  }
}

function rowsOf(file: string): Map<string, string>[] {
  const path = new URL(`../../../fixtures/linkage/${file}.csv.gz`, import.meta.url)
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split(/\r?\n/)
  const names = cells(head)
  return lines.map((line) => {
    const values = cells(line)
    return new Map(names.map((name, index) => [name, values[index] ?? '']))
  })
}

/** No cell of these files has a line break in it. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  )

function shuffled<T>(rows: T[]): T[] {
  let state = 88675123
  for (let place = rows.length - 1; place > 0; place--) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const other = (state >>> 0) % (place + 1)
    const [a, b] = [rows[place], rows[other]]
    if (a === undefined || b === undefined) continue
    rows[place] = b
    rows[other] = a
  }
  return rows
}
