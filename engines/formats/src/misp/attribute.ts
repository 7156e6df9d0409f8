import { createHash } from 'node:crypto'
import { readAccount } from '@tandem/identifiers'
import { epochTime } from '../bulk/epoch.ts'
import { hashValue } from '../bulk/hash-names.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import { childOf, cleanText, flagOf, listOf, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'
import { accountParts } from '../write/exported.ts'
import { isComposite, partOf, typesOf } from './types.ts'

export interface Surroundings {
  readonly whole: ItemRecord['whole']
  /** The object that it is a part of. */
  readonly object: { readonly name: string; readonly uuid: string | null } | null
  /** The attribute that a proposal is about. */
  readonly about: string | null
  readonly isProposal: boolean
}

const known: ReadonlySet<string> = new Set([
  'id',
  'uuid',
  'event_id',
  'event_uuid',
  'object_id',
  'object_relation',
  'category',
  'type',
  'value',
  'value1',
  'value2',
  'to_ids',
  'timestamp',
  'distribution',
  'sharing_group_id',
  'comment',
  'deleted',
  'disable_correlation',
  'first_seen',
  'last_seen',
  'Tag',
  'ShadowAttribute',
  'Sighting',
  'Galaxy',
  'data',
  'old_id',
  'org_id',
  'Org',
  'proposal_to_delete',
  'email',
  'SharingGroup',
  'Feed',
])
const plain = [
  'category',
  'comment',
  'object_relation',
  'first_seen',
  'last_seen',
  'distribution',
  'id',
  'old_id',
  'event_id',
] as const

/** One attribute or proposal. Numbers are text in this format, and stay text. */
export function readAttribute(node: JsonNode, place: Place, around: Surroundings): Entry<ItemRecord> {
  const type = scalarOf(childOf(node, 'type'))
  const value = scalarOf(childOf(node, 'value')) ?? joined(node)
  if (node.type !== 'object') return setAside('not-an-object', place, 'The attribute is no object.')
  if (type === null || value === null)
    return setAside('no-type-or-value', place, 'The attribute has no type or no value.')
  const draft = new ItemDraft('misp', 'indicator', place, around.whole)
  const { record } = draft
  record.reference = scalarOf(childOf(node, 'uuid'))
  record.answers = around.about ?? around.object?.uuid ?? null
  record.flags = {
    deleted: flagOf(childOf(node, 'deleted')),
    forDetection: flagOf(childOf(node, 'to_ids')),
    proposal: around.isProposal ? 'yes' : 'no',
    proposalToDelete: flagOf(childOf(node, 'proposal_to_delete')),
  }
  const at = epochTime(scalarOf(childOf(node, 'timestamp')))
  if (at !== null) draft.time(at, 'last changed')
  draft.detail('type', type, `${place}.type`)
  draft.detail('value', cleanText(draft, value, `${place}.value`), `${place}.value`)
  for (const key of plain) {
    const text = scalarOf(childOf(node, key))
    if (text !== null && text !== '') draft.detail(key, cleanText(draft, text, place), `${place}.${key}`)
  }
  if (around.object !== null) draft.detail('object', around.object.name, place)
  takeTags(draft, node, place)
  if (around.object?.name === 'tandem-record' && scalarOf(childOf(node, 'object_relation')) === 'account') {
    takeAccount(draft, value, `${place}.value`)
  } else takeValue(draft, type, value, `${place}.value`)
  dropData(draft, node, place)
  for (const sighting of listOf(childOf(node, 'Sighting'))) {
    const kind =
      { '0': 'seen', '1': 'false positive', '2': 'expired' }[scalarOf(childOf(sighting, 'type')) ?? ''] ?? 'sighting'
    draft.detail(`sighting: ${kind}`, scalarOf(childOf(sighting, 'date_sighting')) ?? '', `${place}.Sighting`)
  }
  for (const [key] of node.members) if (!known.has(key)) record.unknownFields.push(`${place}.${key}`)
  return draft.entry()
}

export function takeTags(draft: ItemDraft, node: JsonNode, place: Place): void {
  listOf(childOf(node, 'Tag')).forEach((tag, at) => {
    const name = scalarOf(childOf(tag, 'name'))
    if (name !== null) draft.detail('tag', name, `${place}.Tag[${at}]`)
  })
}

function joined(node: JsonNode): string | null {
  const first = scalarOf(childOf(node, 'value1'))
  const second = scalarOf(childOf(node, 'value2'))
  return first === null || second === null || second === '' ? first : `${first}|${second}`
}

/** A name may hold the sign itself, a digest, port or address never does: the last one parts two values. */
function valuesOf(types: readonly string[], value: string): readonly string[] {
  const at = value.lastIndexOf('|')
  return types.length === 2 && at >= 0 ? [value.slice(0, at), value.slice(at + 1)] : value.split('|')
}

function takeValue(draft: ItemDraft, type: string, value: string, place: Place): void {
  const types = typesOf(type)
  const values = isComposite(type) ? valuesOf(types, value) : [value]
  if (types.length !== values.length)
    draft.remark('composite', 'The value has not as many parts as its type says.', place)
  let name: string | null = null
  const hashes: { kind: string; value: string; place: Place }[] = []
  types.forEach((each, at) => {
    const written = values[at]
    if (written === undefined) return
    const part = partOf(each)
    if (part === 'filename') name = written
    else if (part === 'hash') {
      const hash = hashValue(each, written)
      if (hash === null) draft.remark('hash-malformed', `The value is no ${each}.`, place)
      else hashes.push({ kind: each, value: hash, place })
    } else if (part === 'text') draft.narrative('other', cleanText(draft, written, place), place)
    else if (part === 'email' || part === 'ip' || part === 'phone' || part === 'url') {
      if (!draft.mention(part, written, place)) {
        draft.remark('not-valid', `The type says ${part}, but the value did not pass its test; it is kept.`, place)
      }
    }
  })
  if (name !== null || hashes.length > 0) draft.file({ place, name, hashes })
}

/** Our own objects hold accounts in normal form: platform, then id or user name. */
function takeAccount(draft: ItemDraft, value: string, place: Place): void {
  const parts = accountParts(value)
  const reading = parts === null ? null : readAccount(parts.platform, parts.by, parts.handle)
  if (reading?.ok !== true) draft.remark('not-valid', 'The value is no account; it is kept.', place)
  else draft.record.mentions.push({ original: value, place, person: null, identifier: reading.value.identifier })
}

/** `data` is a file in base64: only its digest stays, and it matches lists of files when it is no packed sample. */
function dropData(draft: ItemDraft, node: JsonNode, place: Place): void {
  const data = scalarOf(childOf(node, 'data'))
  if (data === null || data === '') return
  const bytes = Buffer.from(data, 'base64')
  const value = createHash('sha256').update(bytes).digest('hex')
  draft.file({ place: `${place}.data`, hashes: [{ kind: 'sha256', value, place: `${place}.data` }] })
  draft.remark('data-dropped', `${bytes.length} bytes of a file were not kept; SHA-256 ${value}.`, `${place}.data`)
}
