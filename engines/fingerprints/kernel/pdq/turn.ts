// Turning four rows of four into four columns, and back.

function turnLow(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5)
}
function turnHigh(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7)
}
function firstHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2)
}
function secondHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3)
}

/** Turns four rows of four into four columns and stores them as part of a tile. */
export function storeTurned(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = turnLow(a, b)
  const cd = turnLow(c, d)
  const abHigh = turnHigh(a, b)
  const cdHigh = turnHigh(c, d)
  v128.store(to, firstHalves(ab, cd))
  v128.store(to, secondHalves(ab, cd), 16)
  v128.store(to, firstHalves(abHigh, cdHigh), 32)
  v128.store(to, secondHalves(abHigh, cdHigh), 48)
}

/** Turns four columns of a tile back into four rows. */
export function storeRows(r0: usize, r1: usize, r2: usize, r3: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = turnLow(a, b)
  const cd = turnLow(c, d)
  const abHigh = turnHigh(a, b)
  const cdHigh = turnHigh(c, d)
  v128.store(r0, firstHalves(ab, cd))
  v128.store(r1, secondHalves(ab, cd))
  v128.store(r2, firstHalves(abHigh, cdHigh))
  v128.store(r3, secondHalves(abHigh, cdHigh))
}
