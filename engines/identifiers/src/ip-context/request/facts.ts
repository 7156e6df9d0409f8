import type { Result } from '@tandem/core'
import type { EmbeddedAddress } from '../embedded.ts'
import type { SpecialRange } from '../special-ranges.ts'
import type { TorAnswer, TorRefusal } from '../tor/verdict.ts'

/** What a list of ranges is about. The files themselves mostly do not say: whoever keeps them does. */
export const listKinds = [
  'vpn',
  'hosting',
  'relay service',
  'proxy',
  'carrier NAT',
  'mobile',
  'tor now',
  'special',
  'not stated',
] as const
export type ListKind = (typeof listKinds)[number]

export const timeDoubts = [
  'time-missing',
  'time-invalid',
  'zone-unknown',
  'zone-ambiguous',
  'zone-assumed',
  'hour-twice',
  'hour-left-out',
  'day-order-undecided',
] as const
export type TimeDoubt = (typeof timeDoubts)[number]

export interface TimeFacts {
  readonly doubt: TimeDoubt | null
  /** Every instant that the text can mean, milliseconds UTC; one when nothing is in doubt. */
  readonly instants: readonly number[]
  readonly isToTheSecond: boolean
}

/** The address is in a range of a list, or a database says it of its block. */
export interface Listing {
  readonly kind: ListKind
  readonly list: string
  /** Of the list, as it says; null: undated. */
  readonly date: string | null
}

export interface RequestFacts {
  /** Normal form; null: what is written is no address. */
  readonly address: string | null
  readonly version: 4 | 6
  readonly port: number | null
  readonly time: TimeFacts
  readonly special: SpecialRange | null
  readonly embedded: EmbeddedAddress | null
  /** Null: no Tor files were there to ask, or no instant to ask about. */
  readonly tor: Result<TorAnswer, TorRefusal> | null
  readonly listings: readonly Listing[]
  /** Milliseconds since 1970, UTC. */
  readonly now: number
  /** How long a provider can be expected to hold such records. */
  readonly retentionMonths: number
}
