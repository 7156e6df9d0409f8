import type { Head } from '../head.ts'
import type { Fit, FormatId, Limits, Reader, ReaderEnd } from '../reader.ts'
import type { Entry, ListEntryRecord } from '../record.ts'
import { readContext } from './context.ts'
import { defaultVicsOptions, VicsListReader } from './list.ts'
import type { ListEnd } from './list-end.ts'

const readerFor = (id: FormatId, title: string, key: string): Reader => ({
  id,
  title,
  detect: (head: Head): Fit => {
    const first = head.topLevel[0]
    if (first?.key !== key || first.value === null) return 'no'
    return readContext(key, first.value.replaceAll('\\/', '/')) === null ? 'possible' : 'certain'
  },
  read: readVics,
})

export const vics1Reader = readerFor('vics/1', 'VICS / CAID 1.x hash list', 'odata.metadata')
export const vics2Reader = readerFor('vics/2', 'VICS / CAID 2.x hash list', '@odata.context')

/** For a file in memory. A list that ends badly closes with one entry set aside for the part that is missing. */
export function* readVics(bytes: Uint8Array, limits: Limits): Generator<Entry<ListEntryRecord>, ReaderEnd, undefined> {
  const reader = new VicsListReader({ ...defaultVicsOptions, depth: limits.maxDepth, records: limits.maxRecords })
  yield* reader.push(bytes)
  return yield* closeList(reader.end())
}

export function* closeList(end: ListEnd): Generator<Entry<ListEntryRecord>, ReaderEnd, undefined> {
  if (!end.complete) yield { outcome: 'set-aside', place: end.reason.place, reason: end.reason }
  const unknown = Object.entries(end.notes.unknownFields).map(([name, count]) => ({
    code: 'unknown-field',
    place: name,
    says: `A field that is not read, in ${count} entries.`,
  }))
  const remarks = [...end.notes.remarks, ...unknown]
  return { claimedRecords: end.complete ? end.claimedCount : null, remarks }
}
