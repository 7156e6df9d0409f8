import { block, cosines, cosinesTurned, halfway, SIDE, SMALL_ROW, sampled } from './places.ts'

/** Steps between neighbours, in hundredths of the full range, cut to whole numbers, summed; scaled to 0..100. */
export function quality(): i32 {
  const hundred = f32x4.splat(100)
  const full = f32x4.splat(255)
  let sums = i32x4.splat(0)
  for (let at: usize = 0; at < 63 * SMALL_ROW; at += 16) {
    const step = f32x4.sub(v128.load(sampled + at), v128.load(sampled + at, 256))
    sums = i32x4.add(sums, i32x4.abs(i32x4.trunc_sat_f32x4_s(f32x4.div(f32x4.mul(step, hundred), full))))
  }
  for (let row: usize = 0; row < 64 * SMALL_ROW; row += SMALL_ROW) {
    for (let at = sampled + row; at < sampled + row + 240; at += 16) {
      const step = f32x4.sub(v128.load(at), v128.load(at, 4))
      sums = i32x4.add(sums, i32x4.abs(i32x4.trunc_sat_f32x4_s(f32x4.div(f32x4.mul(step, hundred), full))))
    }
    for (let at = sampled + row + 240; at < sampled + row + 252; at += 4) {
      const step = ((load<f32>(at) - load<f32>(at, 4)) * 100) / 255
      sums = i32x4.replace_lane(sums, 0, i32x4.extract_lane(sums, 0) + abs(step as i32))
    }
  }
  const sum =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  return min(sum / 90, 100)
}

/** Waves 1..16 along both directions: each sum runs over 64 products from the first to the last. */
export function transform(): void {
  for (let row: usize = 0; row < 16; row++) {
    for (let column: usize = 0; column < SMALL_ROW; column += 64) {
      let wave = cosines + row * SMALL_ROW
      let from = sampled + column
      let a = f32x4.splat(0)
      let b = f32x4.splat(0)
      let c = f32x4.splat(0)
      let d = f32x4.splat(0)
      for (let k = 0; k < SIDE; k++) {
        const factor = v128.load32_splat(wave)
        a = f32x4.add(a, f32x4.mul(factor, v128.load(from)))
        b = f32x4.add(b, f32x4.mul(factor, v128.load(from, 16)))
        c = f32x4.add(c, f32x4.mul(factor, v128.load(from, 32)))
        d = f32x4.add(d, f32x4.mul(factor, v128.load(from, 48)))
        wave += 4
        from += SMALL_ROW
      }
      const to = halfway + row * SMALL_ROW + column
      v128.store(to, a)
      v128.store(to, b, 16)
      v128.store(to, c, 32)
      v128.store(to, d, 48)
    }
  }
  for (let wave: usize = 0; wave < 16; wave++)
    for (let k: usize = 0; k < 64; k++)
      store<f32>(cosinesTurned + ((k * 16 + wave) << 2), load<f32>(cosines + ((wave * 64 + k) << 2)))
  for (let row: usize = 0; row < 16; row++) {
    let from = halfway + row * SMALL_ROW
    let waves = cosinesTurned
    let a = f32x4.splat(0)
    let b = f32x4.splat(0)
    let c = f32x4.splat(0)
    let d = f32x4.splat(0)
    for (let k = 0; k < SIDE; k++) {
      const value = v128.load32_splat(from)
      a = f32x4.add(a, f32x4.mul(value, v128.load(waves)))
      b = f32x4.add(b, f32x4.mul(value, v128.load(waves, 16)))
      c = f32x4.add(c, f32x4.mul(value, v128.load(waves, 32)))
      d = f32x4.add(d, f32x4.mul(value, v128.load(waves, 48)))
      from += 4
      waves += 64
    }
    const to = block + row * 64
    v128.store(to, a)
    v128.store(to, b, 16)
    v128.store(to, c, 32)
    v128.store(to, d, 48)
  }
}
