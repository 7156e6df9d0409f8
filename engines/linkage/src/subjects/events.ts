/**
 * The log from which subjects are told. Every event has an id of its own, and what takes something back names the act
 * that it takes back: the state is a function of the set of events, not of the order in which they arrived.
 */
export type LinkEvent =
  | RecordAdded
  | EdgeScored
  | Decision
  | DecisionUndone
  | ValueSuppressed
  | ValueUnsuppressed
  | ClusterVersion

/** Thousandths of a bit, whole numbers: sums are exact in any order. */
export type Millibits = number
/** Milliseconds since 1970-01-01, UTC. */
export type Instant = number

interface Event {
  readonly id: string
  readonly at: Instant
}

export interface RecordAdded extends Event {
  readonly kind: 'record added'
  readonly record: string
  /** When the cell received it. The first received record of a subject gives the subject its id. */
  readonly received: Instant
}

/**
 * `same ...` says that two records speak of one thing, and merges in its own layer; the others are ties between things
 * and never merge: a household is not one person.
 */
export const sameRelations = ['same person', 'same account', 'same device'] as const
export const tieRelations = ['household', 'contact', 'shared file', 'payment'] as const
export type SameRelation = (typeof sameRelations)[number]
export type TieRelation = (typeof tieRelations)[number]
export type Relation = SameRelation | TieRelation

export interface EdgeEvidence {
  readonly field: string
  /** How the two agree, in words. */
  readonly level: string
  readonly millibits: Millibits
  /** The value that both have, where the line rests on one: it falls when the value is suppressed. */
  readonly value?: string
}

export interface EdgeScored extends Event {
  readonly kind: 'edge scored'
  readonly one: string
  readonly other: string
  readonly relation: Relation
  /** A later revision replaces what an earlier one said of the same pair. */
  readonly model: { readonly name: string; readonly revision: number }
  readonly prior: Millibits
  readonly evidence: readonly EdgeEvidence[]
}

export interface Decision extends Event {
  readonly kind: 'decision'
  readonly verb: 'must link' | 'cannot link'
  readonly relation: SameRelation
  readonly one: string
  readonly other: string
  readonly who: string
  readonly why: string
  /** Where the reason stands: references the officer gave. */
  readonly evidence: readonly string[]
  /** From this instant on it no longer counts; null: until it is undone. */
  readonly expires: Instant | null
}

export interface DecisionUndone extends Event {
  readonly kind: 'decision undone'
  readonly decision: string
  readonly who: string
  readonly why: string
}

/** On what a value is held to be generic: a published list, the contexts it stands in, or a person's word. */
export type Ground =
  | { readonly by: 'list'; readonly list: string; readonly version: string; readonly source: string }
  | { readonly by: 'evidence'; readonly identities: number; readonly most: number; readonly records: number }
  | { readonly by: 'person'; readonly who: string }

export interface ValueSuppressed extends Event {
  readonly kind: 'value suppressed'
  readonly value: string
  readonly reason: string
  readonly ground: Ground
}

export interface ValueUnsuppressed extends Event {
  readonly kind: 'value unsuppressed'
  readonly suppression: string
  readonly who: string
  readonly why: string
}

/** What was shown at the time: a report of the engine, which changes nothing. No records: the subject is no more. */
export interface ClusterVersion extends Event {
  readonly kind: 'cluster version'
  readonly relation: SameRelation
  readonly subject: string
  readonly version: number
  readonly records: readonly string[]
  /** Event that brought the change about. */
  readonly cause: string
  /** Where the records that left went. */
  readonly became: readonly string[]
}
