const bits = 48n
const one = 1n << bits
/** ln 2 in 48 bits of fraction. */
const ln2 = 195_103_586_505_167n

/**
 * The natural logarithm of a ratio of whole numbers, in hundredths, rounded down. By squaring in whole numbers, since
 * `Math.log` may differ between machines and a rank may not.
 */
export function lnHundredths(numerator: number, denominator: number): number {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || numerator < 1 || denominator < 1) {
    throw new TypeError('a logarithm is taken of a ratio of whole numbers above 0')
  }
  let value = (BigInt(numerator) << bits) / BigInt(denominator)
  if (value === 0n) throw new TypeError('the ratio is too small')
  let power = 0n
  while (value >= 2n * one) {
    value >>= 1n
    power += 1n
  }
  while (value < one) {
    value <<= 1n
    power -= 1n
  }
  let log2 = power << bits
  for (let bit = one >> 1n; bit > 1n << 16n; bit >>= 1n) {
    value = (value * value) >> bits
    if (value < 2n * one) continue
    value >>= 1n
    log2 += bit
  }
  const scaled = log2 * ln2 * 100n
  // BigInt division goes towards zero; a shift goes down, which is what rounding down means below zero too.
  return Number(scaled >> (2n * bits))
}
