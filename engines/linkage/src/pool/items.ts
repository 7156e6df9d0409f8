import type { JobName, Jobs } from '../share/share.ts'

export interface Given<N extends JobName> {
  readonly item: number
  readonly gives: Jobs[N]['given']
}

/** Takes one item after the other that no thread has taken, and does it. After an error nobody takes any more. */
export function itemsTaken<N extends JobName>(
  prepared: () => (item: number) => Jobs[N]['given'],
  items: number,
  taken: Int32Array,
): Given<N>[] {
  const given: Given<N>[] = []
  try {
    const work = prepared()
    for (let item = Atomics.add(taken, 0, 1); item < items; item = Atomics.add(taken, 0, 1))
      given.push({ item, gives: work(item) })
    return given
  } catch (error) {
    Atomics.store(taken, 0, items)
    throw error
  }
}
