import { childOf, listOf, openJson, scalarOf } from '../bulk/json-view.ts'
import { limited } from '../bulk/push.ts'
import type { Head } from '../head.ts'
import type { JsonNode } from '../json/index.ts'
import { type Fit, type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { readEvent } from './event.ts'

const frames: ReadonlySet<string> = new Set(['Event', 'Attribute', 'Object', 'ShadowAttribute', 'response'])

/** The frame (with or without `Event`) and words that no other format has. */
function detect(head: Head): Fit {
  if (
    head.looksLike !== 'json' ||
    !(head.topLevel.some(({ key }) => frames.has(key)) || head.text.trimStart().startsWith('['))
  )
    return 'no'
  const words = [
    '"threat_level_id"',
    '"to_ids"',
    '"orgc_id"',
    '"Orgc"',
    '"object_relation"',
    '"template_uuid"',
    '"attribute_count"',
    '"analysis"',
  ]
  const met = words.filter((word) => head.text.includes(word)).length
  return met >= 2 ? 'certain' : met === 1 ? 'possible' : 'no'
}

/** One event, several of them in a list or an answer of the server, or a fragment without its frame. */
function* eventsOf(root: JsonNode): Generator<readonly [JsonNode, Place], void, undefined> {
  const response = childOf(root, 'response')
  const [list, base] = response === null ? [root, '$'] : [response, '$.response']
  if (list.type !== 'array') {
    const inner = childOf(list, 'Event')
    yield inner === null ? [list, base] : [inner, `${base}.Event`]
    return
  }
  for (const [at, each] of list.items.entries()) {
    const inner = childOf(each, 'Event')
    yield inner === null ? [each, `${base}[${at}]`] : [inner, `${base}[${at}].Event`]
  }
}

function* all(root: JsonNode): Generator<Entry<ItemRecord>, void, undefined> {
  for (const [event, place] of eventsOf(root)) yield* readEvent(event, place)
}

function* read(bytes: Uint8Array, limits: Limits): Generator<Entry<ItemRecord>, ReaderEnd | undefined, undefined> {
  const opened = openJson(bytes, limits)
  if (opened.root === null) {
    yield opened.entry
    return undefined
  }
  const { root } = opened
  const first = root.type === 'array' ? root.items[0] : root
  if (first?.type !== 'object' || ![...first.members.keys()].some((key) => frames.has(key) || key === 'info')) {
    yield wholeFile('not-misp', 'The file holds no event, attribute or object.')
    return undefined
  }
  yield* limited(all(root), limits.maxRecords)
  let claimed: number | null = null
  for (const [event] of eventsOf(root)) {
    const count = scalarOf(childOf(event, 'attribute_count'))
    if (count !== null && /^\d{1,9}$/.test(count)) claimed = (claimed ?? 0) + Number(count)
  }
  const remarks = [...opened.remarks]
  const have = [...eventsOf(root)].reduce((sum, [event]) => sum + attributeCount(event), 0)
  if (claimed !== null && claimed !== have) {
    remarks.push({
      code: 'count-differs',
      place: '$',
      says: `The event speaks of ${claimed} attributes and holds ${have}.`,
    })
  }
  return { claimedRecords: null, remarks }
}

const attributeCount = (event: JsonNode): number =>
  listOf(childOf(event, 'Attribute')).length +
  listOf(childOf(event, 'Object')).reduce((sum, object) => sum + listOf(childOf(object, 'Attribute')).length, 0)

export const mispReader = {
  id: 'misp',
  title: 'MISP event',
  detect,
  read,
} satisfies Omit<Reader, 'id'> & { readonly id: 'misp' }
