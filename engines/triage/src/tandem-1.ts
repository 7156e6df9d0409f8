import { parseWeights } from './parse-weights.ts'
import type { WeightSet } from './weight-set.ts'
import file from './weights/tandem-1.json' with { type: 'json' }

const parsed = parseWeights(file)
if (!parsed.ok) {
  throw new TypeError(parsed.error.map((fault) => `tandem-1 ${fault.field} ${fault.says}`).join('; '))
}

/** The weight set in force. A change of any number needs a new id and a new file. */
export const tandem1: WeightSet = parsed.value
