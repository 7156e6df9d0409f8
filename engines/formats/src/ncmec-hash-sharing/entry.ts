import { type HashKind, hashKindNamed, hashProblemSays, isExactKind, readHash } from '../hash-csv/hash-value.ts'
import type { XmlNode } from '../ncmec-ispws/node.ts'
import type { Entry, ListEntryRecord, Remark } from '../record.ts'

/** Fingerprints that are only linked: the link is valid for a moment, so it is neither followed nor kept. */
const linked: ReadonlySet<string> = new Set(['videntifier', 'tmk-pdqf', 'ssvh-pdna', 'ssvh-safer-hash'])

export const entryNames = ['image', 'video', 'deletedImage', 'deletedVideo'] as const
type EntryName = (typeof entryNames)[number]

const kindOf: Readonly<Record<EntryName, 'image' | 'video'>> = {
  image: 'image',
  video: 'video',
  deletedImage: 'image',
  deletedVideo: 'video',
}

type Details = { kind: string; value: string }[]

/**
 * One entry or tombstone. Ids are chosen by the members, so the key is member, kind and id together; a class is the
 * opinion of one member, and two members who list one hash are two entries.
 */
export function readEntry(node: XmlNode, name: EntryName, scheme: string): Entry<ListEntryRecord> {
  const place = node.place
  const remarks: Remark[] = []
  const details: Details = []
  const memberNode = node.one('member')
  const member = memberNode?.attribute('id')?.value.trim() ?? ''
  const id = node.one('id')?.trimmed ?? ''
  const timestamp = node.one('timestamp')?.trimmed ?? ''
  if (member === '' || id === '') {
    const says = 'The entry names no member or no id: nobody could withdraw it later.'
    return { outcome: 'set-aside', place, reason: { code: 'no-key', place, says } }
  }
  const entryId = `${member}/${kindOf[name]}/${id}`
  if (memberNode !== null && memberNode.trimmed !== '') details.push({ kind: 'member', value: memberNode.trimmed })
  if (timestamp !== '') details.push({ kind: 'member wrote it', value: timestamp })
  if (name === 'deletedImage' || name === 'deletedVideo') {
    return {
      outcome: 'accepted',
      place,
      record: { ...bare, entryId, category: null, flags: { withdrawn: 'yes' }, details },
    }
  }
  const { hashes, otherHashes } = readFingerprints(node.one('fingerprints'), remarks, details)
  const classification = node.one('classification')?.trimmed ?? ''
  const disputed = readFeedback(node, details)
  readCategorizations(node.one('categorizations'), details)
  const record: ListEntryRecord = {
    ...bare,
    entryId,
    hashes,
    otherHashes,
    category: classification === '' ? null : { scheme, value: classification },
    flags: disputed ? { disputed: 'yes' } : {},
    details,
  }
  if (hashes.length === 0 && otherHashes.length === 0) {
    const [because] = remarks
    const says = because === undefined ? 'The entry has no fingerprint that is read.' : because.says
    return { outcome: 'set-aside', place, reason: { code: because?.code ?? 'no-hash', place, says } }
  }
  return remarks.length === 0 ? { outcome: 'accepted', place, record } : { outcome: 'remarked', place, record, remarks }
}

const bare: ListEntryRecord = {
  kind: 'list-entry',
  entryId: null,
  hashes: [],
  otherHashes: [],
  quality: null,
  category: null,
  flags: {},
}

function readFingerprints(node: XmlNode | null, remarks: Remark[], details: Details) {
  const hashes: ListEntryRecord['hashes'][number][] = []
  const otherHashes: ListEntryRecord['otherHashes'][number][] = []
  for (const child of node?.everyChild() ?? []) {
    if (linked.has(child.name) || (child.trimmed === '' && child.attribute('href') !== null)) {
      child.attribute('rel')
      child.attribute('href')
      details.push({ kind: 'fingerprint only linked, not read', value: child.name })
      continue
    }
    const kind: HashKind | null = hashKindNamed(child.name)
    if (kind === null) {
      if (child.trimmed !== '') otherHashes.push({ kind: child.name.toLowerCase(), value: child.trimmed })
      continue
    }
    const hash = readHash(kind, child.text)
    if (!hash.ok) {
      remarks.push({
        code: hash.error,
        place: child.place,
        says: `${child.name} left out: ${hashProblemSays[hash.error]}.`,
      })
    } else if (isExactKind(hash.value.kind)) hashes.push({ kind: hash.value.kind, value: hash.value.value })
    else otherHashes.push(hash.value)
  }
  return { hashes, otherHashes }
}

/** What other members answered. True when somebody says that a fingerprint of the entry is wrong. */
function readFeedback(node: XmlNode, details: Details): boolean {
  let disputed = false
  for (const feedback of node.all('feedback')) {
    feedback.attribute('lastUpdateTimestamp')
    for (const agreed of feedback.all('affirmativeFeedback')) {
      const type = agreed.attribute('type')?.value ?? 'unnamed'
      agreed.attribute('lastUpdateTimestamp')
      details.push({ kind: `confirmed (${type})`, value: membersOf(agreed).join(', ') })
    }
    for (const denied of feedback.all('negativeFeedback')) {
      disputed = true
      const type = denied.attribute('type')?.value ?? 'unnamed'
      denied.attribute('lastUpdateTimestamp')
      // A reason and the members who give it stand side by side, in pairs, in one `reasons` or in several.
      for (const reasons of denied.all('reasons')) {
        const names = reasons.all('reason').map((reason) => {
          for (const known of ['guid', 'type']) reason.attribute(known)
          return reason.attribute('name')?.value ?? 'no reason named'
        })
        details.push({ kind: `disputed (${type})`, value: `${names.join(', ')}: ${membersOf(reasons).join(', ')}` })
      }
      if (denied.all('reasons').length === 0) {
        details.push({ kind: `disputed (${type})`, value: membersOf(denied).join(', ') })
      }
    }
  }
  return disputed
}

function membersOf(node: XmlNode): string[] {
  return node.all('members').flatMap((members) => {
    members.attribute('timestamp')
    return members.all('member').map((member) => {
      const id = member.attribute('id')?.value ?? ''
      return member.trimmed === '' ? id : member.trimmed
    })
  })
}

function readCategorizations(node: XmlNode | null, details: Details): void {
  for (const child of node?.everyChild() ?? []) {
    const name = child.attribute('name')?.value ?? child.one('name')?.trimmed ?? child.trimmed
    for (const known of ['guid', 'group']) child.attribute(known)
    for (const known of ['guid', 'group']) child.one(known)
    if (name !== '') details.push({ kind: 'categorization', value: name })
  }
}
