/** Bytes of a file that something happened to, and what. */
export interface Damaged {
  readonly what: string
  readonly bytes: Uint8Array
}

export interface DamageOptions {
  /** A cut at every so many bytes of the beginning. */
  readonly every: number
  /** So many cuts in the beginning, further apart when it is long; and in the rest of a file beyond `beginning` bytes. */
  readonly mostCuts: number
  readonly beginning: number
  /** How many copies with random bytes changed. */
  readonly changed: number
  readonly seed: number
}

export const everyCut: DamageOptions = {
  every: 64,
  mostCuts: Number.POSITIVE_INFINITY,
  beginning: 98_304,
  changed: 100,
  seed: 20260504,
}

/** The cost of reading every beginning grows with the square of the length: a long file is cut seldom behind its beginning. */
function* cutsOf(length: number, { every, mostCuts, beginning }: DamageOptions): Generator<number> {
  const near = Math.min(length, beginning)
  const apart = Math.max(1, Math.ceil(Math.floor(near / every) / mostCuts)) * every
  for (let end = 0; end < near; end += apart) yield end
  const far = Math.max(every, Math.floor((length - near) / Math.min(64, mostCuts)))
  for (let end = near; end < length; end += far) yield end
}

/** Cut, changed, with zeros, cut out, doubled, under another mark: each version of a file that may arrive in its place. */
export function* versionsOf(whole: Uint8Array, options: DamageOptions): Generator<Damaged> {
  const dice = diceOf(options.seed + whole.length)
  for (const end of cutsOf(whole.length, options)) yield { what: `cut at ${end}`, bytes: whole.subarray(0, end) }
  const damaged = (what: string, bytes: Uint8Array): Damaged => ({ what, bytes })
  if (whole.length === 0) return
  for (let round = 0; round < options.changed; round += 1) {
    const bytes = Uint8Array.from(whole)
    // One byte in most rounds: the smallest damage is the one that is hardest to see.
    const hits = round % 3 === 2 ? 1 + dice(40) : 1
    for (let hit = 0; hit < hits; hit += 1) bytes[dice(bytes.length)] = dice(256)
    yield damaged(`${hits} bytes changed, round ${round}`, bytes)
  }
  for (let round = 0; round < Math.ceil(options.changed / 10); round += 1) {
    const from = dice(whole.length)
    const to = Math.min(whole.length, from + 1 + dice(200))
    const without = Buffer.concat([whole.subarray(0, from), whole.subarray(to)])
    yield damaged(`bytes ${from} to ${to} missing`, without)
    yield damaged(`bytes ${from} to ${to} twice`, Buffer.concat([whole.subarray(0, to), whole.subarray(from)]))
    yield damaged(`bytes ${from} to ${to} zero`, Uint8Array.from(whole).fill(0, from, to))
  }
  yield damaged('with a mark of UTF-8', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), whole]))
  yield damaged('in UTF-16', Buffer.from(`\ufeff${Buffer.from(whole).toString('utf8')}`, 'utf16le'))
  yield damaged('twice', Buffer.concat([whole, whole]))
  yield damaged(
    'with a zero in every hundredth place',
    whole.map((byte, at) => (at % 100 === 99 ? 0 : byte)),
  )
}

/** mulberry32: small and seeded, so that a failure comes again. */
function diceOf(seed: number): (below: number) => number {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
