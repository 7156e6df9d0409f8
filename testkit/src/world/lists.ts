import { type ExampleHashes, exampleHashes } from './invented.ts'

export interface ListEntry {
  readonly number: number
  readonly hashes: ExampleHashes
  readonly category: string | null
}

/** A hash list of a partner; its categories mean something in its own scheme only. */
export interface ExampleList {
  readonly name: string
  readonly publisher: string
  readonly format: 'vics/1' | 'vics/2' | 'hash-csv'
  readonly scheme: string
  /** Kinds of hash the list carries. */
  readonly tells: readonly (keyof ExampleHashes)[]
  readonly entries: readonly ListEntry[]
}

/** Numbers `first` to `last` of the example files; the category follows from the number alone. */
export function exampleEntries(first: number, last: number, categories: readonly (string | null)[]): ListEntry[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index
    return { number, hashes: exampleHashes(number), category: categories[number % categories.length] ?? null }
  })
}

export function renderList(list: ExampleList): Uint8Array {
  const text = list.format === 'hash-csv' ? csv(list) : list.format === 'vics/1' ? vics1(list) : vics2(list)
  return new TextEncoder().encode(text)
}

/** VICS 1.2 as national hash sets write it: upper-case hashes, the size as text, hashes beyond MD5 and SHA-1 apart. */
function vics1(list: ExampleList): string {
  const value = list.entries.map(({ hashes, category }, index) => ({
    'odata.id': `Media("${hashes.md5}")`,
    MediaID: index,
    MD5: hashes.md5.toUpperCase(),
    ...(list.tells.includes('sha1') ? { SHA1: hashes.sha1.toUpperCase() } : {}),
    Category: category === null ? null : Number(category),
    MediaSize: '1024',
  }))
  return vicsText('odata.metadata', 'http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media', value)
}

function vics2(list: ExampleList): string {
  const value = list.entries.map(({ hashes, category }, index) => ({
    MediaID: index + 1,
    Category: category === null ? null : Number(category),
    MD5: hashes.md5,
    ...(list.tells.includes('sha1') ? { SHA1: hashes.sha1 } : {}),
    MediaSize: 1024,
    IsPrecategorized: true,
    DateUpdated: '2026-04-01T00:00:00Z',
  }))
  const model = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#Media'
  return vicsText('@odata.context', model, value)
}

/** One entry a line. The mark of made-up data stands beside the entries, as the last key. */
const vicsText = (key: string, model: string, value: readonly object[]): string =>
  [
    `{"${key}":"${model}","value":[`,
    value.map((entry) => JSON.stringify(entry)).join(',\n'),
    '],"x-generated":true}',
    '',
  ].join('\n')

/** A category column needs a profile agreed with the sender, so it is written only where there are categories. */
function csv(list: ExampleList): string {
  const classed = list.entries.some(({ category }) => category !== null)
  const header = [...list.tells, ...(classed ? ['category'] : [])]
  const rows = list.entries.map(({ hashes, category }) => [
    ...list.tells.map((kind) => hashes[kind]),
    ...(classed ? [category ?? ''] : []),
  ])
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('')
}

/** Known to the cell: what the two lists of the example hold. */
export const partnerList: ExampleList = {
  name: 'Example known files',
  publisher: 'Example Victim Identification Partner',
  format: 'vics/1',
  scheme: 'vics/1.2/Default',
  tells: ['md5', 'sha1'],
  entries: exampleEntries(1, 240, ['1', '2', '1', '3', null]),
}

export const hotlineList: ExampleList = {
  name: 'Example hotline list',
  publisher: 'Example Hotline',
  format: 'hash-csv',
  scheme: 'none',
  tells: ['md5', 'sha256', 'pdq'],
  entries: exampleEntries(181, 400, [null]),
}

export const exampleLists: readonly ExampleList[] = [partnerList, hotlineList]

/** Numbers up to this stand on a list; higher ones are new to everybody. */
export const lastKnownFile = 400
