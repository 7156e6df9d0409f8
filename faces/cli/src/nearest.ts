/** The name that was most likely meant, or null when none is close. */
export function nearest(typed: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, steps: distance(typed.toLowerCase(), name) }))
    .sort((one, other) => one.steps - other.steps)
  const [best] = ranked
  if (best === undefined) return null
  return best.steps <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null
}

/** Insertions, deletions, changes and swaps of neighbours (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    const before = rows[row - 1] ?? []
    for (let column = 1; column <= other.length; column++) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1
      let least = Math.min(
        (before[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + change,
      )
      if (one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        least = Math.min(least, (rows[row - 2]?.[column - 2] ?? 0) + 1)
      }
      current.push(least)
    }
    rows.push(current)
  }
  return rows[one.length]?.[other.length] ?? 0
}
