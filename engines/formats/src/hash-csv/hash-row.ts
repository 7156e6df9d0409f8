import { err, ok, type Result, type ThreeValued } from '@tandem/core'
import type { Entry, ListEntryRecord, Remark } from '../record.ts'
import { type HashKind, hashProblemSays, isExactKind, readHash } from './hash-value.ts'
import { flagWords, type HashColumn, type HashCsvProfile } from './profile.ts'
import type { CsvRow } from './rows.ts'

/** Columns of one file after its header was met: each with its position. */
export interface Layout {
  readonly width: number
  readonly columns: readonly { readonly index: number; readonly name: string; readonly column: HashColumn }[]
  readonly unknown: readonly { readonly index: number; readonly name: string }[]
}

export function layoutOf(profile: HashCsvProfile, first: CsvRow): Result<Layout, Remark> {
  const names = first.cells.map((cell) => cell.trim())
  const keys = names.map((name) => name.toLowerCase())
  const place = `row ${first.number}`
  if (profile.header === 'row') {
    const twice = keys.find((key, index) => key !== '' && keys.indexOf(key) !== index)
    if (twice !== undefined) return err({ code: 'header-twice', place, says: 'Two columns have the same name.' })
  }
  const columns: { index: number; name: string; column: HashColumn }[] = []
  for (const column of profile.columns) {
    const index = typeof column.at === 'number' ? column.at : keys.indexOf(column.at.trim().toLowerCase())
    if (index < 0 || index >= names.length) {
      const says = `The agreed column ${typeof column.at === 'number' ? column.at + 1 : `"${column.at}"`} is missing.`
      return err({ code: 'column-missing', place, says })
    }
    const name = profile.header === 'row' ? (names[index] ?? '') : `column ${index + 1}`
    columns.push({ index, name, column })
  }
  const unknown = names.flatMap((name, index) =>
    columns.some((known) => known.index === index)
      ? []
      : [{ index, name: profile.header === 'row' && name !== '' ? name : `column ${index + 1}` }],
  )
  return ok({ width: names.length, columns, unknown })
}

/** Reads one row. Cells are compared as text; a hash must fit its kind exactly. */
export function readHashRow(row: CsvRow, layout: Layout): Entry<ListEntryRecord> {
  const place = `row ${row.number}`
  const setAside = (code: string, says: string): Entry<never> => ({
    outcome: 'set-aside',
    place,
    reason: { code, place, says },
  })
  if (row.cells.length !== layout.width) {
    return setAside('column-count', `The row has ${row.cells.length} cells, the file ${layout.width} columns.`)
  }
  if (row.cells.some((cell) => cell.includes('\0'))) return setAside('nul-byte', 'The row holds a NUL character.')

  const remarks: Remark[] = []
  const hashes: ListEntryRecord['hashes'][number][] = []
  const otherHashes: ListEntryRecord['otherHashes'][number][] = []
  const flags: { [name: string]: ThreeValued } = {}
  let entryId: string | null = null
  let category: ListEntryRecord['category'] = null
  let refused: Remark | null = null
  let quality: number | null = null

  for (const { index, name, column } of layout.columns) {
    const cell = row.cells[index] ?? ''
    const at = `${place}, ${name}`
    const text = cell.trim()
    switch (column.is) {
      case 'not-read':
        break
      case 'id':
        entryId = text === '' ? null : text
        break
      case 'pdq-quality':
        if (text === '') break
        if (/^(100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?)$/.test(text)) quality = Math.floor(Number(text))
        else {
          quality = 0
          remarks.push({ code: 'pdq-quality', place: at, says: 'Not a quality from 0 to 100; taken as not reliable.' })
        }
        break
      case 'category':
        category = readCategory(column, text, at, remarks)
        break
      case 'flag':
        flags[column.name] = readFlag(column.values ?? flagWords, text, at, remarks)
        break
      case 'withdrawn':
        flags.withdrawn = column.words.some((word) => word.toLowerCase() === text.toLowerCase()) ? 'yes' : 'no'
        break
      default: {
        if (text === '') break
        const kind = column.is === 'hash-by-length' ? kindByLength(text, column.sixtyFour) : column.is
        const read = readHash(kind, text)
        if (!read.ok) {
          const says = `${name} not used: ${hashProblemSays[read.error]}.`
          refused ??= { code: read.error, place: at, says }
        } else if (isExactKind(read.value.kind)) hashes.push({ kind: read.value.kind, value: read.value.value })
        else otherHashes.push(read.value)
      }
    }
  }
  // A damaged hash makes the whole row doubtful: a shifted column would match the wrong file.
  if (refused !== null) return { outcome: 'set-aside', place, reason: refused }
  if (quality !== null && quality < 50 && otherHashes.some(({ kind }) => kind === 'pdq')) {
    remarks.push({
      code: 'pdq-quality',
      place,
      says: 'The PDQ hash has a quality below 50: hits on it are not reliable.',
    })
  }
  if (hashes.length === 0 && otherHashes.length === 0) return setAside('no-hash', 'The row has no usable hash.')
  const record: ListEntryRecord = { kind: 'list-entry', entryId, hashes, otherHashes, quality, category, flags }
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

function kindByLength(text: string, sixtyFour: 'sha256' | 'pdq'): HashKind {
  if (text.length === 32) return 'md5'
  if (text.length === 40) return 'sha1'
  return text.length === 192 || text.length === 288 ? 'photodna' : sixtyFour
}

function readCategory(
  column: Extract<HashColumn, { is: 'category' }>,
  text: string,
  place: string,
  remarks: Remark[],
): ListEntryRecord['category'] {
  if (text === '') return null
  if (column.values === undefined) return { scheme: column.scheme, value: text }
  if (Object.hasOwn(column.values, text)) return { scheme: column.scheme, value: column.values[text] ?? text }
  remarks.push({ code: 'category-unmapped', place, says: 'The profile does not know this category; kept as sent.' })
  return { scheme: column.scheme, value: text }
}

function readFlag(
  words: { readonly [written: string]: ThreeValued },
  text: string,
  place: string,
  remarks: Remark[],
): ThreeValued {
  for (const key of [text, text.toLowerCase()]) if (Object.hasOwn(words, key)) return words[key] ?? 'not said'
  if (text !== '') remarks.push({ code: 'flag-unreadable', place, says: 'Neither yes nor no; read as not said.' })
  return 'not said'
}
