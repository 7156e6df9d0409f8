import { headLength } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import { type HashKind, hashKindNamed } from './hash-value.ts'
import { type HashColumn, type HashCsvProfile, icseProfile, noTerms } from './profile.ts'
import type { HashCsvDraft } from './profile-file.ts'
import { type CsvDialect, type Delimiter, type Encoding, readCsvRowsOf } from './rows.ts'

/** What has to be known before the file can be read; put to the officer, never decided in silence. */
export type HashCsvQuestion = { readonly says: string } & (
  | { readonly about: 'delimiter'; readonly candidates: readonly Delimiter[] }
  | { readonly about: 'header' }
  | { readonly about: 'hash-kind'; readonly column: string; readonly candidates: readonly HashKind[] }
  | { readonly about: 'category-scheme'; readonly column: string }
  | { readonly about: 'no-hash-column' }
)

export type Sniffed =
  | { readonly kind: 'profile'; readonly profile: HashCsvProfile; readonly because: string }
  | {
      readonly kind: 'questions'
      readonly questions: readonly HashCsvQuestion[]
      /** What is known already, where the columns are: a person completes and saves it. */
      readonly draft?: HashCsvDraft
    }

/** What the officer says of this file when it does not say it itself. */
export interface HashCsvAnswers {
  /** Whose categories a category column holds, such as `iwf` or `interpol-baseline`. */
  readonly categoryScheme?: string
  /** What 64 hexadecimal characters are. */
  readonly sixtyFour?: 'sha256' | 'pdq'
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']
const HEX_HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{288})$/i
const FLOATED = /^[0-9]+([.,][0-9]+)?e[+-]?[0-9]+$/i
const CATEGORY_NAME = /^(?:category|categories|class|classification|severity|grade|level)$/
const QUALITY_NAME = /^(pdq)?quality$/
const PLAIN_HASH_NAME = /^(?:hash|hashes|hashvalue|checksum|fingerprint|digest)$/

type Rows = readonly (readonly string[])[]

/** Looks at the first bytes and either says how the list is written, with the evidence, or asks. */
export function sniffHashCsv(bytes: Uint8Array, answers: HashCsvAnswers = {}): Sniffed {
  const head = bytes.subarray(0, 8 * headLength)
  const encoding: Encoding = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : 'utf-8'
  const whole = head.length === bytes.length
  const candidates = delimiters
    .map((delimiter) => ({ delimiter, rows: sample(head, { delimiter, encoding, looseQuotes: true }, whole) }))
    .map((candidate) => ({ ...candidate, hashes: hashCells(candidate.rows), even: isEven(candidate.rows) }))
  const icse = candidates.find(({ rows, delimiter }) => delimiter === ';' && isIcseHeader(rows[0]))
  if (icse !== undefined) {
    const dialect = { ...icseProfile.dialect, encoding }
    return { kind: 'profile', profile: { ...icseProfile, dialect }, because: 'the header is that of an ICSE list' }
  }
  const most = Math.max(...candidates.map(({ hashes }) => hashes))
  if (most === 0) {
    const says = 'No column holds hashes. Which column is the hash, and of which kind?'
    return { kind: 'questions', questions: [{ about: 'no-hash-column', says }] }
  }
  // The right delimiter is the one that makes whole cells of hashes and rows of one width.
  const best = candidates.filter(({ hashes }) => hashes === most)
  const wide = best.filter(({ rows, even }) => even && (rows[0]?.length ?? 0) > 1)
  const chosen = wide.length > 0 ? wide : best.filter(({ even }) => even)
  const [only] = chosen
  const oneColumn = chosen.every(({ rows }) => (rows[0]?.length ?? 0) === 1)
  if (only === undefined || (chosen.length > 1 && !oneColumn)) {
    const open = (chosen.length > 0 ? chosen : candidates).map(({ delimiter }) => delimiter)
    const says = 'Which character separates the columns? The first rows do not decide it.'
    return { kind: 'questions', questions: [{ about: 'delimiter', candidates: open, says }] }
  }
  return sniffColumns(only.rows, { delimiter: only.delimiter, encoding, looseQuotes: false }, answers)
}

function sample(head: Uint8Array, dialect: CsvDialect, whole: boolean): Rows {
  // The last character and the last row of a head may be cut.
  const bytes = whole || dialect.encoding !== 'utf-8' ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1)
  const rows: (readonly string[])[] = []
  for (const row of readCsvRowsOf(bytes, dialect, { ...defaultLimits, maxLineLength: 8 * headLength })) {
    rows.push(row.cells)
    if (rows.length === 50) break
  }
  return rows
}

const isHash = (cell: string): boolean => HEX_HASH.test(cell.trim())
const hashCells = (rows: Rows): number => rows.reduce((sum, row) => sum + row.filter(isHash).length, 0)
const isEven = (rows: Rows): boolean => rows.every((row) => row.length === rows[0]?.length)

const isIcseHeader = (row: readonly string[] | undefined): boolean => {
  const names = (row ?? []).map((cell) => cell.trim().toLowerCase())
  return icseProfile.columns.every(({ at }) => names.includes(String(at).toLowerCase()))
}

function sniffColumns(rows: Rows, dialect: CsvDialect, answers: HashCsvAnswers): Sniffed {
  const first = rows[0] ?? []
  const hasHeader = !first.some(isHash)
  const body = hasHeader ? rows.slice(1) : rows
  const questions: HashCsvQuestion[] = []
  const columns: HashColumn[] = []
  const open = (at: HashColumn['at'], question: HashCsvQuestion): void => {
    questions.push(question)
    asked.push({ at, is: '?', ask: question.says })
  }
  const asked: HashCsvDraft['columns'][number][] = []
  if (!hasHeader) {
    questions.push({
      about: 'header',
      says: 'The file has no header row. Which column is which, and whose list is it?',
    })
  }
  first.forEach((cell, index) => {
    const name = hasHeader ? cell.trim() : `column ${index + 1}`
    const at = hasHeader ? name : index
    const cells = body.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '')
    const lengths = [...new Set(cells.filter(isHash).map((value) => value.length))]
    const key = name.toLowerCase().replace(/[^a-z0-9]/g, '')
    const named = hasHeader ? hashKindNamed(key.replace(/(?:hash|value|sum|hex)$/, '')) : null
    if (named !== null && lengths.every((length) => kindsOfLength(length).includes(named))) {
      columns.push({ at, is: named })
      return
    }
    const looksLikeHash = lengths.length > 0 && cells.every((value) => isHash(value) || FLOATED.test(value))
    if (looksLikeHash || named !== null) {
      const kinds = [...new Set(lengths.flatMap(kindsOfLength))]
      const [only] = kinds
      if (named === null && hasHeader && PLAIN_HASH_NAME.test(key) && kinds.length === 1 && only !== undefined) {
        columns.push({ at, is: only })
      } else if (named === null && answers.sixtyFour !== undefined && kinds.includes(answers.sixtyFour)) {
        columns.push({ at, is: 'hash-by-length', sixtyFour: answers.sixtyFour })
      } else {
        const says = `Of which kind are the hashes in "${name}"?`
        open(at, { about: 'hash-kind', column: name, candidates: kinds, says })
      }
    } else if (hasHeader && QUALITY_NAME.test(key)) {
      columns.push({ at, is: 'pdq-quality' })
    } else if (hasHeader && CATEGORY_NAME.test(key) && answers.categoryScheme !== undefined) {
      columns.push({ at, is: 'category', scheme: answers.categoryScheme })
    } else if (hasHeader && CATEGORY_NAME.test(key)) {
      const says = `Whose categories are those in "${name}"? A number means nothing without its scheme.`
      open(at, { about: 'category-scheme', column: name, says })
    }
  })
  if (questions.length > 0) {
    const header = hasHeader ? 'row' : 'none'
    const draft: HashCsvDraft = { id: 'draft', dialect, header, columns: [...columns, ...asked], terms: noTerms }
    return { kind: 'questions', questions, draft }
  }
  const profile: HashCsvProfile = { id: 'sniffed', dialect, header: 'row', columns, terms: noTerms }
  return { kind: 'profile', profile, because: 'the header names its hash columns and their lengths agree' }
}

function kindsOfLength(length: number): HashKind[] {
  if (length === 32) return ['md5']
  if (length === 40) return ['sha1']
  return length === 64 ? ['sha256', 'pdq'] : ['photodna']
}
