import { childOf, listOf, membersOf, openJson, scalarOf } from '../bulk/json-view.ts'
import { limited } from '../bulk/push.ts'
import type { Head } from '../head.ts'
import type { JsonNode } from '../json/index.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Place, Remark } from '../record.ts'
import { Names } from './context.ts'
import { readObject } from './object.ts'

function detect(head: Head): Fit {
  if (head.looksLike !== 'json' || !head.topLevel.some(({ key }) => key === '@context' || key === '@graph')) return 'no'
  return /unifiedcyberontology\.org|caseontology\.org/.test(head.text) ? 'certain' : 'no'
}

interface Found {
  readonly node: JsonNode
  readonly place: Place
  readonly whole: ItemRecord['whole']
}

/** The graph, a bundle with its objects (in a graph or as the whole file), or one object alone. */
function* objectsOf(root: JsonNode, names: Names): Generator<Found, void, undefined> {
  const graph = childOf(root, '@graph')
  if (graph !== null) {
    for (const [at, node] of listOf(graph).entries())
      yield* withInner(node, `$['@graph'][${at}]`, names, { name: null, place: '$' })
  } else if (root.type === 'array') {
    for (const [at, node] of root.items.entries()) yield* withInner(node, `$[${at}]`, names, { name: null, place: '$' })
  } else yield* withInner(root, '$', names, { name: null, place: '$' })
}

function* withInner(
  node: JsonNode,
  place: Place,
  names: Names,
  whole: ItemRecord['whole'],
): Generator<Found, void, undefined> {
  const inner = membersOf(node).find(([key, value]) => names.known(key) === 'core/object' && listOf(value).some(isFull))
  const own = membersOf(node).some(([key]) => key === '@id' || key === '@type')
  if (own || inner === undefined) yield { node: inner === undefined ? node : without(node, inner[0]), place, whole }
  if (inner === undefined) return
  const [key, value] = inner
  const name = scalarOf(childOf(node, '@id'))
  for (const [at, each] of listOf(value).entries()) {
    if (isFull(each)) yield* withInner(each, `${place}['${key}'][${at}]`, names, { name, place })
  }
}

/** More than a reference. */
const isFull = (node: JsonNode): boolean =>
  node.type === 'object' && (node.members.size > 1 || !node.members.has('@id'))

const without = (node: JsonNode, key: string): JsonNode =>
  node.type === 'object'
    ? { ...node, members: new Map([...node.members].filter(([each]) => each !== key && each !== '@context')) }
    : node

function* entries(root: JsonNode, names: Names): Generator<Entry<ItemRecord>, void, undefined> {
  for (const { node, place, whole } of objectsOf(root, names)) yield readObject(node, place, names, whole)
}

function* read(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd | undefined, undefined> {
  const opened = openJson(bytes, limits)
  if (opened.root === null) {
    yield opened.entry
    return undefined
  }
  const names = new Names(childOf(opened.root, '@context'))
  if (!names.knowsUco) {
    yield wholeFile('not-case', 'The file does not name the vocabulary of UCO or CASE.', '$')
    return undefined
  }
  yield* limited(entries(opened.root, names), limits.maxRecords)
  const remarks: Remark[] = [...opened.remarks]
  for (const address of names.remote.slice(0, 10)) {
    remarks.push({
      code: 'context-remote',
      place: "$['@context']",
      says: `The file takes names from ${address}, which is not fetched.`,
    })
  }
  return { claimedRecords: null, remarks }
}

export const caseUcoReader = {
  id: 'case-uco',
  title: 'CASE / UCO (JSON-LD)',
  detect,
  read,
} satisfies Omit<Reader, 'id'> & { readonly id: 'case-uco' }
