import type { Factor, Priority } from '@tandem/core'
import type { FlagName, InstantName, NumberName } from './facts.ts'

export type Axis = Factor['axis']
export const axes = ['child urgency', 'offender danger'] as const satisfies readonly Axis[]

/** Integer hundredths of log-odds, in steps of 25: quarters add up exactly, in integers and in floating point. */
export type Hundredths = number

/**
 * risk: 'yes' never lowers, a stated 'no' never raises. protective: only a stated 'yes' lowers.
 * context: shown beside the rank, moves nothing.
 */
export type FactorKind = 'risk' | 'protective' | 'context'

export interface Sentences {
  readonly yes: string
  readonly no: string
  readonly 'not said': string
}

interface CommonRule {
  readonly kind: FactorKind
  readonly gate: 'P1' | 'P2' | null
  /** Evidence of one type: the members together give no more than the cap of the group. */
  readonly group: string | null
  readonly says: Sentences
  readonly why: string
  readonly source: string
}

export type AxisPoints = { readonly [axis in Axis]?: Hundredths }
export type FlagPoints = { readonly [axis in Axis]?: { readonly yes: Hundredths; readonly no: Hundredths } }

export interface FlagRule extends CommonRule {
  readonly type: 'flag'
  readonly factor: FlagName
  readonly points: FlagPoints
  /** The fact can also be read from an instant: 'yes' when that lies at most so many days before now. */
  readonly recent: { readonly instant: InstantName; readonly days: number } | null
}

export interface NumberRule extends CommonRule {
  readonly type: 'number'
  readonly factor: NumberName
  /** Which way a step is reached. The last reached step speaks alone; steps are not added. */
  readonly reachedWhen: 'at least' | 'at most'
  readonly steps: readonly { readonly at: number; readonly points: AxisPoints }[]
}

export type FactorRule = FlagRule | NumberRule

export interface SaturationGroup {
  readonly group: string
  readonly caps: AxisPoints
  readonly why: string
}

export interface Threshold {
  readonly priority: 'P1' | 'P2'
  readonly axis: Axis
  readonly atLeast: Hundredths
  readonly why: string
}

export interface ClockRules {
  readonly firstDecisionMinutes: { readonly [level in Priority]: number }
  readonly safeguardingMinutes: { readonly P1: number; readonly P2: number }
  readonly providerDataYears: number
  readonly sources: {
    readonly firstDecision: string
    readonly safeguarding: string
    readonly providerData: string
  }
}

export interface WeightSet {
  readonly id: string
  readonly declaration: string
  /** The display band 0 to 100 runs between these two. It is a ruler, not a probability. */
  readonly band: { readonly from: Hundredths; readonly to: Hundredths }
  readonly thresholds: readonly Threshold[]
  readonly groups: readonly SaturationGroup[]
  readonly clocks: ClockRules
  readonly factors: readonly FactorRule[]
}
