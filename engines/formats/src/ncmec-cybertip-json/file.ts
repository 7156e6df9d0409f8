import { readTimeClaim, type TimeClaim } from '@tandem/core'
import { hashProblemSays, readHash } from '../hash-csv/hash-value.ts'
import type { FileMentioned } from '../record.ts'
import type { Draft, Owner } from './draft.ts'
import { readInformations } from './free-text.ts'
import type { TipNode } from './node.ts'
import { type CaptureRead, holderAt, readSource } from './source.ts'

/** One scheme is never converted to another. */
const CLASSIFICATION_SCHEME = 'industry-classification'

export function readFile(draft: Draft, node: TipNode): void {
  const index = draft.files.length
  const owner: Owner = { person: null, file: index }
  if (!node.isObject) {
    draft.detail('file as written', node.text, node.place, { person: null, file: null })
    return
  }
  const given = draft.textOf(node, 'filename')
  const original = draft.textOf(node, 'originalFilename')
  // Taken first: an address of the file may name a further person, and times of its own.
  draft.files.push({ ...blank, place: node.place })
  const captures = readSource(draft, node, owner, holderAt(draft, node))
  const metadata = readMetadata(draft, node, owner)
  draft.files[index] = {
    place: node.place,
    name: original ?? given,
    hashes: hashesOf(draft, node, owner),
    contentType: null,
    viewedByProvider: flagOf(draft, node, 'viewedByEsp'),
    publiclyAvailable: flagOf(draft, node, 'publiclyAvailable'),
    category: categoryOf(draft, node),
    labels: readTags(draft, node, owner),
    uploadedAt: uploadOf(draft, node, captures, metadata, owner),
    url: null,
  }
  draft.detail('name at NCMEC', given, node.one('filename')?.place ?? node.place, owner)
  draft.field(node, 'submittalId', owner)
  readInformations(draft, node, 'file', owner)
}

const blank: Omit<FileMentioned, 'place'> = {
  name: null,
  hashes: [],
  contentType: null,
  viewedByProvider: 'not said',
  publiclyAvailable: 'not said',
  category: null,
  labels: [],
  uploadedAt: null,
  url: null,
}

function flagOf(draft: Draft, node: TipNode, key: string): FileMentioned['viewedByProvider'] {
  const said = node.flagOf(key)
  if (said !== 'unreadable') return said
  const place = node.one(key)?.place ?? node.place
  draft.remark('flag-unreadable', place, 'Neither yes nor no; kept as written, read as not said.')
  draft.detail(`${key} as written`, node.textOf(key), place, { person: null, file: draft.files.length - 1 })
  return 'not said'
}

function hashesOf(draft: Draft, node: TipNode, owner: Owner): FileMentioned['hashes'] {
  const written = draft.textOf(node, 'verificationHash')
  const place = node.one('verificationHash')?.place ?? node.place
  if (written === null) return []
  // MD5 by description; a longer one can only be what its length says.
  const kind = written.trim().length === 40 ? 'sha1' : written.trim().length === 64 ? 'sha256' : 'md5'
  const hash = readHash(kind, written)
  if (hash.ok) return [{ ...hash.value, place }]
  draft.remark(hash.error, place, `Hash not used: ${hashProblemSays[hash.error]}.`)
  draft.detail('hash as written', written, place, owner)
  return []
}

function categoryOf(draft: Draft, node: TipNode): FileMentioned['category'] {
  const written = draft.textOf(node, 'industryClassification')
  if (written === null) return null
  const value = written.trim()
  if (!/^[AB][12]$/.test(value)) {
    const place = node.one('industryClassification')?.place ?? node.place
    draft.remark('classification-unknown', place, 'Not one of A1, A2, B1, B2; kept as sent.')
  }
  return { scheme: CLASSIFICATION_SCHEME, value }
}

/** `ncmecTags: { groups: [{ tags: [{ value }] }] }`: what NCMEC's own staff saw. */
function readTags(draft: Draft, node: TipNode, owner: Owner): string[] {
  return node.nested('ncmecTags', 'groups').flatMap((group) => {
    if (!group.isObject) return group.text === null ? [] : [draft.safe(group.text, group.place)]
    for (const key of group.keys()) if (key !== 'tags') draft.field(group, key, owner, `ncmecTags.${key}`)
    return group.nested('tags').flatMap((tag) => {
      const value = tag.isObject ? tag.one('value') : tag
      for (const key of tag.keys()) if (key !== 'value') draft.field(tag, key, owner, `ncmecTag.${key}`)
      const text = value?.text ?? null
      return text === null ? [] : [draft.safe(text, tag.place)]
    })
  })
}

interface Pair {
  readonly name: string
  readonly value: string
}

function readMetadata(draft: Draft, node: TipNode, owner: Owner): Pair[] {
  return node.nested('espMetadata', 'metadatas').flatMap((entry) => {
    const name = draft.textOf(entry, 'name') ?? 'unnamed'
    const value = draft.textOf(entry, 'value')
    for (const key of entry.keys())
      if (key !== 'name' && key !== 'value') draft.field(entry, key, owner, `metadata.${key}`)
    draft.detail(`metadata:${name}`, value, entry.one('value')?.place ?? entry.place, owner)
    return value === null ? [] : [{ name, value }]
  })
}

/**
 * When the file was uploaded, and by which rule that is known: a capture called upload; a metadata entry of that name
 * (Dropbox); else the first capture with a time, unless it is the time of something else.
 */
function uploadOf(
  draft: Draft,
  node: TipNode,
  captures: readonly CaptureRead[],
  metadata: readonly Pair[],
  owner: Owner,
): TimeClaim | null {
  const said = (rule: string): void => draft.detail('upload time taken from', rule, node.place, owner)
  const upload = captures.find(({ event, time }) => time !== null && /^upload/i.test(event ?? ''))
  if (upload !== undefined) {
    said('the capture called upload')
    return upload.time
  }
  const entry = metadata.find(({ name }) => /^upload date and time$/i.test(name.trim()))
  if (entry !== undefined) {
    said(`the metadata entry "${entry.name}"`)
    const claim = readTimeClaim(entry.value)
    if (claim.instant === null) {
      const isTime = readTimeClaim(`${entry.value.trim()}Z`).instant !== null
      draft.remark(
        isTime ? 'zone-unknown' : 'time-invalid',
        node.place,
        'The upload time names no instant; kept as written.',
      )
    }
    return claim
  }
  const first = captures.find(({ time }) => time !== null)
  if (first === undefined || /^(?:login|registration|purchase)/i.test(first.event ?? '')) return null
  said('the first capture of the file, which does not say that it is the upload')
  return first.time
}
