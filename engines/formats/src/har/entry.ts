import { createHash } from 'node:crypto'
import { readTimeClaim } from '@tandem/core'
import { keptBytes, takeBody } from '../bulk/body.ts'
import { Digests } from '../bulk/digests.ts'
import { ItemDraft, setAside } from '../bulk/item.ts'
import { childOf, cleanText, listOf, putLeaves, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'
import type { Limits } from '../reader.ts'
import type { Entry, ItemRecord, Place } from '../record.ts'

const readKeys: ReadonlySet<string> = new Set(['startedDateTime', 'request', 'response'])

/** One request and its answer (HAR 1.2, section `entries`). */
export function readHarEntry(
  node: JsonNode,
  place: Place,
  pages: ReadonlyMap<string, string>,
  limits: Limits,
): Entry<ItemRecord> {
  if (node.type !== 'object') return setAside('not-an-object', place, 'The entry is no object.')
  const page = scalarOf(childOf(node, 'pageref'))
  const draft = new ItemDraft('har', 'capture', place, {
    name: (page === null ? null : pages.get(page)) ?? null,
    place: '$.log',
  })
  const started = scalarOf(childOf(node, 'startedDateTime'))
  if (started !== null) draft.time(readTimeClaim(started), 'request started')
  if (draft.record.at?.instant === null || started === null) {
    draft.remark('no-date', 'The entry has no time with a zone.', `${place}.startedDateTime`)
  }
  const request = childOf(node, 'request')
  const response = childOf(node, 'response')
  if (request === null) draft.remark('no-request', 'The entry has no request.')
  if (response === null) draft.remark('no-response', 'The entry has no answer.')
  const url = scalarOf(childOf(request, 'url'))
  if (url !== null && !draft.mention('url', url, `${place}.request.url`)) {
    draft.remark('not-valid', 'The address of the request is none.', `${place}.request.url`)
  }
  const address = scalarOf(childOf(node, 'serverIPAddress'))
  if (
    address !== null &&
    address !== '' &&
    !draft.mention('ip', address.replace(/^\[|\]$/g, ''), `${place}.serverIPAddress`)
  ) {
    draft.remark(
      'ip-impossible',
      'What stands as the address of the server is none that can exist.',
      `${place}.serverIPAddress`,
    )
  }
  putLeaves(draft, node, '', place, readKeys)
  message(draft, request, 'request', 'postData', limits)
  message(draft, response, 'response', 'content', limits)
  return draft.entry()
}

/** Headers keep their order and their repeats; a body is text or only a digest. */
function message(draft: ItemDraft, node: JsonNode | null, side: string, body: string, limits: Limits): void {
  if (node === null) return
  const place = `${draft.place}.${side}`
  listOf(childOf(node, 'headers')).forEach((header, at) => {
    const name = scalarOf(childOf(header, 'name')) ?? ''
    const value = scalarOf(childOf(header, 'value')) ?? ''
    draft.detail(`${side} header ${name.toLowerCase()}`, cleanText(draft, value, place), `${place}.headers[${at}]`)
  })
  putLeaves(draft, node, side, place, new Set(['headers', body]))
  const content = childOf(node, body)
  if (content === null) return
  putLeaves(draft, content, `${side} ${body}`, `${place}.${body}`, new Set(['text']))
  const text = scalarOf(childOf(content, 'text'))
  if (text === null || text === '') return
  const isEncoded = scalarOf(childOf(content, 'encoding'))?.toLowerCase() === 'base64'
  const bytes = Buffer.from(text, isEncoded ? 'base64' : 'utf8')
  const digests = new Digests()
  digests.update(bytes)
  const contentType = scalarOf(childOf(content, 'mimeType'))
  const url = scalarOf(childOf(node, 'url'))
  const file = draft.file({ place: `${place}.${body}`, hashes: digests.at(`${place}.${body}`), contentType, url })
  draft.detail('length', String(bytes.length), place, file)
  if (isEncoded && !isTextType(contentType)) {
    const digest = createHash('sha256').update(bytes).digest('hex')
    draft.remark('body-dropped', `A body of ${bytes.length} bytes was not kept; SHA-256 ${digest}.`, `${place}.${body}`)
    return
  }
  takeBody(
    draft,
    { head: bytes.subarray(0, keptBytes(limits)), length: bytes.length },
    'other',
    `${place}.${body}.text`,
    limits,
  )
}

const isTextType = (type: string | null): boolean =>
  /^text\/|[/+](?:json|xml|javascript|ecmascript)\b|x-www-form-urlencoded/i.test(type ?? '')
