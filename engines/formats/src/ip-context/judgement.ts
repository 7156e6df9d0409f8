import type { TimeClaim } from '@tandem/core'
import type {
  EmbeddedAddress,
  ListKind,
  RequestJudgement,
  SourceFile,
  SpecialRange,
  TimeDoubt,
  TorVerdict,
} from '@tandem/identifiers'
import type { MmdbRecord } from './mmdb/reader.ts'

/** All that is known of one address at one time, each statement with the file that says it. */
export interface IpJudgement {
  readonly written: string
  /** Normal form; null: no address. */
  readonly address: string | null
  readonly port: number | null
  readonly time: {
    readonly claim: TimeClaim | null
    readonly doubt: TimeDoubt | null
    /** Every instant that was judged, RFC 3339 in UTC. */
    readonly instants: readonly string[]
  }
  readonly special: SpecialRange | null
  readonly embedded: EmbeddedAddress | null
  readonly tor: TorTold | null
  readonly lists: readonly ListTelling[]
  readonly delegations: readonly RangeTelling[]
  readonly countries: readonly RangeTelling[]
  readonly databases: readonly DatabaseTelling[]
  readonly request: RequestJudgement
}

export interface TorTold {
  readonly verdict: TorVerdict | 'depends' | 'refused'
  readonly says: string
  readonly readings: readonly {
    readonly at: string
    readonly verdict: TorVerdict
    /** To the consensus that decides, or to the nearest one; 0 while it was valid. */
    readonly minutes: number | null
    readonly consensus: { readonly file: SourceFile; readonly validAfter: string; readonly validUntil: string } | null
    /** At most ten, the nearest first. */
    readonly relays: readonly {
      readonly fingerprint: string
      readonly nickname: string
      readonly how: 'listed' | 'scanned'
      readonly policy: string | null
      readonly minutes: number
      readonly consensus: SourceFile
      readonly scan: { readonly at: string; readonly file: SourceFile } | null
    }[]
    readonly nearby: readonly string[]
    readonly lacks: readonly string[]
  }[]
}

export interface RangeTelling {
  readonly range: string
  readonly country: string | null
  readonly registry: string | null
  readonly status: string | null
  readonly date: string | null
  readonly file: SourceFile
}

export interface ListTelling {
  readonly kind: ListKind
  readonly list: string
  readonly range: string
  readonly date: string | null
  readonly file: SourceFile
}

export interface DatabaseTelling {
  readonly type: string
  readonly built: string
  readonly network: string
  readonly record: MmdbRecord
  readonly file: SourceFile
}
