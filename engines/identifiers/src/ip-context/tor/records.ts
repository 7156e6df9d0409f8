import type { SourceFile } from '../source-file.ts'

/** One relay of one consensus. Times are milliseconds since 1970, UTC: the files have no other zone. */
export interface TorRelay {
  readonly nickname: string
  /** 40 hexadecimal digits, upper case. */
  readonly fingerprint: string
  /** Normal forms; the first is the address of the `r` line, then those of the `a` lines. */
  readonly addresses: readonly string[]
  /** As the `p` line says: `accept 80,443`, `reject 1-65535`. Null: the file has none, so nothing is known. */
  readonly policy: string | null
  readonly flags: readonly string[]
}

export interface TorConsensus {
  readonly file: SourceFile
  readonly flavour: 'full' | 'microdesc'
  readonly validAfter: number
  readonly validUntil: number
  /** Its end was there. A cut one can say that an address was a relay, and never that it was none. */
  readonly isWhole: boolean
  readonly relays: readonly TorRelay[]
}

/** One address from which the scanner saw connections of this relay come out. */
export interface TorExitScan {
  readonly fingerprint: string
  readonly address: string
  readonly at: number
}

export interface TorExitList {
  readonly file: SourceFile
  /** When the list was fetched; null when the file does not say. */
  readonly downloaded: number | null
  readonly nodes: number
  readonly scans: readonly TorExitScan[]
}
