import { err, type Json, ok, type Result } from '@tandem/core'
import { type ByteSource, type JsonObject, openSaved, problem, type Saved, type SavedProblem } from '../saved/index.ts'
import { type Section, writeSaved } from '../saved/write.ts'
import { ExactIndex } from './exact-index.ts'
import { FuseFilter, placesIn } from './fuse-filter.ts'
import { type HashKind, isHashKind, wordsOf } from './hash-kind.ts'
import { Segment } from './segment.ts'
import { type Probe, plantedIn, probesFrom, probesToBytes, selfTest } from './self-test.ts'
import type { ListColumn, Table } from './table.ts'

export const exactForm = { kind: 'exact-index', newestVersion: 1 } as const

/** The index as parts of a saved file; `prefix` keeps several indexes in one file apart. Compacts first. */
export function exactParts(index: ExactIndex, prefix = ''): { about: JsonObject; sections: Section[] } {
  index.compact()
  const { table, filter } = index.segment
  const columns: [string, ListColumn | null][] = [
    ['hashes', table.hashes],
    ['buckets', table.buckets],
    ['lists', table.lists],
    ['entry-of', table.entryOf],
    ['list-of', table.listOf],
    ['several', table.several],
    ['filter', filter?.bytes ?? null],
  ]
  const sections = columns.flatMap(([name, column]) =>
    column === null ? [] : [{ name: prefix + name, bytes: bytesOfColumn(column) }],
  )
  sections.push({ name: `${prefix}planted`, bytes: probesToBytes(plantedIn(index)) })
  const about = {
    hash: index.kind,
    hashes: table.hashCount,
    pairs: index.segment.rows,
    bucketBits: table.bucketBits,
    listWidth: table.listOf?.BYTES_PER_ELEMENT ?? 0,
    filter: filter === null ? null : { ...filter.shape },
  }
  return { about, sections }
}

export function saveExact(index: ExactIndex): Generator<Uint8Array> {
  const { about, sections } = exactParts(index)
  return writeSaved({ kind: exactForm.kind, version: exactForm.newestVersion, about }, sections)
}

export function openExact(source: ByteSource): Result<ExactIndex, SavedProblem> {
  const saved = openSaved(source, exactForm)
  return saved.ok ? exactFromParts(saved.value, saved.value.about) : saved
}

/** Loads, checks that the columns fit each other, and looks the planted entries up. */
export function exactFromParts(saved: Saved, about: JsonObject, prefix = ''): Result<ExactIndex, SavedProblem> {
  const shape = readShape(about)
  if (shape === null) return err(misfit('its description'))
  const column = (name: string) => loadWords(saved, prefix + name)
  const hashes = column('hashes')
  if (!hashes.ok) return hashes
  const buckets = column('buckets')
  if (!buckets.ok) return buckets
  const lists = column('lists')
  if (!lists.ok) return lists
  const several = column('several')
  if (!several.ok) return several
  const entryOf = saved.lengthOf(`${prefix}entry-of`) === null ? ok(null) : column('entry-of')
  if (!entryOf.ok) return entryOf
  const listOf = shape.listWidth === 0 ? ok(null) : loadListColumn(saved, `${prefix}list-of`, shape.listWidth)
  if (!listOf.ok) return listOf
  const filter = loadFilter(saved, `${prefix}filter`, shape)
  if (!filter.ok) return filter
  const table: Table = {
    words: wordsOf[shape.hash],
    hashCount: shape.hashes,
    hashes: hashes.value,
    buckets: buckets.value,
    bucketBits: shape.bucketBits,
    lists: lists.value,
    entryOf: entryOf.value,
    listOf: listOf.value,
    several: several.value,
  }
  const fault = misfitIn(table)
  if (fault !== null) return err(misfit(fault))
  const planted = saved.load(`${prefix}planted`)
  if (!planted.ok) return planted
  const probes = probesFrom(planted.value, table.words)
  const index = new ExactIndex(shape.hash, new Segment(shape.hash, table, filter.value))
  return testAfterLoad(index, shape.pairs, probes)
}

function testAfterLoad(index: ExactIndex, pairs: number, probes: readonly Probe[] | null) {
  if (index.sizes().pairs !== pairs) return err(misfit('the number of its entries'))
  const failed = probes === null ? 'the planted entries cannot be read' : selfTest(index, probes)
  if (failed === null) return ok(index)
  const says = `The index does not find what it must: ${failed}. Do not use it; build it anew from its lists.`
  return err(problem('failed-self-test', says))
}

interface Shape {
  readonly hash: HashKind
  readonly hashes: number
  readonly pairs: number
  readonly bucketBits: number
  readonly listWidth: number
  readonly filter: { readonly seed: number; readonly segmentLength: number; readonly span: number } | null
}

function readShape(about: JsonObject): Shape | null {
  const { hash, hashes, pairs, bucketBits, listWidth, filter } = about
  if (!isHashKind(hash) || !isCount(hashes) || !isCount(pairs) || !isCount(listWidth)) return null
  if (!isCount(bucketBits) || bucketBits < 1 || bucketBits > 30) return null
  if (filter === null) return { hash, hashes, pairs, bucketBits, listWidth, filter }
  if (typeof filter !== 'object' || Array.isArray(filter)) return null
  const { seed, segmentLength, span } = Object.fromEntries(Object.entries(filter ?? {}))
  if (!isCount(seed) || !isCount(segmentLength) || !isCount(span) || span >= 2 ** 32) return null
  // A length that is no power of two would make places outside the filter.
  if (segmentLength < 4 || segmentLength > 2 ** 18 || (segmentLength & (segmentLength - 1)) !== 0) return null
  return { hash, hashes, pairs, bucketBits, listWidth, filter: { seed, segmentLength, span } }
}

/** What a digest cannot say: whether the columns belong together. Null when they do. */
function misfitIn(table: Table): string | null {
  const { words, hashCount, hashes, buckets, lists, entryOf, listOf, several } = table
  if (hashes.length !== hashCount * words) return 'the column of hashes'
  if (buckets.length !== 2 ** table.bucketBits + 1 || buckets[0] !== 0 || buckets.at(-1) !== hashCount) {
    return 'the table of buckets'
  }
  let last = 0
  for (const start of buckets) {
    if (start < last) return 'the order of its buckets'
    last = start
  }
  if (entryOf !== null && entryOf.length !== hashCount) return 'the column of entries'
  if (listOf !== null && listOf.length !== hashCount) return 'the column of lists'
  if (listOf === null && hashCount > 0 && lists.length !== 1) return 'its lists'
  for (let start = 0; start < several.length; ) {
    start += 1 + 2 * (several[start] ?? 0)
    if (start > several.length) return 'the entries of repeated hashes'
  }
  return null
}

function loadFilter(saved: Saved, name: string, shape: Shape): Result<FuseFilter | null, SavedProblem> {
  if (shape.filter === null) return ok(null)
  const bytes = saved.load(name)
  if (!bytes.ok) return bytes
  if (bytes.value.length !== placesIn(shape.filter)) return err(misfit('the filter'))
  return ok(new FuseFilter(shape.filter, bytes.value))
}

function loadWords(saved: Saved, name: string): Result<Uint32Array, SavedProblem> {
  const length = saved.lengthOf(name) ?? 0
  if (length % 4 !== 0) return err(misfit('the length of a column'))
  const column = new Uint32Array(length / 4)
  const loaded = saved.load(name, bytesOfColumn(column))
  return loaded.ok ? ok(column) : loaded
}

function loadListColumn(saved: Saved, name: string, width: number): Result<ListColumn, SavedProblem> {
  if (width === 4) return loadWords(saved, name)
  const bytes = saved.load(name)
  if (!bytes.ok) return bytes
  if (width === 1) return bytes
  if (width !== 2 || bytes.value.length % 2 !== 0) return err(misfit('the column of lists'))
  return ok(new Uint16Array(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length / 2))
}

const misfit = (what: string): SavedProblem =>
  problem('altered', `The file does not fit together: ${what}. Build it anew from its lists.`)

const bytesOfColumn = (column: ListColumn) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
const isCount = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
