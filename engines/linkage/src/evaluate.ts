/** How well clusters fit a known truth. Pairs: over all pairs of records. B-cubed (Bagga and Baldwin 1998): over records. */
export interface Measure {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export interface Evaluation {
  readonly pairs: Measure
  readonly bCubed: Measure
  readonly largest: number
  readonly largestTrue: number
}

export function evaluate(clusters: ArrayLike<number>, truth: readonly string[]): Evaluation {
  const both = new Map<string, number>()
  const [found, real] = [new Map<string, number>(), new Map<string, number>()]
  const count = (of: Map<string, number>, key: string): void => {
    of.set(key, (of.get(key) ?? 0) + 1)
  }
  truth.forEach((entity, record) => {
    const cluster = String(clusters[record])
    count(found, cluster)
    count(real, entity)
    count(both, `${cluster}\0${entity}`)
  })
  const shared = sumOf(both, pairsOf)
  let [precision, recall] = [0, 0]
  for (const [key, size] of both) {
    const [cluster = '', entity = ''] = key.split('\0')
    precision += size ** 2 / (found.get(cluster) ?? 1)
    recall += size ** 2 / (real.get(entity) ?? 1)
  }
  return {
    pairs: measure(ratio(shared, sumOf(found, pairsOf)), ratio(shared, sumOf(real, pairsOf))),
    bCubed: measure(ratio(precision, truth.length), ratio(recall, truth.length)),
    largest: largestOf(found),
    largestTrue: largestOf(real),
  }
}

const largestOf = (sizes: ReadonlyMap<string, number>): number =>
  [...sizes.values()].reduce((most, size) => Math.max(most, size), 0)
const pairsOf = (size: number): number => (size * (size - 1)) / 2
const sumOf = (sizes: ReadonlyMap<string, number>, of: (size: number) => number): number =>
  [...sizes.values()].reduce((sum, size) => sum + of(size), 0)
/** Nothing claimed is nothing wrong. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
const measure = (precision: number, recall: number): Measure => ({
  precision,
  recall,
  f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
})
