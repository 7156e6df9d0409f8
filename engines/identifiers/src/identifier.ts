/**
 * An identifier that passed validation. `normal` is the one form that is compared; `strength` says how it was proved:
 * by a checksum or a register, by its form alone, or weakly (free text without context).
 */
export interface Identifier {
  readonly kind: IdentifierKind
  readonly normal: string
  readonly strength: 'checksum' | 'form' | 'weak'
  /** Which test it passed, in words. */
  readonly because: string
  /** Other normal forms that name the same thing: the IPv4 address inside a v4-mapped IPv6 address. */
  readonly also?: readonly string[]
}

export const identifierKinds = [
  'account',
  'email',
  'phone',
  'ip',
  'url',
  /** A user name whose platform nobody named. Names are reused, so it is a lead of low weight. */
  'handle',
  'domain',
  'onion',
  'wallet',
  'transaction',
  'lightning',
  'iban',
  /** A payment card: brand and last four digits, never the number. */
  'card',
  'pgp-key',
  'imei',
  'imsi',
  'iccid',
  'mac',
  'uuid',
  'device-id',
  'hash',
  'coordinates',
  'date',
] as const

export type IdentifierKind = (typeof identifierKinds)[number]

/** Why a text is not an identifier of the kind asked for. `says` repeats no value. */
export interface IdentifierRefusal {
  readonly code: string
  readonly says: string
}
