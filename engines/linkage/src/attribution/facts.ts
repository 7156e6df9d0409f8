import type { ThreeValued } from '@tandem/core'

/** What an attribution rests on, as the records of the cell say it now. Nothing here was typed by anybody. */
export interface AttributionFacts {
  readonly event: EventFacts
  readonly context: ContextFacts
  /** Null: no answer of a provider is in the cell. */
  readonly answer: AnswerFacts | null
  readonly checks: AttributionChecks
  readonly lines: readonly LineFacts[]
}

/** The use of an address that somebody reported. */
export interface EventFacts {
  /** Normal form; null: what is written is no address. */
  readonly address: string | null
  readonly port: number | null
  /** RFC 3339 in UTC; null when the text leaves it open. */
  readonly instant: string | null
  readonly zone: 'stated' | 'assumed' | 'unknown'
  readonly possibleProxy: ThreeValued
  readonly accountCompromised: ThreeValued
  /** The file that it stands in. */
  readonly source: string
}

/** What is known of the address at that time, by the reasons that the IP context names. */
export interface ContextFacts {
  readonly reasons: readonly { readonly code: string; readonly weighs: 'no' | 'more' | 'note'; readonly says: string }[]
  /** Null: no Tor file could be asked. */
  readonly tor: string | null
}

/** What the answer says to the question: who had this address, with this port, at this instant. */
export interface AnswerFacts {
  /** It was read as an answer of a provider, not as something else that happens to name people. */
  readonly isReturn: boolean
  /** False: rows were set aside or lie in another part, and one of them may name another customer. */
  readonly isWhole: boolean
  readonly address: 'same' | 'other' | 'not said'
  readonly time: 'covers' | 'wrong' | 'depends' | 'not said'
  readonly customers: 'one' | 'several' | 'none' | 'not said'
  readonly findings: readonly { readonly code: string; readonly says: string }[]
  /** Of the row that the name or address is copied from. */
  readonly row: {
    /** Among the rows that answer what was asked, with the asked address. */
    readonly fits: boolean
    readonly port: 'same' | 'other' | 'not said'
    readonly zone: 'stated' | 'assumed' | 'unknown'
  }
  /** A name or an address was copied from it. */
  readonly names: boolean
  readonly source: string
  readonly provider: string
}

export const attributionChecks = ['sharedPremises', 'otherUsers', 'addressTranslation', 'anonymiser'] as const
export type AttributionCheck = (typeof attributionChecks)[number]
/** What an officer found out: no, yes, or not looked at. */
export type AttributionChecks = Readonly<Record<AttributionCheck, ThreeValued>>

export const lineKinds = ['other answer', 'other address use', 'account in the name', 'observation'] as const
export type LineKind = (typeof lineKinds)[number]

/** A second line: something else that leads to the same person. */
export interface LineFacts {
  readonly kind: LineKind
  /** The record is what the kind says: an answer for an answer, a timed use for a use, a reference for an observation. */
  readonly fitsKind: boolean
  /** Whether it names whom the answer names. */
  readonly namesSame: ThreeValued
  /** Addresses that it rests on, in normal form. */
  readonly addresses: readonly string[]
  /** The file that it stands in; null for what is no record of the cell. */
  readonly source: string | null
  /** Who answered, where the record is an answer; null for all else. */
  readonly provider: string | null
}
