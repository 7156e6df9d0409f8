import { err, type Json, ok, type Result } from '@tandem/core'
import { type ExactIndex, exactFromParts, exactParts, type HashKind, hashKinds } from '../exact/index.ts'
import { type OpenOptions, openPerceptualIndex, type PerceptualIndex } from '../perceptual/index.ts'
import {
  type ByteSource,
  describeSaved,
  type JsonObject,
  openSaved,
  problem,
  type Saved,
  type SavedProblem,
  type Section,
  sealOf,
  writeSaved,
} from '../saved/index.ts'
import { Catalogue } from './catalogue.ts'
import { NumberColumn, TextColumn } from './columns.ts'
import { aboutAsJson, type ListAbout } from './list.ts'
import { LoadedList } from './loaded-list.ts'

export const catalogueForm = { kind: 'catalogue', newestVersion: 2 } as const

/** The bytes of two files; the second only where a list has perceptual hashes. */
export interface CatalogueFiles {
  readonly catalogue: Iterable<Uint8Array>
  readonly perceptual: Iterable<Uint8Array> | null
}

/**
 * Lists and exact indexes in one file, the perceptual index in a file of its own, whose seal stands in the first: a hit
 * that is explained by other lists than it came from would be a false one.
 */
export function saveCatalogue(catalogue: Catalogue): CatalogueFiles {
  if (catalogue.perceptual === null) return { catalogue: saveLists(catalogue, null), perceptual: null }
  const parts = catalogue.perceptual.save()
  const header = parts.next()
  if (header.done === true) throw new Error('A saved index begins with a header')
  return { catalogue: saveLists(catalogue, sealOf(header.value)), perceptual: beginningWith(header.value, parts) }
}

function* beginningWith(first: Uint8Array, rest: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield first
  yield* rest
}

function saveLists(catalogue: Catalogue, perceptualSeal: string | null): Generator<Uint8Array> {
  const exact = [...catalogue.exact].map(([kind, index]) => ({ kind, ...exactParts(index, `${kind}/`) }))
  const lists = catalogue.lists.map(listParts)
  const about = {
    lists: lists.map(({ about: each }) => each),
    exact: Object.fromEntries(exact.map(({ kind, about: each }) => [kind, each])),
    perceptualSeal,
  }
  const sections = [...lists, ...exact].flatMap((part) => part.sections)
  return writeSaved({ kind: catalogueForm.kind, version: catalogueForm.newestVersion, about }, sections)
}

/** The second file, opened, with what tells it from another of its kind. */
export interface PerceptualPart {
  readonly index: PerceptualIndex
  readonly seal: string
}

export function openPerceptualPart(
  source: ByteSource,
  options: OpenOptions = {},
): Result<PerceptualPart, SavedProblem> {
  const described = describeSaved(source)
  if (!described.ok) return described
  const index = openPerceptualIndex(source, options)
  return index.ok ? ok({ index: index.value, seal: described.value.seal }) : index
}

export function openCatalogue(source: ByteSource, perceptual: PerceptualPart | null): Result<Catalogue, SavedProblem> {
  const saved = openSaved(source, catalogueForm)
  if (!saved.ok) return saved
  const { lists: listed, exact: indexes, perceptualSeal } = saved.value.about
  if (perceptualSeal !== null && perceptual === null) return err(misfit('its perceptual part is not there'))
  if (perceptualSeal !== (perceptual?.seal ?? null)) return err(misfit('the perceptual part is of another build'))
  const lists: LoadedList[] = []
  for (const each of Array.isArray(listed) ? listed : []) {
    const list = openList(saved.value, each, lists.length)
    if (!list.ok) return list
    lists.push(list.value)
  }
  const exact = new Map<HashKind, ExactIndex>()
  for (const kind of hashKinds) {
    const about = isObject(indexes) ? indexes[kind] : undefined
    if (!isObject(about)) continue
    const index = exactFromParts(saved.value, about, `${kind}/`)
    if (!index.ok) return index
    if ([...index.value.pairsPerList().keys()].some((handle) => handle >= lists.length)) {
      return err(misfit('an index names a list that is not there'))
    }
    exact.set(kind, index.value)
  }
  return ok(new Catalogue(lists, exact, perceptual?.index ?? null))
}

function listParts(list: LoadedList): { about: JsonObject; sections: Section[] } {
  const ids = list.ids.parts()
  const prefix = `list/${list.handle}/`
  return {
    about: {
      ...aboutAsJson(list.about),
      entries: list.entries,
      categories: list.categories.map(({ scheme, value }) => [scheme, value]),
    },
    sections: [
      { name: `${prefix}ids`, bytes: ids.texts },
      { name: `${prefix}id-ends`, bytes: ids.ends },
      { name: `${prefix}categories`, bytes: list.categoryOf.bytes() },
      { name: `${prefix}qualities`, bytes: list.qualities.bytes() },
    ],
  }
}

function openList(saved: Saved, about: Json, handle: number): Result<LoadedList, SavedProblem> {
  const said = readAbout(about)
  if (said === null) return err(misfit('the description of a list'))
  const part = (name: string) => saved.load(`list/${handle}/${name}`)
  const texts = part('ids')
  if (!texts.ok) return texts
  const ends = part('id-ends')
  if (!ends.ok) return ends
  const ofCategory = part('categories')
  if (!ofCategory.ok) return ofCategory
  const ofQuality = part('qualities')
  if (!ofQuality.ok) return ofQuality
  const ids = TextColumn.from(texts.value, ends.value)
  const categoryOf = NumberColumn.from(ofCategory.value)
  const qualities = NumberColumn.from(ofQuality.value)
  if (ids === null || categoryOf === null || qualities === null) return err(misfit('the columns of a list'))
  const columns = { ids, categoryOf, categories: said.categories, qualities }
  return ok(new LoadedList(handle, said.about, said.entries, columns))
}

function readAbout(about: Json) {
  if (!isObject(about)) return null
  const { name, version, scheme, dialect, entries, categories } = about
  if (typeof name !== 'string' || !isText(version) || !isText(scheme) || !isText(dialect)) return null
  if (typeof entries !== 'number' || !Number.isSafeInteger(entries) || entries < 0) return null
  if (!Array.isArray(categories)) return null
  const read = categories.flatMap((each: Json) => {
    if (!Array.isArray(each)) return []
    const [ofScheme, value] = each
    return isText(ofScheme) && typeof value === 'string' ? [{ scheme: ofScheme, value }] : []
  })
  if (read.length !== categories.length) return null
  const list: ListAbout = { name, version, scheme, dialect }
  return { about: list, entries, categories: read }
}

const misfit = (what: string): SavedProblem =>
  problem('altered', `The file does not fit together: ${what}. Build it anew from its lists.`)
const isText = (value: Json | undefined): value is string | null => value === null || typeof value === 'string'
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
