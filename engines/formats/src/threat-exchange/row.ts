import { readTimeClaim } from '@tandem/core'
import { readDomain } from '@tandem/identifiers'
import { ItemDraft, type TypedKind } from '../bulk/item.ts'
import { childOf, flagOf, listOf, putLeaves, scalarOf } from '../bulk/json-view.ts'
import { type HashKind, hashProblemSays, isExactKind, readHash } from '../hash-csv/hash-value.ts'
import type { JsonNode } from '../json/index.ts'
import type { AnyRecord, Entry, ItemRecord, ListEntryRecord, Remark } from '../record.ts'

const hashTypes: Readonly<Record<string, HashKind>> = {
  HASH_MD5: 'md5',
  HASH_VIDEO_MD5: 'md5',
  HASH_SHA1: 'sha1',
  HASH_SHA256: 'sha256',
  HASH_PDQ: 'pdq',
  HASH_PDNA: 'photodna',
}
const signalTypes: Readonly<Record<string, TypedKind>> = {
  EMAIL_ADDRESS: 'email',
  URI: 'url',
  IP_ADDRESS: 'ip',
  PHONE_NUMBER: 'phone',
}
export const scheme = 'threat-exchange/status'

/** One opinion: who holds it, of what standing, under which tags. */
interface Descriptor {
  readonly owner: string
  readonly status: string | null
  readonly tags: readonly string[]
  readonly disputed: boolean
  readonly at: string | null
}

/**
 * One row of `threat_updates`, or one descriptor by itself. A row that says `should_delete`, or that has no descriptor
 * left (nobody says it any more), is a deletion.
 */
export function readRow(row: JsonNode, place: string): Entry<AnyRecord> {
  const id = scalarOf(childOf(row, 'id'))
  const type = scalarOf(childOf(row, 'type')) ?? ''
  const alone = scalarOf(childOf(row, 'raw_indicator'))
  const indicator = scalarOf(childOf(row, 'indicator')) ?? alone
  if (row.type !== 'object' || indicator === null || id === null) {
    return setAside('not-a-row', place, 'The row has no id or no indicator.')
  }
  const descriptors =
    alone === null ? listOf(childOf(row, 'descriptors', 'data')).map(readDescriptor) : [readDescriptor(row)]
  const said = descriptors.flatMap(({ status }) => status ?? [])
  const harmless = descriptors.length > 0 && descriptors.every(({ status }) => status === 'NON_MALICIOUS')
  const deleted = flagOf(childOf(row, 'should_delete')) === 'yes' || descriptors.length === 0
  const remarks: Remark[] = []
  if (harmless && !deleted) {
    remarks.push({ code: 'called-harmless', place, says: 'All who share it call it non-malicious: it is on no list.' })
  }
  const statuses = [...new Set(said)]
  if (statuses.length > 1) {
    remarks.push({ code: 'two-opinions', place, says: 'Those who share it disagree about its standing; all are kept.' })
  }
  const facts = { id, type, indicator, place, descriptors, statuses, withdrawn: deleted || harmless }
  const isHash = type.startsWith('HASH_')
  return isHash ? hashEntry(facts, remarks) : signalItem(row, facts, remarks)
}

interface Facts {
  readonly id: string
  readonly type: string
  readonly indicator: string
  readonly place: string
  readonly descriptors: readonly Descriptor[]
  readonly statuses: readonly string[]
  readonly withdrawn: boolean
}

function hashEntry(facts: Facts, remarks: Remark[]): Entry<ListEntryRecord> {
  const { id, type, indicator, place, descriptors, statuses, withdrawn } = facts
  const hashes: ListEntryRecord['hashes'][number][] = []
  const otherHashes: ListEntryRecord['otherHashes'][number][] = []
  const kind = Object.hasOwn(hashTypes, type) ? hashTypes[type] : undefined
  if (kind === undefined) otherHashes.push({ kind: type.slice(5).toLowerCase(), value: indicator })
  else {
    const hash = readHash(kind, indicator)
    // A deletion goes by its id, whatever has become of the hash.
    if (!hash.ok && !withdrawn) return setAside(hash.error, place, `Hash not used: ${hashProblemSays[hash.error]}.`)
    if (hash.ok && isExactKind(hash.value.kind)) hashes.push({ kind: hash.value.kind, value: hash.value.value })
    else if (hash.ok) otherHashes.push(hash.value)
  }
  const disputed = descriptors.some((each) => each.disputed)
  const record: ListEntryRecord = {
    kind: 'list-entry',
    entryId: id,
    hashes,
    otherHashes,
    quality: null,
    category: statuses.length === 0 ? null : { scheme, value: statuses.join(', ') },
    flags: { ...(withdrawn ? { withdrawn: 'yes' } : {}), ...(disputed ? { disputed: 'yes' } : {}) },
    details: descriptors.map(({ owner, status, tags, at }) => ({
      kind: 'shared by',
      value: [owner, status, tags.length === 0 ? null : `tags ${tags.join(', ')}`, at]
        .filter((part) => part !== null)
        .join('; '),
    })),
  }
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

/** Mail addresses, names, URLs and words: clues that each user must examine, never proof. */
function signalItem(row: JsonNode, facts: Facts, remarks: readonly Remark[]): Entry<ItemRecord> {
  const { id, type, indicator, place, descriptors, withdrawn } = facts
  const draft = new ItemDraft('threat-exchange', 'indicator', place, { name: 'signals', place: '$.data' })
  draft.record.reference = id
  draft.record.flags = {
    withdrawn: withdrawn ? 'yes' : 'no',
    disputed: descriptors.some((each) => each.disputed) ? 'yes' : 'not said',
  }
  for (const { code, says } of remarks) draft.remark(code, says)
  const at = scalarOf(childOf(row, 'last_updated')) ?? scalarOf(childOf(row, 'added_on'))
  if (at !== null) draft.time(/^\d{10}$/.test(at) ? ofEpoch(at) : readTimeClaim(at), 'last updated')
  const kind = Object.hasOwn(signalTypes, type) ? signalTypes[type] : undefined
  draft.detail('signal type', type === '' ? 'not said' : type)
  const domain = type === 'DOMAIN' ? readDomain(indicator) : null
  if (domain?.ok === true) {
    draft.record.mentions.push({ original: indicator, place, person: null, identifier: domain.value.identifier })
  } else if (kind === undefined || !draft.mention(kind, indicator)) {
    if (kind !== undefined) draft.remark('identifier-invalid', `${type} did not pass its test: kept as text.`)
    draft.narrative('other', indicator)
  }
  for (const { owner, status, tags } of descriptors) {
    draft.detail('shared by', [owner, status, ...tags].filter((part) => part !== null).join('; '))
  }
  putLeaves(draft, row, '', place, read)
  return draft.entry()
}

const ofEpoch = (text: string) => ({
  original: text,
  instant: new Date(Number(text) * 1000).toISOString(),
  zone: { kind: 'stated', offset: 'Z' } as const,
  candidates: [],
})

const read: ReadonlySet<string> = new Set([
  'id',
  'type',
  'indicator',
  'raw_indicator',
  'descriptors',
  'should_delete',
  'owner',
  'status',
  'tags',
])

function readDescriptor(node: JsonNode): Descriptor {
  const owner = childOf(node, 'owner')
  return {
    owner: scalarOf(childOf(owner, 'name')) ?? scalarOf(childOf(owner, 'id')) ?? 'not said',
    status: scalarOf(childOf(node, 'status')),
    tags: tagsOf(childOf(node, 'tags')),
    disputed: ['my_reactions', 'reactions'].some((key) => mentionsDispute(childOf(node, key))),
    at: scalarOf(childOf(node, 'last_updated')) ?? scalarOf(childOf(node, 'added_on')),
  }
}

/** null, a list of words, or `{ data: [{ id, text }] }`. */
function tagsOf(node: JsonNode | null): string[] {
  const list = node?.type === 'object' ? listOf(childOf(node, 'data')) : listOf(node)
  return list.flatMap((tag) => scalarOf(tag) ?? scalarOf(childOf(tag, 'text')) ?? [])
}

function mentionsDispute(node: JsonNode | null): boolean {
  if (node === null) return false
  if (node.type === 'array') return node.items.some(mentionsDispute)
  if (node.type === 'object') {
    return [...node.members].some(([key, value]) => key === 'DISAGREE_WITH_TAGS' || mentionsDispute(value))
  }
  return (scalarOf(node) ?? '').includes('DISAGREE_WITH_TAGS')
}

const setAside = (code: string, place: string, says: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place, says },
})
