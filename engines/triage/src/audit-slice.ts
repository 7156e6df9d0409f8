/** Lots are whole numbers below this. */
export const lots = 1_000_000

/** The audit slice: of what ranks low, lots below this one are looked at all the same: 3 in 100 (2 to 5 are usual). */
export const lotsDrawn = 30_000

/**
 * The lot of a referral, from a keyed token of its id: whoever lacks the key can neither foresee nor choose it, and the
 * same token gives the same lot for ever. Nothing else goes in: no content, no rank, no person.
 */
export function lotOf(token: Uint8Array): number {
  if (token.length < 4) throw new TypeError('a token has at least four bytes')
  const first = new DataView(token.buffer, token.byteOffset, 4).getUint32(0)
  // Under 2 to the power of 52, so exact.
  return Math.floor((first * lots) / 2 ** 32)
}
