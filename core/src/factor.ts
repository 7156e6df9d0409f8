import type { ThreeValued } from './three-valued.ts'

/** One reason in a rank. Contributions are log-odds and add up exactly to the score. */
export interface Factor {
  readonly factor: string
  /** One line an officer can read out in court. */
  readonly says: string
  readonly axis: 'child urgency' | 'offender danger'
  readonly value: ThreeValued
  /** Log-odds added to the axis; 0 when the factor did not speak. */
  readonly contribution: number
  readonly evidence: readonly Evidence[]
  /** Set when this factor is a hard gate that no score outweighs: the priority it sets at least. */
  readonly gate?: 'P1' | 'P2'
}

/** Where the reason stands: a place in the referral (path or byte span), a list hit, or a clock. */
export interface Evidence {
  readonly place: string
  readonly quote?: string
}
