import type { ThreeValued } from '@tandem/core'
import { type HashKind, hashKindNamed, hashProblemSays, isExactKind, readHash } from '../hash-csv/hash-value.ts'
import type { Entry, ListEntryRecord, Place, Remark } from '../record.ts'

type Hash = ListEntryRecord['hashes'][number]
type OtherHash = ListEntryRecord['otherHashes'][number]

export type JsonObject = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const field = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined)

const flagNames: readonly (readonly [string, string])[] = [
  ['VictimIdentified', 'victimIdentified'],
  ['OffenderIdentified', 'offenderIdentified'],
  ['IsDistributed', 'isDistributed'],
  ['IsSuspected', 'isSuspected'],
  ['SelfGenerated', 'selfGenerated'],
  // True on every entry of a real export whose categories were all null: kept as said, never a verdict.
  ['IsPrecategorized', 'isPrecategorized'],
]

const knownFields: ReadonlySet<string> = new Set([
  'MediaID',
  'MD5',
  'SHA1',
  'SHA256',
  'PhotoDNA',
  'Category',
  'MediaSize',
  'MimeType',
  'RelativeFilePath',
  'Comments',
  'Tags',
  'Series',
  'PrecategorizationSource',
  'DateUpdated',
  'Miniature',
  'AlternativeHashes',
  'Exifs',
  'MediaFiles',
  'Segments',
  'Repositories',
  ...flagNames.map(([name]) => name),
])

/** OData bookkeeping (`odata.id`, `X@odata.navigationLinkUrl`, `@odata.type`) carries no fact. */
const isBookkeeping = (name: string): boolean => name.startsWith('odata.') || name.includes('@odata.')

export function unknownFieldsOf(media: JsonObject): string[] {
  return Object.keys(media).filter((name) => !knownFields.has(name) && !isBookkeeping(name))
}

/** Reads one Media object. `scheme` names model version and country profile: the numbers mean nothing without it. */
export function readMedia(media: JsonObject, place: Place, scheme: string): Entry<ListEntryRecord> {
  const remarks: Remark[] = []
  const hashes: Hash[] = []
  const otherHashes: OtherHash[] = []
  let refused: Remark | null = null

  const take = (name: string, kind: HashKind | null, value: unknown, at: Place): void => {
    if (value === undefined || value === null || value === '') return
    if (typeof value !== 'string') {
      remarks.push({ code: 'hash-not-text', place: at, says: 'A hash is not written as text and was left out.' })
      return
    }
    if (kind === null) {
      if (isPlainText(value)) otherHashes.push({ kind: name.toLowerCase(), value })
      return
    }
    const hash = readHash(kind, value)
    if (!hash.ok) {
      const remark = { code: hash.error, place: at, says: `${name} left out: ${hashProblemSays[hash.error]}.` }
      if (hash.error === 'hash-of-empty-file' || hash.error === 'hash-all-zero') refused ??= remark
      remarks.push(remark)
    } else if (isExactKind(hash.value.kind)) addHash({ kind: hash.value.kind, value: hash.value.value }, at)
    else if (!otherHashes.some((other) => other.kind === hash.value.kind && other.value === hash.value.value)) {
      otherHashes.push(hash.value)
    }
  }

  const addHash = (hash: Hash, at: Place): void => {
    const same = hashes.find((known) => known.kind === hash.kind)
    if (same?.value === hash.value) return
    if (same !== undefined) {
      const says = `Two different ${hash.kind} values in one entry; both are kept.`
      remarks.push({ code: 'hash-contradiction', place: at, says })
    }
    hashes.push(hash)
  }

  take('MD5', 'md5', field(media, 'MD5'), `${place}.MD5`)
  take('SHA1', 'sha1', field(media, 'SHA1'), `${place}.SHA1`)
  take('SHA256', 'sha256', field(media, 'SHA256'), `${place}.SHA256`)
  take('PhotoDNA', 'photodna', field(media, 'PhotoDNA'), `${place}.PhotoDNA`)
  const alternatives = field(media, 'AlternativeHashes')
  if (Array.isArray(alternatives)) {
    alternatives.forEach((alternative: unknown, index) => {
      if (!isObject(alternative)) return
      const written = field(alternative, 'HashName')
      const name = typeof written === 'string' ? written : 'unnamed'
      const at = `${place}.AlternativeHashes[${index}].HashValue`
      take(name, hashKindNamed(name), field(alternative, 'HashValue'), at)
    })
  }

  if (refused !== null) return { outcome: 'set-aside', place, reason: refused }
  if (hashes.length === 0 && otherHashes.length === 0) {
    const because = remarks[0]
    const says = because === undefined ? 'The entry has no hash.' : `The entry has no usable hash. ${because.says}`
    return { outcome: 'set-aside', place, reason: { code: because?.code ?? 'no-hash', place, says } }
  }
  if (!hashes.some((hash) => hash.kind === 'md5')) {
    remarks.push({ code: 'no-md5', place, says: 'The entry has no usable MD5, which the format requires.' })
  }

  const record: ListEntryRecord = {
    kind: 'list-entry',
    entryId: readId(field(media, 'MediaID')),
    hashes,
    otherHashes,
    quality: null,
    category: readCategory(field(media, 'Category'), scheme, `${place}.Category`, remarks),
    flags: readFlags(media, place, remarks),
  }
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

const isPlainText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

function readId(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && isPlainText(value) ? value : null
}

/** 0 is a category; null, absent and the empty string are "nothing". */
function readCategory(value: unknown, scheme: string, place: Place, remarks: Remark[]): ListEntryRecord['category'] {
  if (value === undefined || value === null) return null
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : null
  if (text === '') return null
  if (text === null || !isPlainText(text)) {
    remarks.push({ code: 'category-unreadable', place, says: 'The category is neither a number nor text.' })
    return null
  }
  if (/^[0-9]{1,3}$/.test(text)) return { scheme, value: String(Number(text)) }
  remarks.push({ code: 'category-unusual', place, says: 'The category is no small whole number; kept as sent.' })
  return { scheme, value: text }
}

function readFlags(media: JsonObject, place: Place, remarks: Remark[]): { [name: string]: ThreeValued } {
  const flags: { [name: string]: ThreeValued } = {}
  for (const [written, name] of flagNames) {
    const value = field(media, written)
    if (value === undefined) continue
    const read = readFlag(value)
    flags[name] = read ?? 'not said'
    if (read === null) {
      remarks.push({
        code: 'flag-unreadable',
        place: `${place}.${written}`,
        says: `${written} is neither yes nor no; read as not said.`,
      })
    }
  }
  return flags
}

const flagWords: Readonly<Record<string, ThreeValued>> = {
  true: 'yes',
  yes: 'yes',
  '1': 'yes',
  false: 'no',
  no: 'no',
  '0': 'no',
  '': 'not said',
  null: 'not said',
}

/** JSON booleans, `"true"`, `"True"`, `"1"`, 1, null and the like; null when it is none of them. */
function readFlag(value: unknown): ThreeValued | null {
  if (value !== null && typeof value === 'object') return null
  const word = String(value).trim().toLowerCase()
  return Object.hasOwn(flagWords, word) ? (flagWords[word] ?? null) : null
}
