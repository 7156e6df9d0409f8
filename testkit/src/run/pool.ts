/** Beside what a test file may run: anything, its own kind (browsers take turns well enough), or nothing. */
export type Beside = 'anything' | 'browsers' | 'nothing'

/**
 * Runs all, at most `width` at once. What must be alone waits for the others and keeps them waiting; it comes last, so
 * that quick failures are seen early.
 */
export async function runPool<T extends { readonly beside: Beside }>(
  all: readonly T[],
  width: number,
  run: (one: T) => Promise<void>,
): Promise<void> {
  const lanes = async (some: readonly T[], count: number): Promise<void> => {
    let next = 0
    const lane = async (): Promise<void> => {
      for (let one = some[next++]; one !== undefined; one = some[next++]) await run(one)
    }
    await Promise.all(Array.from({ length: Math.max(1, count) }, lane))
  }
  for (const beside of ['anything', 'browsers', 'nothing'] as const) {
    const some = all.filter((one) => one.beside === beside)
    await lanes(some, beside === 'nothing' ? 1 : width)
  }
}
