/**
 * Runs all, at most `width` at once; what must be alone waits for the others and keeps them waiting. The alone ones
 * come last, so that quick failures are seen early.
 */
export async function runPool<T extends { readonly alone: boolean }>(
  all: readonly T[],
  width: number,
  run: (one: T) => Promise<void>,
): Promise<void> {
  const shared = all.filter(({ alone }) => !alone)
  let next = 0
  const lane = async (): Promise<void> => {
    for (let one = shared[next++]; one !== undefined; one = shared[next++]) await run(one)
  }
  await Promise.all(Array.from({ length: Math.max(1, width) }, lane))
  for (const one of all) if (one.alone) await run(one)
}
