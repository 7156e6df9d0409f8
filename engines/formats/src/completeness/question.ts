import type { PersonMentioned, ReferralRecord } from '../record.ts'
import type { Offence } from './offence.ts'

/** `part`: something is there, and `lacks` says what of it is missing. */
export type Found = { readonly is: 'given' | 'absent' } | { readonly is: 'part'; readonly lacks: string }

export interface Question {
  readonly id: string
  /** What is looked for, in words for an officer. */
  readonly asks: string
  /** Without an essential one nobody can act; the others make acting quicker or safer. */
  readonly isEssential: boolean
  /** Null: asked of every kind. */
  readonly of: readonly Offence[] | null
  /** What a sender is asked to send. */
  readonly request: string
  look(record: ReferralRecord): Found
  /** Asked of every report unless this says otherwise. */
  applies?(record: ReferralRecord): boolean
}

export const given: Found = { is: 'given' }
export const absent: Found = { is: 'absent' }
export const part = (lacks: string): Found => ({ is: 'part', lacks })
export const when = (said: boolean): Found => (said ? given : absent)

/** Some but not all of many things. */
export function each<T>(all: readonly T[], has: (one: T) => boolean, lacks: (missing: number) => string): Found {
  if (all.length === 0) return absent
  const missing = all.filter((one) => !has(one)).length
  if (missing === 0) return given
  return missing === all.length ? absent : part(lacks(missing))
}

export const reported = ({ people }: ReferralRecord): readonly PersonMentioned[] =>
  people.filter(({ role }) => role === 'reported')
export const others = ({ people }: ReferralRecord): readonly PersonMentioned[] =>
  people.filter(({ role }) => role === 'recipient' || role === 'victim')

export function hasMention(record: ReferralRecord, of: readonly PersonMentioned[], kinds: readonly string[]): boolean {
  return record.mentions.some(
    ({ person, identifier }) =>
      person !== null && kinds.includes(identifier.kind) && of.some((one) => record.people[person] === one),
  )
}

export const detail = ({ details = [] }: ReferralRecord, like: RegExp): boolean =>
  details.some(({ kind }) => like.test(kind))
