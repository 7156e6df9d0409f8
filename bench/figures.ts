export interface Timing {
  readonly p50: number
  readonly p95: number
}

/** Milliseconds of each run, one after the other. */
export async function timeEach(runs: number, run: (index: number) => Promise<unknown>): Promise<Timing> {
  const times: number[] = []
  for (let index = 0; index < runs; index++) {
    const begun = performance.now()
    await run(index)
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

export async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}

/** Runs `work` on each of `items`, `width` at a time. */
export async function atOnce<T>(
  width: number,
  items: readonly T[],
  work: (item: T, slot: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const slot = async (number: number): Promise<void> => {
    for (;;) {
      const item = items[next++]
      if (item === undefined) return
      await work(item, number)
    }
  }
  await Promise.all(Array.from({ length: width }, (_, number) => slot(number)))
}

export const rounded = (value: number, digits = 1): string => value.toFixed(digits)

/** Lines of `name  value  value`, aligned; figures to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return rows.map(line).join('\n')
}
