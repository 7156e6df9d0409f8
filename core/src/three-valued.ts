/** Absent is not false: in the US the answer "viewed by the provider" decides whether a warrant is needed. */
export type ThreeValued = 'yes' | 'no' | 'not said'

export const threeValued = (value: boolean | null | undefined): ThreeValued =>
  value === true ? 'yes' : value === false ? 'no' : 'not said'
