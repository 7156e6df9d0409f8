import { XmlNode } from '../ncmec-ispws/node.ts'
import { guardXml } from '../ncmec-ispws/xml-guard.ts'
import { parseXml, placedChildren, type XmlElement } from '../ncmec-ispws/xml-tree.ts'
import { defaultLimits, type Limits } from '../reader.ts'
import type { Entry, ListEntryRecord, Remark } from '../record.ts'
import { type ListEnd, type ListReading, Tally, UnknownFields } from '../vics/list-end.ts'
import { entryNames, readEntry } from './entry.ts'

/** Each has its own data and rights: what is exploitative is not abuse material. The pages do not say which they are of. */
export const hashSharingEnvironments = [
  'industry-csam',
  'industry-exploitative',
  'law-enforcement-csam',
  'npo-csam',
  'exploitative',
  'generative-ai-csam',
  'generative-ai-exploitative',
] as const
export type HashSharingEnvironment = (typeof hashSharingEnvironments)[number]

export interface HashSharingOptions {
  readonly environment: HashSharingEnvironment | null
  readonly limits: Limits
}

export const defaultHashSharingOptions: HashSharingOptions = { environment: null, limits: defaultLimits }

const otherAnswers: ReadonlyMap<string, string> = new Map([
  ['status', 'the answer to a status request'],
  ['availableFeedbackReasons', 'the list of reasons for feedback'],
  ['feedbackSubmission', 'feedback that somebody gives'],
  ['members', 'the list of members'],
])

/** One page of entries, in the order of the page: an update may carry an older time than what it replaces. */
export function* readHashSharingPage(
  bytes: Uint8Array,
  options: HashSharingOptions = defaultHashSharingOptions,
): Generator<Entry<ListEntryRecord>, ListEnd, undefined> {
  const tally = new Tally()
  const unknown = new UnknownFields()
  const remarks: Remark[] = []
  const failed = (reason: Remark): ListEnd => ({
    complete: false,
    reason,
    account: tally.account(),
    notes: { unknownFields: unknown.counted(), remarks },
  })
  const text = guardXml(bytes, options.limits)
  if (!text.ok) return failed(text.error)
  const { root, problem } = parseXml(text.value, options.limits)
  if (problem !== null) return failed(problem)
  if (root === null) return failed({ code: 'empty', place: 'whole file', says: 'The file holds no element.' })
  const place = `/${root.name}`
  if (root.local !== 'queryResult') {
    const what = otherAnswers.get(root.local) ?? 'something else'
    return failed({ code: 'not-a-page', place, says: `This is ${what}, not a page of entries.` })
  }
  const scheme = `ncmec-hash-sharing/${options.environment ?? 'environment not said'}`
  let claimed: number | null = null
  for (const { element: group, place: at } of placedChildren(root, place)) {
    if (group.local === 'paging') remarks.push(...nextPage(group, at))
    else if (group.local !== 'images' && group.local !== 'videos') unknown.add(group.local)
    else {
      const stated = countOf(group)
      claimed = stated === null ? claimed : (claimed ?? 0) + stated
      let here = 0
      for (const { element, place: where } of placedChildren(group, at)) {
        const name = entryNames.find((each) => each === element.local)
        if (name === undefined) {
          unknown.add(element.local)
          yield tally.count(unread(where))
          continue
        }
        here += 1
        if (tally.records >= options.limits.maxRecords) {
          return failed({
            code: 'too-many-records',
            place: where,
            says: 'The page has more entries than this lane accepts.',
          })
        }
        const node = XmlNode.root(element, where)
        yield tally.count(readEntry(node, name, scheme))
        for (const untaken of node.untaken()) unknown.add(untaken.slice(where.length + 1).replace(/\[\d+\]/g, ''))
      }
      if (stated !== null && stated !== here) {
        remarks.push({ code: 'count-differs', place: at, says: `The page counts ${stated}, it holds ${here}.` })
      }
    }
  }
  return {
    complete: true,
    account: tally.account(),
    claimedCount: claimed,
    notes: { unknownFields: unknown.counted(), remarks },
  }
}

const unread = (place: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code: 'entry-unknown', place, says: 'Neither an image, a video nor the deletion of one.' },
})

function countOf(group: XmlElement): number | null {
  const written = group.attributes.find(({ name }) => name === 'count')?.value.trim() ?? ''
  return /^\d{1,9}$/.test(written) ? Number(written) : null
}

/** The page says how the next one is asked for: relative to the service, so a person or a fetcher resolves it. */
function nextPage(paging: XmlElement, place: string): Remark[] {
  const next = paging.children.find(({ local }) => local === 'next')?.text.trim() ?? ''
  return next === '' ? [] : [{ code: 'more-pages', place, says: `A further page follows: ${next.slice(0, 500)}` }]
}

/** A page is at most a thousand entries, so it is held whole; over the limit it fails whole. */
export async function* readHashSharingList(
  chunks: AsyncIterable<Uint8Array>,
  options: Partial<HashSharingOptions> = {},
): ListReading {
  const all = { ...defaultHashSharingOptions, ...options }
  const held: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > all.limits.maxBytes) break
    held.push(Uint8Array.from(chunk))
  }
  if (length > all.limits.maxBytes) {
    const reason = { code: 'too-large', place: 'whole file', says: `A page larger than ${all.limits.maxBytes} bytes.` }
    const account = { records: 0, accepted: 0, remarked: 0, setAside: 0 }
    return { complete: false, reason, account, notes: { unknownFields: {}, remarks: [] } }
  }
  return yield* readHashSharingPage(Buffer.concat(held), all)
}
