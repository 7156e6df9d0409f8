import { readTimeClaim } from '@tandem/core'
import { readAccount } from '@tandem/identifiers'
import { hashKind, hashValue } from '../bulk/hash-names.ts'
import { ItemDraft, setAside, type TypedKind } from '../bulk/item.ts'
import { childOf, cleanText, flagOf, membersOf, putLeaves, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { checkObject } from './checks.ts'
import { comparisonsOf } from './pattern.ts'

const typed: Readonly<Record<string, TypedKind>> = {
  'ipv4-addr': 'ip',
  'ipv6-addr': 'ip',
  'email-addr': 'email',
  url: 'url',
}

const ownKeys: ReadonlySet<string> = new Set(['id', 'type', 'name', 'description', 'payload_bin', 'body', 'revoked'])

/** One object of a bundle. Everything it says stays a detail under its own key; relationships are two references. */
export function readObject(node: JsonNode, place: Place, whole: ItemRecord['whole']): Entry<ItemRecord> {
  if (node.type !== 'object') return setAside('not-an-object', place, 'The entry of the bundle is no object.')
  const text = (key: string): string | null => scalarOf(childOf(node, key))
  const type = text('type')
  if (type === null) return setAside('no-type', place, 'The object does not say what it is.')
  const draft = new ItemDraft('stix-2.1', 'indicator', place, whole)
  const { record } = draft
  record.reference = text('id')
  record.answers = type === 'relationship' ? text('source_ref') : text('sighting_of_ref')
  record.flags = { revoked: flagOf(childOf(node, 'revoked')) }
  const at = text('modified') ?? text('first_observed') ?? text('created')
  if (at !== null) draft.time(readTimeClaim(at), text('modified') === null ? 'created' : 'modified')
  draft.detail('type', type, `${place}.type`)
  checkObject(draft, node, type)
  for (const key of ['name', 'description', 'body'] as const) {
    const said = text(key)
    if (said === null) continue
    if (key === 'name') draft.detail('name', cleanText(draft, said, `${place}.name`), `${place}.name`)
    else draft.narrative('other', cleanText(draft, said, `${place}.${key}`), `${place}.${key}`)
  }
  putLeaves(draft, node, '', place, ownKeys)
  takeObservable(draft, node, type)
  takePattern(draft, text('pattern'), text('pattern_type'))
  const payload = text('payload_bin')
  if (payload !== null)
    draft.remark(
      'data-dropped',
      `A file of about ${Math.floor((payload.length * 3) / 4)} bytes was not kept.`,
      `${place}.payload_bin`,
    )
  return draft.entry()
}

function takeObservable(draft: ItemDraft, node: JsonNode, type: string): void {
  const { place } = draft
  const value = scalarOf(childOf(node, 'value'))
  const kind = typed[type]
  if (kind !== undefined && value !== null) mentionOrRemark(draft, kind, value, `${place}.value`)
  if (type === 'user-account') account(draft, node)
  if (type === 'file' || type === 'artifact') {
    const hashes = membersOf(childOf(node, 'hashes')).flatMap(([name, hash]) => {
      const where = `${place}.hashes.${name}`
      const read = hashValue(hashKind(name), scalarOf(hash) ?? '')
      if (read === null && /^(?:md5|sha)/i.test(name)) draft.remark('hash-malformed', `The value is no ${name}.`, where)
      return read === null ? [] : [{ kind: hashKind(name), value: read, place: where }]
    })
    draft.file({
      place,
      name: scalarOf(childOf(node, 'name')),
      hashes,
      contentType: scalarOf(childOf(node, 'mime_type')),
    })
  }
}

function account(draft: ItemDraft, node: JsonNode): void {
  const { place } = draft
  const platform = scalarOf(childOf(node, 'account_type'))
  const person = draft.person({
    place,
    names: [scalarOf(childOf(node, 'display_name'))].filter((name) => name !== null),
  })
  for (const [key, by] of [
    ['account_login', 'username'],
    ['user_id', 'id'],
  ] as const) {
    const value = scalarOf(childOf(node, key))
    if (value === null) continue
    if (platform === 'phone') {
      mentionOrRemark(draft, 'phone', value, `${place}.${key}`)
      continue
    }
    const reading = platform === null ? null : readAccount(platform, by, value)
    if (reading?.ok === true) {
      draft.record.mentions.push({
        original: value,
        place: `${place}.${key}`,
        person,
        identifier: reading.value.identifier,
      })
    }
  }
}

function mentionOrRemark(draft: ItemDraft, kind: TypedKind, value: string, place: Place): void {
  // An address object may hold a whole network (section 6.6).
  if (kind === 'ip' && value.includes('/')) return
  if (!draft.mention(kind, value, place)) {
    draft.remark('not-valid', `The object says ${kind}, but the value did not pass its test; it is kept.`, place)
  }
}

function takePattern(draft: ItemDraft, pattern: string | null, language: string | null): void {
  if (pattern === null || (language !== null && language !== 'stix')) return
  const place = `${draft.place}.pattern`
  const hashes: { kind: string; value: string; place: Place }[] = []
  for (const { path, operator, value } of comparisonsOf(pattern)) {
    if (operator !== '=' && operator !== 'IN') continue
    const [type = '', property = ''] = path.split(':', 2)
    const kind = typed[type]
    if (kind !== undefined && property === 'value') mentionOrRemark(draft, kind, value, place)
    else if (/^email-message$/.test(type) && /_ref\.value$/.test(property))
      mentionOrRemark(draft, 'email', value, place)
    else if (type === 'file' && property.startsWith('hashes')) {
      const name = hashKind(property.slice(6))
      const hash = hashValue(name, value)
      if (hash === null) draft.remark('hash-malformed', 'A hash in the pattern is not of its stated kind.', place)
      else hashes.push({ kind: name, value: hash, place })
    }
  }
  if (hashes.length > 0) draft.file({ place, hashes })
}
