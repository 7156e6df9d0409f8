/** Arrays in memory that threads share: what one makes, another reads where it lies. All zero. */
export const sharedNumbers = (length: number): Int32Array<SharedArrayBuffer> =>
  new Int32Array(new SharedArrayBuffer(4 * length))

export const sharedUnits = (length: number): Uint16Array<SharedArrayBuffer> =>
  new Uint16Array(new SharedArrayBuffer(2 * length))

export const sharedWeights = (length: number): Float32Array<SharedArrayBuffer> =>
  new Float32Array(new SharedArrayBuffer(4 * length))

/** The same numbers with room for twice as many. */
export function moreNumbers(from: Int32Array): Int32Array<SharedArrayBuffer> {
  const to = sharedNumbers(2 * from.length)
  to.set(from)
  return to
}

/** The same units with room for twice as many, or for `least`. */
export function moreUnits(from: Uint16Array, least: number): Uint16Array<SharedArrayBuffer> {
  const to = sharedUnits(Math.max(2 * from.length, least))
  to.set(from)
  return to
}
