/**
 * Where random bytes come from: the caller's `randomBytes` of `node:crypto`, or recorded bytes in a test. Whoever gives
 * anything predictable here gives away the secrets of the run.
 */
export type Chance = (length: number) => Uint8Array

/** A fair choice below `limit` (at most 2^32): draws again where a remainder would favour small numbers. */
export function below(limit: number, chance: Chance): number {
  const fair = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = chance(4)
    const drawn = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
    if (drawn < fair) return drawn % limit
  }
}

/** Fisher and Yates: every order is equally likely. */
export function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = below(at + 1, chance)
    const [here, there] = [order[at], order[other]]
    if (here === undefined || there === undefined) continue
    order[at] = there
    order[other] = here
  }
  return order
}

/** The same source, asked for much at a time: a call into the system costs more than the bytes it brings. */
export function inBulk(chance: Chance, at = 16_384): Chance {
  let stock = new Uint8Array(0)
  return (length) => {
    if (length > at) return chance(length)
    if (stock.length < length) stock = Uint8Array.from(chance(at))
    const taken = stock.slice(0, length)
    stock.fill(0, 0, length)
    stock = stock.subarray(length)
    return taken
  }
}
