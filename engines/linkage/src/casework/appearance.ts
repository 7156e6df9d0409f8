import type { ObservedKind } from '../generic/observed.ts'
import type { Instant } from '../subjects/events.ts'

/** One person as one referral tells of them: what linkage compares in casework. */
export interface Appearance {
  readonly id: string
  /** The people of one referral were told apart by whoever sent it. */
  readonly referral: string
  readonly received: Instant
  readonly values: readonly AppearanceValue[]
  /** As written. */
  readonly names: readonly string[]
  readonly births: readonly string[]
}

export interface AppearanceValue {
  readonly kind: ObservedKind
  /** The normal form, or any name that stands for it: only equality is asked of it. */
  readonly value: string
  /** Of an address of the internet: when it was used, and the port, where somebody said it. */
  readonly at: Instant | null
  readonly port: number | null
}
