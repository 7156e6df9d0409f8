import type { ListKind, SourceFile } from '@tandem/identifiers'
import type { ContextFile, ContextFormat } from './content.ts'
import type { FileAccount } from './tally.ts'

/** A file that was read, without its content: what a report of the check names. */
export interface ContextHolding {
  readonly file: SourceFile
  readonly format: ContextFormat
  readonly asOf: string | null
  readonly kinds: readonly ListKind[]
  /** `GeoLite2-ASN` and the like. */
  readonly database: string | null
  readonly account: FileAccount
}

export const holdingOf = ({ file, format, asOf, account, content }: ContextFile): ContextHolding => ({
  file,
  format,
  asOf,
  account,
  kinds:
    content.kind === 'ranges'
      ? [...new Set(content.ranges.flatMap(({ value }) => (value.kind === null ? [] : [value.kind])))]
      : content.kind === 'networks'
        ? [content.about]
        : [],
  database: content.kind === 'mmdb' ? content.database.databaseType : null,
})

interface Wanted {
  readonly says: string
  readonly has: (holding: ContextHolding) => boolean
}

const wanted: readonly Wanted[] = [
  { says: 'Tor consensuses', has: ({ format }) => format === 'tor-consensus' },
  { says: 'Tor exit lists', has: ({ format }) => format === 'tor-exit-list' },
  { says: 'a list of VPN addresses', has: (holding) => tells(holding, 'vpn', /Anonymous|Residential-Proxy/) },
  { says: 'a list of relay services', has: (holding) => tells(holding, 'relay service', /^$/) },
  { says: 'a list of hosting services', has: (holding) => tells(holding, 'hosting', /Anonymous/) },
  {
    says: 'a list of carrier NAT or mobile networks',
    has: (holding) => tells(holding, 'carrier NAT', /Connection-Type/) || tells(holding, 'mobile', /^$/),
  },
  { says: 'delegations of the registries', has: ({ format }) => format === 'rir-delegations' },
]

const tells = ({ kinds, database }: ContextHolding, kind: ListKind, type: RegExp): boolean =>
  kinds.includes(kind) || (database !== null && type.test(database))

/** What was not there to ask: an officer must know what a silence rests on. */
export const lackingIn = (holdings: readonly ContextHolding[]): string[] =>
  wanted.filter(({ has }) => !holdings.some(has)).map(({ says }) => says)
