import { type TimeClaim, threeValued } from '@tandem/core'
import { readUrl } from '@tandem/identifiers'
import type { FileMentioned, IpEvent, Place } from '../record.ts'
import type { Draft } from './draft.ts'
import type { Fields } from './fields.ts'
import { readHashes } from './hash.ts'
import { contentTypes } from './shape.ts'

export interface ContentRead {
  readonly type: string | null
  readonly uploadedAt: TimeClaim | null
  readonly place: Place
  readonly uploadFrom: IpEvent | null
}

/** Adds one piece of content: its files, its conversation, and what was said about it. `sender` indexes `people`. */
export function addContent(
  draft: Draft,
  fields: Fields,
  sender: number,
  authors: ReadonlyMap<string, number>,
): ContentRead {
  const type = fields.word('type', contentTypes)
  const uploadedAt = draft.time(fields, 'uploadedAt')
  const ip = fields.object('ip')
  const uploadFrom = ip === null ? null : draft.ipEvent(ip, sender, 'upload')
  const url = fields.text('url')
  draft.mention('URL', url, fields.at('url'), null, readUrl)
  const first = draft.files.length
  for (const file of fields.objects('files')) addFile(draft, file, uploadedAt, url)
  // Content without named files is still content: it must be seen and counted.
  if (draft.files.length === first && type !== 'messaging') draft.files.push(unnamedFile(fields.place, uploadedAt, url))
  const file = draft.files.length > first ? { file: first } : {}
  draft.detail('content type', type, fields.at('type'), file)
  draft.detail('count', fields.text('count', 'number'), fields.at('count'), file)
  addExif(draft, fields.object('exif'), file)
  const group = fields.object('group')
  if (group !== null) {
    draft.detail('group id', group.text('id'), group.at('id'), file)
    draft.detail('group name', group.text('name'), group.at('name'), file)
    group.finish()
  }
  for (const message of fields.objects('conversation')) addMessage(draft, message, authors)
  draft.narrative(fields.text('description'), fields.at('description'), 'file')
  fields.finish()
  return { type, uploadedAt, place: fields.at('uploadedAt'), uploadFrom }
}

function addFile(draft: Draft, fields: Fields, uploadedAt: TimeClaim | null, contentUrl: string | null): void {
  const index = draft.files.length
  const ownUrl = fields.text('url')
  draft.mention('URL', ownUrl, fields.at('url'), null, readUrl)
  const category = fields.object('category')
  const scheme = category?.text('scheme') ?? null
  const value = category?.text('value') ?? null
  category?.finish()
  draft.files.push({
    place: fields.place,
    name: fields.text('name'),
    hashes: readHashes(draft, fields.objects('hashes'), index),
    contentType: fields.text('contentType'),
    viewedByProvider: fields.flag('viewedByProvider'),
    publiclyAvailable: fields.flag('publiclyAvailable'),
    category: value === null ? null : { scheme: scheme ?? 'not said', value },
    labels: fields.texts('labels').map(({ text }) => text),
    uploadedAt,
    url: ownUrl ?? contentUrl,
  })
  fields.finish()
}

const unnamedFile = (place: string, uploadedAt: TimeClaim | null, url: string | null): FileMentioned => ({
  place,
  name: null,
  hashes: [],
  contentType: null,
  viewedByProvider: threeValued(null),
  publiclyAvailable: threeValued(null),
  category: null,
  labels: [],
  uploadedAt,
  url,
})

function addExif(draft: Draft, exif: Fields | null, file: { file?: number }): void {
  if (exif === null) return
  const held = exif.flag('held')
  draft.detail('EXIF held', held === 'not said' ? null : held, exif.at('held'), file)
  draft.detail('EXIF time of capture', draft.time(exif, 'capturedAt')?.original ?? null, exif.at('capturedAt'), file)
  draft.detail('EXIF place of capture', exif.text('capturedPlace'), exif.at('capturedPlace'), file)
  draft.detail('EXIF settings', exif.text('settings'), exif.at('settings'), file)
  for (const { text, place } of exif.texts('deviceIds')) draft.detail('EXIF device', text, place, file)
  const coordinates = exif.object('coordinates')
  if (coordinates !== null) {
    draft.detail('EXIF latitude', coordinates.text('latitude', 'number'), coordinates.at('latitude'), file)
    draft.detail('EXIF longitude', coordinates.text('longitude', 'number'), coordinates.at('longitude'), file)
    coordinates.finish()
  }
  exif.finish()
}

function addMessage(draft: Draft, fields: Fields, authors: ReadonlyMap<string, number>): void {
  const from = fields.text('from')
  const at = draft.time(fields, 'at')
  const text = fields.text('text')
  fields.finish()
  if (text === null || text === '') return
  const author = from === null ? null : (authors.get(from) ?? null)
  draft.narratives.push({
    place: fields.at('text'),
    about: 'conversation',
    author,
    text,
    at,
    from: author === null ? from : null,
  })
}
