/**
 * The waves 1..16 of the 64-point cosine transform, row by row, as float32. The products are made in double precision
 * and rounded once; no entry lies so close to a rounding border that another library's cosine could change it.
 */
export function cosineTable(): Float32Array {
  const scale = Math.fround(Math.sqrt(2 / 64))
  const step = Math.PI / 2 / 64
  return Float32Array.from({ length: 16 * 64 }, (_, at) => {
    const wave = Math.floor(at / 64)
    const position = at % 64
    return scale * Math.cos(step * (wave + 1) * (2 * position + 1))
  })
}
