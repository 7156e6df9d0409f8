import type { Head } from './head.ts'
import type { AnyRecord, Entry, Remark } from './record.ts'

export const formatIds = [
  'uk-csea-irp/1',
  'ncmec-ispws',
  'ncmec-cybertip-json',
  'ncmec-hash-sharing',
  'threat-exchange',
  'vics/1',
  'vics/2',
  'hash-csv',
  'whatsapp-text',
  'telegram-json',
  'discord-json',
  'signal-text',
  'eml',
  'mbox',
  'provider-return',
  'access-log',
  'warc',
  'wacz',
  'har',
  'zip',
  'tar',
  'misp',
  'stix-2.1',
  'case-uco',
  'table-csv',
  'json-lines',
  'plain-text',
] as const
export type FormatId = (typeof formatIds)[number]

/** `certain`: the content names the format. `possible`: it fits, but so may another. */
export type Fit = 'certain' | 'possible' | 'no'

/**
 * One format's reader. `read` yields exactly one entry for each record it meets and never throws on bad input:
 * what cannot be read at all is one set-aside entry for the whole file (`wholeFile` makes it).
 */
export interface Reader {
  readonly id: FormatId
  readonly title: string
  /** Looks at the first bytes only and never at a file name. */
  detect(head: Head): Fit
  read(bytes: Uint8Array, limits: Limits): Generator<Entry<AnyRecord>, ReaderEnd | undefined, undefined>
  /**
   * The same for a file of any size, in flat memory. Records come in the same order with the same places; after `skip`
   * records it goes on from the next one, so that an interrupted reading can be resumed.
   */
  stream?(
    chunks: AsyncIterable<Uint8Array>,
    limits: Limits,
    skip?: number,
  ): AsyncGenerator<Entry<AnyRecord>, ReaderEnd | undefined, undefined>
}

/** What a reader may say about the file as a whole when it has yielded its last entry. */
export interface ReaderEnd {
  /** How many records the sender says there are; shown beside our count, never instead of it. */
  readonly claimedRecords: number | null
  readonly remarks: readonly Remark[]
}

/** What a hostile file may cost. Lengths are in UTF-16 units, sizes in bytes. */
export interface Limits {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxRecords: number
  /** Keys of one JSON object, attributes of one XML element. */
  readonly maxKeys: number
  readonly maxKeyLength: number
  readonly maxStringLength: number
  /** Columns of one CSV row. */
  readonly maxColumns: number
  readonly maxLineLength: number
}

export const defaultLimits: Limits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 64,
  maxRecords: 5_000_000,
  maxKeys: 10_000,
  maxKeyLength: 1024,
  maxStringLength: 256 * 1024,
  maxColumns: 1000,
  maxLineLength: 1024 * 1024,
}

/** A file that cannot be read is one record, set aside with a place and a reason in words. */
export const wholeFile = (code: string, says: string, place = 'whole file'): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place, says },
})
