import type { ListKind, RangeEntry, SourceFile, TorConsensus, TorExitList } from '@tandem/identifiers'
import type { MmdbReader } from './mmdb/reader.ts'
import type { Fate, FileAccount, Tally } from './tally.ts'

/** What one range of a file says; null where the file does not. */
export interface RangeSaying {
  readonly file: SourceFile
  readonly about: 'list' | 'delegation' | 'country'
  readonly kind: ListKind | null
  readonly list: string | null
  readonly country: string | null
  /** Delegation: registry, status and date as the registry writes them. */
  readonly registry: string | null
  readonly status: string | null
  readonly date: string | null
}

/** Numbers of autonomous systems, each with what the list notes beside it. */
export interface NetworkList {
  readonly file: SourceFile
  readonly about: ListKind
  readonly list: string
  readonly date: string | null
  readonly numbers: ReadonlyMap<number, string>
}

export type ContextContent =
  | { readonly kind: 'tor-consensus'; readonly consensuses: readonly TorConsensus[] }
  | { readonly kind: 'tor-exit-list'; readonly list: TorExitList }
  | { readonly kind: 'ranges'; readonly ranges: readonly RangeEntry<RangeSaying>[] }
  | ({ readonly kind: 'networks' } & NetworkList)
  | { readonly kind: 'mmdb'; readonly database: MmdbReader }

export type ContextFormat =
  | 'tor-consensus'
  | 'tor-exit-list'
  | 'rir-delegations'
  | 'country-ranges'
  | 'range-list'
  | 'network-list'
  | 'misp-warning-list'
  | 'mmdb'

export interface ContextFile {
  readonly file: SourceFile
  readonly format: ContextFormat
  /** What the file says of its own date; null when it says nothing. */
  readonly asOf: string | null
  readonly account: FileAccount
  readonly content: ContextContent
}

/** Fed line by line, without line ends. */
export interface LineReader {
  line(text: string, number: number): Fate
  end(file: SourceFile): { readonly asOf: string | null; readonly content: ContextContent }
  readonly tally: Tally
}
