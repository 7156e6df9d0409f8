import { childOf, openJson, scalarOf } from '../bulk/json-view.ts'
import { defaultLimits, type Limits } from '../reader.ts'
import type { AnyRecord, Entry, ListEntryRecord, Remark } from '../record.ts'
import { type ListEnd, type ListReading, Tally } from '../vics/list-end.ts'
import { readRow } from './row.ts'

/** All rows of a page, fingerprints and other signals, in the order of the page. */
export function* readSignalPage(bytes: Uint8Array, limits: Limits): Generator<Entry<AnyRecord>, ListEnd, undefined> {
  const tally = new Tally()
  const failed = (reason: Remark): ListEnd => ({ complete: false, reason, account: tally.account(), notes: none })
  const opened = openJson(bytes, limits)
  if (opened.root === null) {
    return failed(opened.entry.outcome === 'set-aside' ? opened.entry.reason : notAPage)
  }
  const data = childOf(opened.root, 'data') ?? (opened.root.type === 'array' ? opened.root : null)
  if (data?.type !== 'array') return failed(notAPage)
  // Two programs could read such a page differently, and a deletion must mean one thing.
  const [fault] = opened.remarks.filter(({ code }) => code === 'json-duplicate-key')
  if (fault !== undefined) return failed(fault)
  for (const [index, row] of data.items.entries()) {
    if (index >= limits.maxRecords) {
      return failed({
        code: 'too-many-records',
        place: `$.data[${index}]`,
        says: 'The page has more rows than this lane accepts.',
      })
    }
    yield tally.count(readRow(row, `$.data[${index}]`))
  }
  const next =
    scalarOf(childOf(opened.root, 'paging', 'next')) ?? scalarOf(childOf(opened.root, 'paging', 'cursors', 'after'))
  const more = next === null ? [] : [{ code: 'more-pages', place: '$.paging', says: 'A further page follows.' }]
  return {
    complete: true,
    account: tally.account(),
    claimedCount: null,
    notes: { unknownFields: {}, remarks: [...opened.remarks, ...more] },
  }
}

const none = { unknownFields: {}, remarks: [] }
const notAPage: Remark = { code: 'not-a-page', place: 'whole file', says: 'The file holds no list of rows (`data`).' }

/** The fingerprints of a page as a list: other signals are set aside, since no file can be matched with them. */
export async function* readSignalList(
  chunks: AsyncIterable<Uint8Array>,
  options: { readonly limits?: Limits } = {},
): ListReading {
  const limits = options.limits ?? defaultLimits
  const held: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > limits.maxBytes) break
    held.push(Uint8Array.from(chunk))
  }
  const tally = new Tally()
  // Over the limit the page fails whole, by the limit of the JSON reader.
  const page = readSignalPage(Buffer.concat(held, Math.min(length, limits.maxBytes + 1)), limits)
  let step = page.next()
  while (step.done !== true) {
    yield tally.count(fingerprintOf(step.value))
    step = page.next()
  }
  return { ...step.value, account: tally.account() }
}

function fingerprintOf(entry: Entry<AnyRecord>): Entry<ListEntryRecord> {
  if (entry.outcome === 'set-aside') return entry
  const { record, place } = entry
  if (record.kind === 'list-entry') return { ...entry, record }
  const says = 'This signal is no fingerprint of a file: deliver the page through intake as well.'
  return { outcome: 'set-aside', place, reason: { code: 'no-fingerprint', place, says } }
}
