import type { Instant } from '../subjects/events.ts'

/** A value that a record names: an account, a phone, an address, a file. */
export interface Observed {
  readonly record: string
  readonly kind: ObservedKind
  /** In its normal form. */
  readonly value: string
  readonly at?: Instant
}

export interface KindRule {
  /**
   * More identity contexts than this cannot rightfully own one value: then it is generic. Several for each person, whose
   * accounts and phones need not stand together anywhere else.
   */
  readonly most: number
  /** Its issuer gives it to one holder: evidence alone never suppresses it, a person is asked. */
  readonly exclusive: boolean
  /** It tells one identity from another well enough to count identities by. */
  readonly identifies: boolean
  /** Of two records that share one such value and nothing else: log2 of the odds that they are one person. */
  readonly odds: number
}

const rule = (most: number, odds: number, options: Partial<KindRule> = {}): KindRule => ({
  ...{ most, odds, exclusive: false, identifies: false },
  ...options,
})

/**
 * How many people may share one value of a kind, and what sharing it says. Declared by this engine from what the kinds
 * are, not learned and not taken from a publication: a household has a phone and a computer, a platform gives an account
 * name once, an address of the internet is lent.
 */
export const kindRules = {
  account: rule(6, 7, { exclusive: true, identifies: true }),
  email: rule(6, 6, { identifies: true }),
  phone: rule(8, 4, { identifies: true }),
  imsi: rule(6, 6, { exclusive: true, identifies: true }),
  iccid: rule(6, 5, { exclusive: true, identifies: true }),
  'pgp-key': rule(4, 6, { exclusive: true, identifies: true }),
  document: rule(4, 8, { exclusive: true, identifies: true }),
  handle: rule(4, -1),
  imei: rule(8, 3),
  'device-id': rule(8, 3),
  mac: rule(8, 2),
  wallet: rule(4, 3),
  iban: rule(6, 4),
  ip: rule(10, -2),
  hash: rule(4, -4),
} as const satisfies Readonly<Record<string, KindRule>>
export type ObservedKind = keyof typeof kindRules

export const observedKinds: readonly ObservedKind[] = Object.keys(kindRules).filter(
  (kind): kind is ObservedKind => kind in kindRules,
)

/** The name under which a value is suppressed and stands in evidence. */
export const valueKey = ({ kind, value }: Pick<Observed, 'kind' | 'value'>): string => `${kind} ${value}`
