import { concat, utf8 } from '../bytes.ts'

/** Kinds that can be asked about. What many people share (a bare name, a date, four digits of a card) is none. */
export const entryKinds = [
  'account',
  'domain',
  'email',
  'event',
  'hash',
  'iban',
  'iccid',
  'imei',
  'imsi',
  'ip',
  'onion',
  'pgp-key',
  'phone',
  'wallet',
] as const
export type EntryKind = (typeof entryKinds)[number]

export const isEntryKind = (text: string): text is EntryKind => entryKinds.some((kind) => kind === text)

/**
 * One thing a side asks about or holds. `inputs` are what is evaluated: one canonical form as a rule, several where
 * one thing has several forms or a place has neighbours. `reference` is the owner's own; it never leaves.
 */
export interface Entry {
  readonly reference: string
  readonly kind: EntryKind
  readonly inputs: readonly Uint8Array[]
}

export interface EntryRefusal {
  readonly code: string
  /** For an officer; repeats no value. */
  readonly says: string
}

/** Type tag, a zero byte, canonical form: the same text under two kinds is two inputs. */
export const inputOf = (kind: EntryKind | 'control' | 'dummy' | 'canary', canonical: string | Uint8Array): Uint8Array =>
  concat(utf8(kind), Uint8Array.of(0), typeof canonical === 'string' ? utf8(canonical) : canonical)

/** No canonical form of any kind is longer. */
export const longestCanonical = 1024
