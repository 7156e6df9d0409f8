import { constants } from './places.ts'

/**
 * Brightness of four RGB pixels, with the reference's weights and its order: (R + G) + B. Green and blue keep their place
 * within the pixel's word, 256 and 65,536 times too great, and their weights are as much smaller: powers of two round nothing.
 */
export function brightness(from: usize, spread: v128, red: v128, green: v128, weights: usize): v128 {
  const words = i8x16.swizzle(v128.load(from), spread)
  const r = f32x4.mul(f32x4.convert_i32x4_s(v128.and(words, red)), v128.load(weights))
  const g = f32x4.mul(f32x4.convert_i32x4_s(v128.and(words, green)), v128.load(weights, 16))
  const b = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 16)), v128.load(weights, 32))
  return f32x4.add(f32x4.add(r, g), b)
}

export function grey(from: usize, spread: v128): v128 {
  return f32x4.convert_i32x4_s(i8x16.swizzle(v128.load32_zero(from), spread))
}

/** Constants are read from memory once a row: as constants in a loop, engines build them anew at every use. */
export function writeConstants(): void {
  v128.store(constants, i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1))
  v128.store(constants, i8x16(0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1, -1), 16)
  v128.store(constants, i32x4.splat(0xff), 32)
  v128.store(constants, i32x4.splat(0xff00), 48)
  v128.store(constants, f32x4.splat(0.299), 64)
  v128.store(constants, f32x4.splat((0.587 as f32) / 256), 80)
  v128.store(constants, f32x4.splat(0.114), 96)
}
