import { englishForms, type NameForms } from '../text/name-forms.ts'
import { settledDates } from './dates.ts'
import type { Table } from './field.ts'
import type { Inferred } from './infer.ts'

/** A table by its columns: for each record one list of values a column. */
export interface Cells {
  readonly names: readonly string[]
  readonly rows: readonly (readonly (readonly string[])[])[]
  readonly columns: readonly Inferred[]
}

type Role =
  | 'family'
  | 'given'
  | 'middle'
  | 'suffix'
  | 'name'
  | 'line'
  | 'town'
  | 'region'
  | 'postcode'
  | 'country'
  | 'address'

const roles: readonly (readonly [RegExp, Role])[] = [
  [/^(.*?)_?(name_(last|family|sur)|(last|family)_?name|surname)$/, 'family'],
  [/^(.*?)_?(name_(first|given)|(first|given|fore)_?name)$/, 'given'],
  [/^(.*?)_?(name_middle|middle_?name)$/, 'middle'],
  [/^(.*?)_?(name_(suffix|generation)|generation)$/, 'suffix'],
  [/^(.*?)_?(name_full|full_?name|native_?name|alias|aka)$/, 'name'],
  [/^(.*?)_?addr(ess)?_(city|town)$/, 'town'],
  [/^(.*?)_?addr(ess)?_(state|region|province|county)$/, 'region'],
  [/^(.*?)_?addr(ess)?_(post(al)?_?code|zip)$/, 'postcode'],
  [/^(.*?)_?addr(ess)?_country$/, 'country'],
  [/^(.*?)_?addr(ess)?_(line_?\d?|street)$/, 'line'],
  [/^(.*?)_?addr(ess)?_full$/, 'address'],
]

interface Part {
  readonly at: number
  readonly role: Role
  /** What the head says before it, so that two names of one record stay two. */
  readonly group: string
}

/** Up to so many records a family and a given name are compared as one name; beyond it costs too much. */
const mostWhole = 20_000

/**
 * Family and given name are one name: taken together they can be in another order, and what each says of the other counts
 * once. Where a table writes one thing in several ways (a full name in some rows, family and given name in others; an address in
 * one cell or in five) its columns cannot be compared one by one: they become one column of whole names or whole
 * addresses. Organisations are one column however many names they go by. Dates and sexes are brought to one form.
 * Columns for which a person said a kind stay as they are.
 */
export function gathered(cells: Cells): Cells {
  const parts = cells.columns.flatMap(({ name, kind, because }, at): Part[] => {
    if (kind === null || because === 'as you said') return []
    const head = name
      .trim()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
    for (const [pattern, role] of roles) {
      const match = pattern.exec(head)
      if (match !== null) return [{ at, role, group: match[1] ?? '' }]
    }
    return []
  })
  const names = parts.filter(({ role }) => ['family', 'given', 'middle', 'suffix', 'name'].includes(role))
  const addresses = parts.filter((part) => !names.includes(part))
  const has = (list: readonly Part[], ...asked: Role[]): boolean => list.some(({ role }) => asked.includes(role))
  let result = formed(cells)
  const isOneName = has(names, 'family') && has(names, 'given') && cells.rows.length <= mostWhole
  if (isOneName || (has(names, 'name') && has(names, 'family', 'given')))
    result = joined(result, names, 'whole name', wholeNames)
  if (has(addresses, 'address') && has(addresses, 'line', 'town'))
    result = joined(result, addresses, 'whole address', wholeAddresses)
  const organisations = cells.columns.flatMap(({ name, kind, because }, at): Part[] =>
    kind === 'organisation' && /name/i.test(name) && because !== 'as you said' ? [{ at, role: 'name', group: '' }] : [],
  )
  return organisations.length < 2
    ? result
    : joined(result, organisations, 'organisation', (row) => organisations.flatMap(({ at }) => row[at] ?? []))
}

const kinds = { 'whole name': 'full name', 'whole address': 'postal address', organisation: 'organisation' } as const

function joined(
  { names, rows, columns }: Cells,
  parts: readonly Part[],
  name: keyof typeof kinds,
  whole: (row: readonly (readonly string[])[], parts: readonly Part[]) => string[],
): Cells {
  const used = new Set(parts.map(({ at }) => at))
  const free = names.includes(name) ? `${name} (put together)` : name
  const of = parts.map(({ at }) => names[at]).join(', ')
  return {
    names: [...names, free],
    rows: rows.map((row) => [...row, whole(row, parts)]),
    columns: [
      ...columns.map((column, at) =>
        used.has(at) ? { ...column, kind: null, because: `part of the ${free}` } : column,
      ),
      { name: free, kind: kinds[name], because: `put together of ${of}` },
    ],
  }
}

const writtenIn = (row: readonly (readonly string[])[], parts: readonly Part[], ...asked: Role[]): string =>
  parts
    .filter(({ role }) => asked.includes(role))
    .map(({ at }) => (row[at] ?? []).join(' ').trim())
    .filter((value) => value !== '')
    .join(' ')

function wholeNames(row: readonly (readonly string[])[], parts: readonly Part[]): string[] {
  return [...Map.groupBy(parts, ({ group }) => group).values()].flatMap((own) => {
    const family = writtenIn(row, own, 'family').replaceAll(',', ' ')
    const given = [writtenIn(row, own, 'given'), writtenIn(row, own, 'middle')].filter((each) => each !== '').join(' ')
    const name = [family, [given.replaceAll(',', ' '), writtenIn(row, own, 'suffix')].join(' ').trim()]
    const full = own.filter(({ role }) => role === 'name').flatMap(({ at }) => row[at] ?? [])
    return [...full, name.filter((each) => each !== '').join(', ')].filter((each) => each.trim() !== '')
  })
}

function wholeAddresses(row: readonly (readonly string[])[], parts: readonly Part[]): string[] {
  return [...Map.groupBy(parts, ({ group }) => group).values()].flatMap((own) => {
    const order: readonly Role[] = ['address', 'line', 'town', 'region', 'postcode', 'country']
    const whole = order.map((role) => writtenIn(row, own, role)).filter((each) => each !== '')
    return whole.length === 0 ? [] : [whole.join(', ')]
  })
}

/** Dates in one order, and sexes by their letter: what is unknown is not said. */
function formed({ names, rows, columns }: Cells): Cells {
  const dates = new Map(
    columns.flatMap(({ kind }, at) => {
      if (kind !== 'date') return []
      const written = [...new Set(rows.flatMap((row) => row[at] ?? []))]
      const settled = settledDates(written)
      return [[at, new Map(written.map((text, place) => [text, settled[place] ?? text]))] as const]
    }),
  )
  const sexes = new Set(
    columns.flatMap(({ name, kind }, at) => (kind === 'category' && /gender|sex/i.test(name) ? [at] : [])),
  )
  return {
    names,
    columns,
    rows: rows.map((row) =>
      row.map((values, at) => {
        const known = dates.get(at)
        if (known !== undefined) return values.map((value) => known.get(value) ?? value)
        return sexes.has(at) ? values.flatMap(sexOf) : values
      }),
    ),
  }
}

function sexOf(written: string): string[] {
  const text = written.trim().toLowerCase()
  if (/^(u|unknown|n\/?a|-|)$/.test(text)) return []
  return [/^(male|man)$/.test(text) ? 'm' : /^(female|woman)$/.test(text) ? 'f' : text]
}

/** The table of the columns that say something. Several values in one cell stand apart by a bar. */
export function tableOfCells({ rows, columns }: Cells, forms: NameForms = englishForms): Table {
  const used = columns.flatMap(({ name, kind }, at) => (kind === null ? [] : [{ field: { name, kind, forms }, at }]))
  return {
    fields: used.map(({ field }) => field),
    records: rows.map((row, number) => ({
      id: String(number),
      values: used.map(({ at }) =>
        (row[at] ?? [])
          .flatMap((cell) => cell.split('|'))
          .map((value) => value.trim())
          .filter((value) => value !== ''),
      ),
    })),
  }
}
