/** Two groups became one; each is named by its smallest place. */
export interface ConstrainedMerge {
  readonly into: number
  readonly from: number
  /** Mean weight over all pairs between the two. */
  readonly mean: number
}

/**
 * Average linkage (UPGMA) that keeps what people decided. Places are groups that must be one already, of `sizes`
 * members; `sums` holds, row by row, the total weight of all pairs between two places, and minus infinity where they
 * must stay apart. Totals are whole numbers and exact, and of equal means the pair that sorts first is joined: the
 * result depends on nothing but the weights and the numbering of places. `sums` and `sizes` are used up.
 */
export function constrainedLinkage(sizes: Float64Array, sums: Float64Array, bar: number): ConstrainedMerge[] {
  const count = sizes.length
  const stands = new Uint8Array(count).fill(1)
  const nearest = new Int32Array(count).fill(-1)
  const best = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const mean = (one: number, other: number): number =>
    (sums[one * count + other] ?? 0) / ((sizes[one] ?? 1) * (sizes[other] ?? 1))
  const look = (one: number): void => {
    nearest[one] = -1
    best[one] = Number.NEGATIVE_INFINITY
    for (let other = 0; other < count; other++) {
      if (other === one || stands[other] === 0) continue
      const value = mean(one, other)
      if (value <= (best[one] ?? 0)) continue
      best[one] = value
      nearest[one] = other
    }
  }
  for (let one = 0; one < count; one++) look(one)
  const merges: ConstrainedMerge[] = []
  for (;;) {
    let into = -1
    for (let one = 0; one < count; one++) {
      if (stands[one] === 1 && (best[one] ?? 0) >= bar && (into < 0 || (best[one] ?? 0) > (best[into] ?? 0))) into = one
    }
    if (into < 0) return merges
    // The first place with the best mean is the smaller of its pair, for the other has the same mean.
    const from = nearest[into] ?? -1
    merges.push({ into, from, mean: best[into] ?? 0 })
    stands[from] = 0
    sizes[into] = (sizes[into] ?? 0) + (sizes[from] ?? 0)
    for (let other = 0; other < count; other++) {
      const sum = (sums[into * count + other] ?? 0) + (sums[from * count + other] ?? 0)
      sums[into * count + other] = sum
      sums[other * count + into] = sum
    }
    look(into)
    for (let other = 0; other < count; other++) {
      if (stands[other] === 0 || other === into) continue
      if (nearest[other] === into || nearest[other] === from) {
        look(other)
        continue
      }
      const value = mean(other, into)
      if (value < (best[other] ?? 0) || value === Number.NEGATIVE_INFINITY) continue
      if (value > (best[other] ?? 0) || into < (nearest[other] ?? 0)) {
        best[other] = value
        nearest[other] = into
      }
    }
  }
}
