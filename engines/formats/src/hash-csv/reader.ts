import { type Limits, type Reader, type ReaderEnd, wholeFile } from '../reader.ts'
import type { Entry, ListEntryRecord } from '../record.ts'
import { closeList, streamList } from '../vics/list-end.ts'
import { defaultHashCsvOptions, HashCsvListReader, profileNeeded, readHashCsvList } from './list.ts'
import { readCsvRowsOf } from './rows.ts'
import { sniffHashCsv } from './sniff.ts'

/** Any table may hold a hash column, so without a header we know this is only ever a possibility. */
export const hashCsvReader: Reader = {
  id: 'hash-csv',
  title: 'Hash list (CSV)',
  detect: (head) => {
    if (head.looksLike !== 'csv' && head.looksLike !== 'text' && head.bom !== 'utf-16le') return 'no'
    const sniffed = sniffHashCsv(head.bytes)
    if (sniffed.kind === 'profile') return sniffed.profile.id === 'sniffed' ? 'possible' : 'certain'
    return sniffed.questions.some(({ about }) => about === 'no-hash-column') ? 'no' : 'possible'
  },
  read: readHashCsv,
  stream: (chunks, limits, skip) => streamList(readHashCsvList(chunks, { limits }), skip),
}

function* readHashCsv(bytes: Uint8Array, limits: Limits): Generator<Entry<ListEntryRecord>, ReaderEnd, undefined> {
  const sniffed = sniffHashCsv(bytes)
  if (sniffed.kind === 'questions') {
    const { code, says } = profileNeeded(sniffed.questions)
    yield wholeFile(code, says)
    return { claimedRecords: null, remarks: [] }
  }
  const reader = new HashCsvListReader(sniffed.profile, { ...defaultHashCsvOptions, limits })
  const rows = readCsvRowsOf(bytes, sniffed.profile.dialect, limits)
  for (;;) {
    const next = rows.next()
    if (next.done === true) return yield* closeList(reader.end(next.value.problem))
    const entry = reader.row(next.value)
    if (entry !== null) yield entry
    if (reader.failed) return yield* closeList(reader.end(null))
  }
}
