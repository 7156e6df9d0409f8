import type { SourceFile } from '../source-file.ts'

/** What one relay said of itself, the same over all consensuses of its intervals. */
export interface TorEntry {
  readonly fingerprint: string
  readonly nickname: string
  readonly addresses: readonly string[]
  readonly policy: string | null
}

/** A consensus without its relays: those are intervals. */
export interface ConsensusHead {
  readonly file: SourceFile
  readonly flavour: 'full' | 'microdesc'
  readonly validAfter: number
  readonly validUntil: number
  readonly isWhole: boolean
  readonly relays: number
}

/** From one consensus to another, by their places in the order of time, without a gap between. */
export interface TorInterval {
  readonly entry: TorEntry
  readonly from: number
  readonly to: number
}

/** One scan, with the first file that told of it. */
export interface TorScan {
  readonly fingerprint: string
  readonly address: string
  readonly at: number
  readonly file: SourceFile
}

export interface ExitListHead {
  readonly file: SourceFile
  readonly downloaded: number | null
}

/** All consensuses and exit lists that were read, as intervals: (address, fingerprint, from, to) with file digests. */
export interface TorIndex {
  /** By valid-after, each hour once. */
  readonly consensuses: readonly ConsensusHead[]
  readonly exitLists: readonly ExitListHead[]
  readonly intervalsOf: (address: string) => readonly TorInterval[]
  readonly intervalsOfRelay: (fingerprint: string) => readonly TorInterval[]
  readonly scansOf: (address: string) => readonly TorScan[]
  /** Addresses of relays and scans in the same block: /24 for IPv4, /48 for IPv6. */
  readonly neighboursOf: (address: string) => readonly string[]
  readonly coverage: TorCoverage
}

export interface TorCoverage {
  readonly consensuses: number
  readonly exitLists: number
  readonly first: string | null
  readonly last: string | null
  readonly intervals: number
  readonly scans: number
}
