import { childOf, openJson, scalarOf } from '../bulk/json-view.ts'
import { limited } from '../bulk/push.ts'
import type { Head } from '../head.ts'
import type { JsonNode } from '../json/index.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { idFault } from './checks.ts'
import { readObject } from './object.ts'

/** A bundle says so and has an id of its form; an object without a bundle says its version. */
function detect(head: Head): Fit {
  if (head.looksLike !== 'json') return 'no'
  const value = (key: string): string | null => head.topLevel.find((each) => each.key === key)?.value ?? null
  const type = value('type')
  const id = value('id')
  if (type === 'bundle')
    return id?.startsWith('bundle--') === true || head.text.includes('"spec_version"') ? 'certain' : 'possible'
  if (type === null || id === null || idFault(id, null) !== null) return 'no'
  return value('spec_version') === '2.1' ? 'certain' : 'possible'
}

function* objects(root: JsonNode): Generator<Entry<ItemRecord>, void, undefined> {
  const list = childOf(root, 'objects')
  if (scalarOf(childOf(root, 'type')) !== 'bundle') {
    yield readObject(root, '$', { name: null, place: '$' })
    return
  }
  const whole = { name: scalarOf(childOf(root, 'id')), place: '$' }
  if (list?.type === 'array')
    for (const [at, each] of list.items.entries()) yield readObject(each, `$.objects[${at}]`, whole)
}

function* read(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd | undefined, undefined> {
  const opened = openJson(bytes, limits)
  if (opened.root === null) {
    yield opened.entry
    return undefined
  }
  const { root } = opened
  if (scalarOf(childOf(root, 'type')) === null) {
    yield wholeFile('not-stix', 'The file is no bundle and no object of STIX.', '$')
    return undefined
  }
  yield* limited(objects(root), limits.maxRecords)
  return { claimedRecords: null, remarks: [...opened.remarks, ...bundleRemarks(root)] }
}

function bundleRemarks(root: JsonNode): Remark[] {
  if (scalarOf(childOf(root, 'type')) !== 'bundle') return []
  const remarks: Remark[] = []
  const fault = idFault(scalarOf(childOf(root, 'id')) ?? '', 'bundle')
  if (fault !== null) remarks.push({ code: 'id-malformed', place: '$.id', says: fault })
  if (childOf(root, 'objects')?.type !== 'array') {
    remarks.push({ code: 'bundle-empty', place: '$.objects', says: 'The bundle holds no list of objects.' })
  }
  return remarks
}

export const stixReader = {
  id: 'stix-2.1',
  title: 'STIX 2.1 bundle or object',
  detect,
  read,
} satisfies Omit<Reader, 'id'> & { readonly id: 'stix-2.1' }
