import { epochTime } from '../bulk/epoch.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import { childOf, cleanText, flagOf, listOf, putLeaves, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { readAttribute, type Surroundings, takeTags } from './attribute.ts'

/** One event: itself, its attributes with their proposals, its objects with theirs, and the proposals to the event. */
export function* readEvent(node: JsonNode, place: Place): Generator<Entry<ItemRecord>, void, undefined> {
  if (node.type !== 'object') {
    yield setAside('not-an-object', place, 'The event is no object.')
    return
  }
  const whole = { name: scalarOf(childOf(node, 'info')), place }
  yield eventItem(node, place, whole)
  const around: Surroundings = { whole, object: null, about: scalarOf(childOf(node, 'uuid')), isProposal: false }
  yield* attributes(node, place, around)
  yield* proposals(node, place, around, around.about)
  const objects = listOf(childOf(node, 'Object'))
  for (const [at, object] of objects.entries()) yield* readObject(object, `${place}.Object[${at}]`, whole)
}

function* attributes(
  node: JsonNode,
  place: Place,
  around: Surroundings,
): Generator<Entry<ItemRecord>, void, undefined> {
  for (const [at, attribute] of listOf(childOf(node, 'Attribute')).entries()) {
    const where = `${place}.Attribute[${at}]`
    yield readAttribute(attribute, where, { ...around, about: around.object === null ? around.about : null })
    yield* proposals(attribute, where, around, scalarOf(childOf(attribute, 'uuid')))
  }
}

function* proposals(
  node: JsonNode,
  place: Place,
  around: Surroundings,
  about: string | null,
): Generator<Entry<ItemRecord>, void, undefined> {
  for (const [at, proposal] of listOf(childOf(node, 'ShadowAttribute')).entries()) {
    yield readAttribute(proposal, `${place}.ShadowAttribute[${at}]`, { ...around, about, isProposal: true })
  }
}

function* readObject(
  node: JsonNode,
  place: Place,
  whole: ItemRecord['whole'],
): Generator<Entry<ItemRecord>, void, undefined> {
  if (node.type !== 'object') {
    yield setAside('not-an-object', place, 'The object is none.')
    return
  }
  const name = scalarOf(childOf(node, 'name')) ?? ''
  const uuid = scalarOf(childOf(node, 'uuid'))
  const draft = new ItemDraft('misp', 'indicator', place, whole)
  draft.record.reference = uuid
  draft.record.flags = { deleted: flagOf(childOf(node, 'deleted')) }
  const at = epochTime(scalarOf(childOf(node, 'timestamp')))
  if (at !== null) draft.time(at, 'last changed')
  draft.detail('object', name, place)
  putLeaves(draft, node, '', place, new Set(['name', 'uuid', 'timestamp', 'deleted', 'Attribute', 'ObjectReference']))
  listOf(childOf(node, 'ObjectReference')).forEach((reference, index) => {
    const kind = scalarOf(childOf(reference, 'relationship_type')) ?? 'related'
    const to = scalarOf(childOf(reference, 'referenced_uuid')) ?? scalarOf(childOf(reference, 'referenced_id')) ?? ''
    draft.detail(`relationship: ${kind}`, to, `${place}.ObjectReference[${index}]`)
  })
  yield draft.entry()
  yield* attributes(node, place, { whole, object: { name, uuid }, about: null, isProposal: false })
}

const parts: ReadonlySet<string> = new Set([
  'Attribute',
  'Object',
  'ShadowAttribute',
  'Tag',
  'info',
  'uuid',
  'RelatedEvent',
  'EventReport',
])

function eventItem(node: JsonNode, place: Place, whole: ItemRecord['whole']): Entry<ItemRecord> {
  const draft = new ItemDraft('misp', 'indicator', place, whole)
  draft.record.reference = scalarOf(childOf(node, 'uuid'))
  draft.record.flags = { published: flagOf(childOf(node, 'published')) }
  const at = epochTime(scalarOf(childOf(node, 'timestamp')))
  if (at !== null) draft.time(at, 'last changed')
  if (whole.name !== null) draft.narrative('report', cleanText(draft, whole.name, place), `${place}.info`)
  takeTags(draft, node, place)
  putLeaves(draft, node, '', place, parts)
  for (const report of listOf(childOf(node, 'EventReport'))) {
    const text = scalarOf(childOf(report, 'content'))
    if (text !== null) draft.narrative('report', cleanText(draft, text, place), `${place}.EventReport`)
  }
  for (const related of listOf(childOf(node, 'RelatedEvent'))) {
    const uuid = scalarOf(childOf(related, 'Event', 'uuid')) ?? scalarOf(childOf(related, 'uuid'))
    if (uuid !== null) draft.detail('related event', uuid, `${place}.RelatedEvent`)
  }
  return draft.entry()
}
