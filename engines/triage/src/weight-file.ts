import type { WeightSet } from './weight-set.ts'

/** A set as the file it would be read from: `parseWeights` of it gives the set again. */
export const weightFileOf = (weights: WeightSet): object => ({
  ...weights,
  factors: weights.factors.map(({ type: _, ...rule }) => rule),
})
