/** Two clusters became one; each is named by its smallest member. */
export interface Merge {
  readonly into: number
  readonly from: number
  /** Mean weight over all pairs between the two, in bits. */
  readonly weight: number
}

/**
 * Joins, again and again, the two clusters whose records agree best on average (UPGMA, Sokal and Michener 1958), down to
 * `least`. Merges come in falling order of weight; a lower bar only adds merges behind, so one run serves every bar.
 * `weight` is asked once for each pair of places.
 */
export function averageLinkage(size: number, weight: (one: number, other: number) => number, least: number): Merge[] {
  if (size === 2) {
    const value = Math.fround(weight(0, 1))
    return value >= least ? [{ into: 0, from: 1, weight: value }] : []
  }
  const between = new Float32Array(size * size)
  for (let one = 0; one < size; one++) {
    for (let other = one + 1; other < size; other++) {
      const value = weight(one, other)
      between[one * size + other] = value
      between[other * size + one] = value
    }
  }
  const sizes = new Int32Array(size).fill(1)
  const stands = new Uint8Array(size).fill(1)
  const nearest = new Int32Array(size).fill(-1)
  const best = new Float32Array(size).fill(Number.NEGATIVE_INFINITY)
  const look = (one: number): void => {
    nearest[one] = -1
    best[one] = Number.NEGATIVE_INFINITY
    for (let other = 0; other < size; other++) {
      const value = between[one * size + other] ?? 0
      if (other === one || stands[other] === 0 || value <= (best[one] ?? 0)) continue
      best[one] = value
      nearest[one] = other
    }
  }
  for (let one = 0; one < size; one++) look(one)
  const merges: Merge[] = []
  for (;;) {
    let chosen = -1
    for (let one = 0; one < size; one++) {
      if (stands[one] === 1 && (best[one] ?? 0) >= least && (chosen < 0 || (best[one] ?? 0) > (best[chosen] ?? 0)))
        chosen = one
    }
    if (chosen < 0) return merges
    const [into, from] = ordered(chosen, nearest[chosen] ?? 0)
    merges.push({ into, from, weight: best[chosen] ?? 0 })
    const [a, b] = [sizes[into] ?? 0, sizes[from] ?? 0]
    stands[from] = 0
    sizes[into] = a + b
    for (let other = 0; other < size; other++) {
      if (stands[other] === 0 || other === into) continue
      const mean = ((between[into * size + other] ?? 0) * a + (between[from * size + other] ?? 0) * b) / (a + b)
      between[into * size + other] = mean
      between[other * size + into] = mean
    }
    look(into)
    for (let other = 0; other < size; other++) {
      if (stands[other] === 0 || other === into) continue
      if (nearest[other] === into || nearest[other] === from) look(other)
      else if ((between[other * size + into] ?? 0) > (best[other] ?? 0)) {
        best[other] = between[other * size + into] ?? 0
        nearest[other] = into
      }
    }
  }
}

const ordered = (one: number, other: number): readonly [number, number] => (one < other ? [one, other] : [other, one])
