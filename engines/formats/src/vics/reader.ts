import type { Head } from '../head.ts'
import type { Fit, FormatId, Limits, Reader, ReaderEnd } from '../reader.ts'
import type { Entry, ListEntryRecord } from '../record.ts'
import { readContext } from './context.ts'
import { defaultVicsOptions, readVicsList, VicsListReader } from './list.ts'
import { closeList, streamList } from './list-end.ts'

const readerFor = (id: FormatId, title: string, key: string): Reader => ({
  id,
  title,
  detect: (head: Head): Fit => {
    const first = head.topLevel[0]
    if (first?.key !== key || first.value === null) return 'no'
    return readContext(key, first.value.replaceAll('\\/', '/')) === null ? 'possible' : 'certain'
  },
  read: readVics,
  stream: (chunks, limits, skip) => streamList(readVicsList(chunks, optionsOf(limits)), skip),
})

const optionsOf = ({ maxDepth, maxRecords }: Limits) => ({
  ...defaultVicsOptions,
  depth: maxDepth,
  records: maxRecords,
})

export const vics1Reader = readerFor('vics/1', 'VICS / CAID 1.x hash list', 'odata.metadata')
export const vics2Reader = readerFor('vics/2', 'VICS / CAID 2.x hash list', '@odata.context')

/** For a file in memory. */
export function* readVics(bytes: Uint8Array, limits: Limits): Generator<Entry<ListEntryRecord>, ReaderEnd, undefined> {
  const reader = new VicsListReader(optionsOf(limits))
  yield* reader.push(bytes)
  return yield* closeList(reader.end())
}
