import type { HashKind } from '../exact/index.ts'
import type { JsonObject } from '../saved/index.ts'

export const fingerprintKinds = ['md5', 'sha1', 'sha256', 'pdq'] as const
export type FingerprintKind = (typeof fingerprintKinds)[number]

export const isExact = (kind: FingerprintKind): kind is HashKind => kind !== 'pdq'

/** One version of one list, as its sender names it. */
export interface ListAbout {
  readonly name: string
  /** Null where the list does not say. */
  readonly version: string | null
  /** The scheme of its categories, for example `VICS UK`; schemes are never converted. */
  readonly scheme: string | null
  /** Where its perceptual hashes come from, when known: `full` or `cli512`. */
  readonly dialect: string | null
}

export interface ListedHash {
  readonly kind: FingerprintKind
  /** Hex of either case. */
  readonly value: string
}

/** What a list says of one item. */
export interface NewEntry {
  readonly hashes: readonly ListedHash[]
  /** The sender's own id; need not be unique. */
  readonly entryId?: string | null
  readonly category?: string | null
  /** When it differs from the list's. */
  readonly scheme?: string | null
  /** PDQ quality 0 to 100. */
  readonly quality?: number | null
}

/** What is known of an entry on a list. */
export interface EntryAbout {
  /** Position on the list, from 0. */
  readonly entry: number
  readonly entryId: string | null
  readonly category: { readonly scheme: string | null; readonly value: string } | null
  readonly quality: number | null
}

export const aboutAsJson = ({ name, version, scheme, dialect }: ListAbout): JsonObject => ({
  name,
  version,
  scheme,
  dialect,
})
