import { readUrl } from '@tandem/identifiers'
import { hashKindNamed, hashProblemSays, readHash } from '../hash-csv/hash-value.ts'
import type { FileMentioned } from '../record.ts'
import type { Draft, Owner, PersonDraft } from './draft.ts'
import type { XmlNode } from './node.ts'
import { newPerson, nonEmpty, readDevices, readIpEvent } from './person.ts'

const knownLabels: ReadonlySet<string> = new Set([
  'animeDrawingVirtualHentai',
  'potentialMeme',
  'viral',
  'possibleSelfProduction',
  'physicalHarm',
  'violenceGore',
  'bestiality',
  'liveStreaming',
  'infant',
  'generativeAi',
])

/** Letter: apparent age; digit: content. One scheme is never converted to another. */
const CLASSIFICATION_SCHEME = 'industry-classification'

/** Reads one `fileDetails`. Its `reportId` is left to the caller, who knows what it points to. */
export function readFileDetails(draft: Draft, node: XmlNode): void {
  const index = draft.files.length
  const owner: Owner = { person: null, file: index }
  const labels = readLabels(draft, node.one('fileAnnotations'))
  const relevance = node.one('fileRelevance')
  const location = node.one('locationOfFile')
  const file: FileMentioned = {
    place: node.place,
    name: nonEmpty(node.one('originalFileName')),
    hashes: readHashes(draft, node, owner),
    contentType: null,
    viewedByProvider: draft.said(node.one('fileViewedByEsp')),
    publiclyAvailable: draft.said(node.one('publiclyAvailable')),
    category: readClassification(draft, node, relevance),
    labels,
    uploadedAt: draft.time(node.one('uploadedToEspTimestamp')),
    url: nonEmpty(location),
  }
  draft.files.push(file)
  if (relevance?.trimmed === 'Supplemental Reported' && labels.includes('potentialMeme')) {
    draft.remark('meme-on-supplement', node.place, 'Only a reported file may be marked as a potential meme.')
  }
  if (location !== null && file.url !== null) draft.mention('locationOfFile', location, owner, readUrl(location.text))
  draft.leaf(node.one('fileId'), owner)
  draft.leaf(relevance, owner)
  draft.leaf(node.one('exifViewedByEsp'), owner)
  readDevices(draft, node, owner)
  for (const event of node.all('ipCaptureEvent')) {
    const uploader = uploaderOf(draft, node)
    readIpEvent(draft, event, uploader.draft, { person: uploader.index, file: index })
  }
  for (const details of node.all('details')) readPairs(draft, details, owner)
  for (const info of node.all('additionalInfo')) draft.narrative(info, 'file')
}

/**
 * The address a file came from belongs to the one reported account. Where the file stands alone, or several accounts
 * are reported, it belongs to somebody not named: an entry of its own, so that nobody is given an address by guess.
 */
export function uploaderOf(draft: Draft, node: XmlNode): { readonly index: number; readonly draft: PersonDraft } {
  const here = draft.people.findIndex((person) => person.place === node.place)
  const index = here >= 0 ? here : soleReported(draft)
  const known = draft.people[index]
  return known === undefined ? newPerson(draft, 'other', node, {}) : { index, draft: known }
}

function soleReported(draft: Draft): number {
  const reported = draft.people.filter((person) => person.role === 'reported')
  const only = reported[0]
  return reported.length === 1 && only !== undefined ? draft.people.indexOf(only) : -1
}

function readLabels(draft: Draft, node: XmlNode | null): string[] {
  if (node === null) return []
  return node.everyChild().flatMap((label) => {
    if (!knownLabels.has(label.name)) {
      draft.remark('annotation-unknown', label.place, 'A file annotation we do not know; it is kept by its name.')
    }
    return draft.flag(label) === 'yes' ? [label.name] : []
  })
}

function readClassification(draft: Draft, node: XmlNode, relevance: XmlNode | null): FileMentioned['category'] {
  const classification = node.one('industryClassification')
  const value = nonEmpty(classification)
  if (classification === null || value === null) return null
  if (!/^[AB][12]$/.test(value)) {
    draft.remark('classification-unknown', classification.place, 'Not one of A1, A2, B1, B2; kept as sent.')
  }
  if (relevance?.trimmed === 'Supplemental Reported') {
    const says = 'Only a reported file may be classified; the classification is kept.'
    draft.remark('classification-on-supplement', classification.place, says)
  }
  return { scheme: CLASSIFICATION_SCHEME, value }
}

function readHashes(draft: Draft, node: XmlNode, owner: Owner): FileMentioned['hashes'] {
  return node.all('originalFileHash').flatMap((hash) => {
    const named = hash.attribute('hashType')?.value.trim() ?? ''
    return readOneHash(draft, hash, named, owner)
  })
}

function readOneHash(draft: Draft, node: XmlNode, named: string, owner: Owner): FileMentioned['hashes'] {
  const kind = hashKindNamed(named)
  if (kind === null) {
    const value = node.trimmed.toLowerCase()
    if (named !== '' && /^[0-9a-f]{16,1024}$/.test(value)) {
      return [{ kind: named.toLowerCase().replace(/[^a-z0-9]/g, ''), value, place: node.place }]
    }
    draft.remark('hash-kind-unknown', node.place, 'A hash of a kind we do not know; it is kept as text.')
    draft.detail(`hash:${named === '' ? 'unnamed' : named}`, node.text, node.place, owner)
    return []
  }
  const read = readHash(kind, node.text)
  if (read.ok) return [{ ...read.value, place: node.place }]
  draft.remark(read.error, node.place, `Hash not used: ${hashProblemSays[read.error]}.`)
  draft.detail(`hash:${named}`, node.text, node.place, owner)
  return []
}

/** `details`: named values of EXIF, or further hashes. */
function readPairs(draft: Draft, node: XmlNode, owner: Owner): void {
  const type = node.attribute('type')?.value.trim().toLowerCase() ?? 'unnamed'
  for (const pair of node.all('nameValuePair')) {
    const inner = pair.attribute('type')?.value.trim().toLowerCase() ?? type
    const value = pair.one('value')
    const name = nonEmpty(pair.one('name')) ?? 'unnamed'
    if (value !== null) draft.detail(`${inner}:${name}`, value.text, value.place, owner)
  }
}
