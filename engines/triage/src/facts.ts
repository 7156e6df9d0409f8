import type { Evidence, Priority, ThreeValued } from '@tandem/core'

/**
 * What triage may know about one referral (or one folded bundle). Flat on purpose: no reader, format or
 * table is known here; the cell fills it. A fact that is left out means exactly the same as 'not said'.
 */
export const flagNames = [
  'abuseNowOrImminent',
  'threatToLife',
  'selfHarmStated',
  'sextortion',
  'meetingPlanned',
  'contactOffendingSuspected',
  'recentlyMadeMaterial',
  'childMadeOrSentMaterial',
  'liveStreaming',
  'groomingOfChild',
  'minorToMinor',
  'senderEscalated',
  'childIdentifiedOrLocated',
  'locationKnown',
  'recentIncident',
  'childIsInfant',
  'childIsPrepubescent',
  'severalChildren',
  'physicalHarmOrSadistic',
  'producerSignals',
  'accessToChildren',
  'positionOfTrust',
  'administersGroup',
  'offenderAdult',
  'knownMaterialOnly',
  'viralOrMeme',
  'adultsKnown',
  'generativeAi',
  'ipWithPort',
] as const
export type FlagName = (typeof flagNames)[number]

export const numberNames = [
  'childAge',
  'novelFiles',
  'knownFiles',
  'recipients',
  'repeatReports',
  'completeness',
] as const
export type NumberName = (typeof numberNames)[number]

export const instantNames = ['incidentAt', 'detectedAt', 'materialMadeAt', 'dataExpiryAt'] as const
export type InstantName = (typeof instantNames)[number]

export type FactName = FlagName | NumberName

/** A quote is dropped unless it is a plain field value: narrative text never travels with a score. */
export interface FactEvidence extends Evidence {
  readonly quoteIs?: 'field value' | 'narrative'
}

export interface FlagFact {
  readonly value: ThreeValued
  readonly evidence: readonly FactEvidence[]
}

/** A whole number of zero or more; null is 'not said'. Files are counted as different files, never as copies. */
export interface NumberFact {
  readonly number: number | null
  readonly evidence: readonly FactEvidence[]
}

/** RFC 3339 with a stated zone; null when the source gave no usable instant. */
export interface InstantFact {
  readonly instant: string | null
  readonly evidence: readonly FactEvidence[]
}

/** One file on one list. Category stays in the scheme of its list; nothing here converts it. */
export interface ListHit {
  /** What tells one file from another: its digest. Copies share it and count once. */
  readonly file: string
  readonly list: string
  readonly listVersion: string
  readonly category: { readonly scheme: string; readonly value: string } | null
  readonly place: string
}

/** A priority that a sender put on its report. A bundle may carry several; the highest one counts. */
export interface DeclaredPriority {
  readonly level: Priority
  readonly sender: string | null
  readonly evidence: readonly FactEvidence[]
}

export type TriageFacts = { readonly [name in FlagName]?: FlagFact } & {
  readonly [name in NumberName]?: NumberFact
} & {
  readonly [name in InstantName]?: InstantFact
} & {
  readonly listHits?: readonly ListHit[]
  readonly declared?: readonly DeclaredPriority[]
}
