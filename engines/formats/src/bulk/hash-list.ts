import { sniffHashCsv } from '../hash-csv/sniff.ts'
import type { Head } from '../head.ts'

/** The reader of hash lists sees a column of hashes, with or without questions about it. */
export function isHashList(head: Head): boolean {
  const sniffed = sniffHashCsv(head.bytes)
  return sniffed.kind === 'profile' || !sniffed.questions.some(({ about }) => about === 'no-hash-column')
}
