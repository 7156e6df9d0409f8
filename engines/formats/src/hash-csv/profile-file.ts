import { err, ok, type Result, type ThreeValued } from '@tandem/core'
import type { HashColumn, HashCsvProfile, ListTerms } from './profile.ts'
import type { CsvDialect } from './rows.ts'

/** What a saved profile calls itself, so that no other JSON is taken for one. */
export const profileKind = 'hash-csv-profile/1'

/** A profile as the file that a person reads, changes and saves. */
export const writeHashCsvProfile = (profile: HashCsvProfile | HashCsvDraft): string =>
  `${JSON.stringify({ kind: profileKind, ...profile }, null, 2)}\n`

/** A profile with columns that only a person can name: `is` is `?` until then, and such a profile is refused. */
export interface HashCsvDraft extends Omit<HashCsvProfile, 'columns'> {
  readonly columns: readonly (HashColumn | { readonly at: HashColumn['at']; readonly is: '?'; readonly ask: string })[]
}

type Fields = { readonly [key: string]: unknown }
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

class Wrong extends Error {}

const wrong = (place: string, says: string): never => {
  throw new Wrong(`${place}: ${says}`)
}

/** Reads a saved profile. Strict: a key that we do not know is a mistake that would change what is read. */
export function parseHashCsvProfile(value: unknown): Result<HashCsvProfile, string> {
  try {
    return ok(profileOf(value))
  } catch (error) {
    if (error instanceof Wrong) return err(error.message)
    throw error
  }
}

function profileOf(value: unknown): HashCsvProfile {
  const fields = only(value, 'profile', ['kind', 'id', 'dialect', 'header', 'columns', 'terms'])
  if (fields['kind'] !== undefined && fields['kind'] !== profileKind) wrong('kind', `must be ${profileKind}`)
  const columns = fields['columns']
  if (!Array.isArray(columns) || columns.length === 0) return wrong('columns', 'a list of columns is needed')
  if (columns.length > 1000) wrong('columns', 'more columns than any file has')
  const header = word(fields['header'], 'header', ['row', 'none'])
  const read = columns.map((column, index) => columnOf(column, `columns[${index}]`, header))
  const twice = read.find(({ at }, index) => read.findIndex((other) => same(other.at, at)) !== index)
  if (twice !== undefined) wrong('columns', `column ${JSON.stringify(twice.at)} stands there twice`)
  if (!read.some(({ is }) => hashWords.some((each) => each === is))) wrong('columns', 'no column is a hash')
  return {
    id: text(fields['id'], 'id'),
    dialect: dialectOf(fields['dialect']),
    header,
    columns: read,
    terms: termsOf(fields['terms']),
  }
}

const same = (a: HashColumn['at'], b: HashColumn['at']): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.trim().toLowerCase() === b.trim().toLowerCase() : a === b

const hashWords = ['md5', 'sha1', 'sha256', 'pdq', 'photodna', 'hash-by-length'] as const
const kinds = [...hashWords, 'pdq-quality', 'id', 'category', 'flag', 'withdrawn', 'not-read'] as const

function columnOf(value: unknown, place: string, header: HashCsvProfile['header']): HashColumn {
  const fields = only(value, place, ['at', 'is', 'ask', 'sixtyFour', 'scheme', 'values', 'name', 'words'])
  const { at } = fields
  if (typeof at !== 'string' && !(typeof at === 'number' && Number.isInteger(at) && at >= 0 && at < 1000)) {
    return wrong(`${place}.at`, 'the name of the column, or its position from 0')
  }
  if (header === 'none' && typeof at === 'string') wrong(`${place}.at`, 'without a header a column has a position only')
  if (fields['is'] === '?') wrong(`${place}.is`, `say what column ${JSON.stringify(at)} is: ${kinds.join(', ')}`)
  const is = word(fields['is'], `${place}.is`, kinds)
  switch (is) {
    case 'hash-by-length':
      return { at, is, sixtyFour: word(fields['sixtyFour'], `${place}.sixtyFour`, ['sha256', 'pdq']) }
    case 'category': {
      const scheme = text(fields['scheme'], `${place}.scheme`)
      const values = fields['values']
      return values === undefined
        ? { at, is, scheme }
        : { at, is, scheme, values: table(values, `${place}.values`, text) }
    }
    case 'flag': {
      const name = text(fields['name'], `${place}.name`)
      const values = fields['values']
      return values === undefined
        ? { at, is, name }
        : { at, is, name, values: table(values, `${place}.values`, threeValue) }
    }
    case 'withdrawn': {
      const { words } = fields
      if (!Array.isArray(words) || words.length === 0) return wrong(`${place}.words`, 'the words that withdraw a row')
      return { at, is, words: words.map((each, index) => text(each, `${place}.words[${index}]`)) }
    }
    default:
      return { at, is }
  }
}

const threeValue = (value: unknown, place: string): ThreeValued => word(value, place, ['yes', 'no', 'not said'])

function dialectOf(value: unknown): CsvDialect {
  const fields = only(value, 'dialect', ['delimiter', 'encoding', 'looseQuotes'])
  const loose = fields['looseQuotes'] ?? false
  if (typeof loose !== 'boolean') return wrong('dialect.looseQuotes', 'true or false')
  return {
    delimiter: word(fields['delimiter'], 'dialect.delimiter', [',', ';', '\t', '|']),
    encoding: word(fields['encoding'] ?? 'utf-8', 'dialect.encoding', ['utf-8', 'utf-16le', 'windows-1252']),
    looseQuotes: loose,
  }
}

function termsOf(value: unknown): ListTerms {
  const fields = only(value ?? {}, 'terms', ['licence', 'allowedUse', 'retentionDays', 'withdrawal'])
  const days = fields['retentionDays'] ?? null
  if (days !== null && !(typeof days === 'number' && Number.isInteger(days) && days > 0)) {
    return wrong('terms.retentionDays', 'a whole number of days, or null')
  }
  const optional = (key: string): string | null =>
    (fields[key] ?? null) === null ? null : text(fields[key], `terms.${key}`)
  return {
    licence: optional('licence'),
    allowedUse: optional('allowedUse'),
    retentionDays: days,
    withdrawal: word(fields['withdrawal'] ?? 'not-agreed', 'terms.withdrawal', [
      'full-list-replaces',
      'tombstones',
      'not-agreed',
    ]),
  }
}

function only(value: unknown, place: string, known: readonly string[]): Fields {
  if (!isFields(value)) return wrong(place, 'an object was expected')
  for (const key of Object.keys(value)) if (!known.includes(key)) wrong(`${place}.${key.slice(0, 60)}`, 'no such field')
  return value
}

function word<T extends string>(value: unknown, place: string, words: readonly T[]): T {
  return (
    words.find((each) => each === value) ??
    wrong(place, `one of ${words.map((each) => JSON.stringify(each)).join(', ')}`)
  )
}

function text(value: unknown, place: string): string {
  if (
    typeof value !== 'string' ||
    value === '' ||
    value.length > 1000 ||
    value.includes('\0') ||
    !value.isWellFormed()
  ) {
    return wrong(place, 'a text of 1 to 1000 characters')
  }
  return value
}

function table<T>(value: unknown, place: string, read: (value: unknown, place: string) => T): { [key: string]: T } {
  if (!isFields(value)) return wrong(place, 'an object of what is written to what it means')
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, read(each, `${place}.${key.slice(0, 60)}`)]),
  )
}
