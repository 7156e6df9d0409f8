import type { ThreeValued } from '@tandem/core'
import type { HashKind } from './hash-value.ts'
import type { CsvDialect } from './rows.ts'

/** Which column: its name in the header row (case and outer blanks do not matter), or its position from 0. */
export type ColumnAt = string | number

export type HashColumn = { readonly at: ColumnAt } & (
  | { readonly is: HashKind }
  /** MD5 and SHA-1 are told by their length; 64 characters fit SHA-256 and PDQ, so the profile must say which. */
  | { readonly is: 'hash-by-length'; readonly sixtyFour: 'sha256' | 'pdq' }
  | { readonly is: 'pdq-quality' }
  | { readonly is: 'id' }
  | { readonly is: 'category'; readonly scheme: string; readonly values?: { readonly [written: string]: string } }
  | { readonly is: 'flag'; readonly name: string; readonly values?: { readonly [written: string]: ThreeValued } }
  /** A row whose cell holds one of these words withdraws its hashes. */
  | { readonly is: 'withdrawn'; readonly words: readonly string[] }
  | { readonly is: 'not-read' }
)

/** What was agreed with the sender about one kind of file. There is no way to say "these files are harmless". */
export interface HashCsvProfile {
  readonly id: string
  readonly dialect: CsvDialect
  readonly header: 'row' | 'none'
  readonly columns: readonly HashColumn[]
  readonly terms: ListTerms
}

/** Travels with the list; null where nothing was agreed. */
export interface ListTerms {
  readonly licence: string | null
  readonly allowedUse: string | null
  readonly retentionDays: number | null
  /** What a new delivery means for entries it no longer holds. */
  readonly withdrawal: 'full-list-replaces' | 'tombstones' | 'not-agreed'
}

export const noTerms: ListTerms = { licence: null, allowedUse: null, retentionDays: null, withdrawal: 'not-agreed' }

export const flagWords: { readonly [written: string]: ThreeValued } = {
  yes: 'yes',
  y: 'yes',
  true: 'yes',
  '1': 'yes',
  no: 'no',
  n: 'no',
  false: 'no',
  '0': 'no',
  '': 'not said',
  null: 'not said',
  unknown: 'not said',
}

/** INTERPOL ICSE hash list. Its words for flags are not public: another word reads as not said, with a remark. */
export const icseProfile: HashCsvProfile = {
  id: 'interpol-icse/1',
  dialect: { delimiter: ';', encoding: 'utf-8', looseQuotes: false },
  header: 'row',
  columns: [
    { at: 'MD5', is: 'md5' },
    { at: 'SHA1', is: 'sha1' },
    { at: 'PhotoDNA', is: 'photodna' },
    { at: 'Image ID', is: 'id' },
    { at: 'Is distributed', is: 'flag', name: 'isDistributed' },
    { at: 'Victim identified', is: 'flag', name: 'victimIdentified' },
    { at: 'Offender identified', is: 'flag', name: 'offenderIdentified' },
    { at: 'Series name', is: 'not-read' },
    { at: 'Number of submissions', is: 'not-read' },
    { at: 'File Available', is: 'flag', name: 'fileAvailable' },
    { at: 'Media Type', is: 'not-read' },
    { at: 'Baseline', is: 'flag', name: 'baseline' },
  ],
  terms: noTerms,
}
