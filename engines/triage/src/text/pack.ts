import type { FlagName } from '../facts.ts'

/** Who wrote a turn, as the source says. `other`: a witness, the sender of a report, somebody else. */
export const authorRoles = ['reported', 'victim', 'other', 'not said'] as const
export type AuthorRole = (typeof authorRoles)[number]

/** One message, post or narrative. Turns with the same role and id are read as one stream: a message may be split. */
export interface Turn {
  readonly role: AuthorRole
  readonly id?: string
  readonly text: string
}

/** Whose words a rule is about: what an offender writes, what a child at risk writes, or what anybody may write. */
export const speakers = ['reported', 'victim', 'anyone'] as const
export type Speaker = (typeof speakers)[number]

export interface TextRule {
  readonly id: string
  /** One line an officer can read out in court. */
  readonly says: string
  /** A stage of grooming and the like, for the order of a story; null where there is none. */
  readonly stage: string | null
  /** The fact that this would state if an officer agreed with it. */
  readonly signal: FlagName
  readonly spokenBy: Speaker
  /** The id of a source of the pack. */
  readonly source: string
  readonly find: readonly string[]
  readonly unless: readonly string[]
  /** Each is one text, or the messages of one author in a row. Tested whenever the pack is loaded. */
  readonly examples: readonly (readonly string[])[]
  readonly counterExamples: readonly (readonly string[])[]
}

export interface RulePack {
  readonly pack: string
  readonly version: number
  readonly owner: string
  /** BCP 47, `und` for rules of no language. */
  readonly language: string
  readonly licence: string
  readonly says: string
  readonly sources: readonly { readonly id: string; readonly title: string; readonly address: string | null }[]
  readonly rules: readonly TextRule[]
}
