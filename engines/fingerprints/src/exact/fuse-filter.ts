/*
 * Binary fuse filter with three places and 8-bit fingerprints (Graf and Lemire, "Binary Fuse Filters: Fast and
 * Smaller Than Xor Filters", 2022). A key owns three places in three neighbouring segments; the exclusive-or of the
 * three bytes is its fingerprint. A key that was put in always passes; another passes in one case of 256.
 *
 * The keys here are the first 64 bits of cryptographic hashes, already uniform and sorted. With seed 0 the first word
 * chooses the segment as it is, so that building walks through memory in order. Hashes made to crowd (or a list that is
 * not of hashes) make that fail; the next seeds mix all bits.
 */

/** Fewer hashes than this are looked up as fast without a filter. */
export const smallestFilter = 4096
const mostSeeds = 20
const longestSegment = 2 ** 18

export interface FilterShape {
  readonly seed: number
  readonly segmentLength: number
  /** Number of places where a key's first one can be. */
  readonly span: number
}

export class FuseFilter {
  readonly shape: FilterShape
  readonly bytes: Uint8Array
  readonly #seed: number
  readonly #length: number
  readonly #scale: number

  constructor(shape: FilterShape, bytes: Uint8Array) {
    if (bytes.length !== placesIn(shape)) throw new RangeError('The filter is not as long as its shape says')
    this.shape = shape
    this.bytes = bytes
    this.#seed = shape.seed
    this.#length = shape.segmentLength
    this.#scale = shape.span / 2 ** 32
  }

  /** The same filter with its bytes at another place. */
  movedTo(bytes: Uint8Array): FuseFilter {
    bytes.set(this.bytes)
    return new FuseFilter(this.shape, bytes)
  }

  /** False: surely not put in. */
  mayHold(first: number, second: number): boolean {
    return this.difference(first, second) === 0
  }

  /** 0 where `mayHold` is true, 1 to 255 otherwise: a number lets a loop count without branching. */
  difference(first: number, second: number): number {
    const length = this.#length
    const a = leftKey(first, second, this.#seed)
    const b = rightKey(a, second)
    const place0 = (a * this.#scale) >>> 0
    const place1 = (place0 + length) ^ (b & (length - 1))
    const place2 = (place0 + 2 * length) ^ ((b >>> 14) & (length - 1))
    const bytes = this.bytes
    return (bytes[place0] ?? 0) ^ (bytes[place1] ?? 0) ^ (bytes[place2] ?? 0) ^ fingerprint(a, b)
  }
}

export const placesIn = (shape: FilterShape): number => shape.span + 2 * shape.segmentLength

function shapeFor(keys: number, seed: number): FilterShape {
  const length = Math.min(longestSegment, 2 ** Math.floor(Math.log(keys) / Math.log(3.33) + 2.25))
  const slack = Math.max(1.125, 0.875 + (0.25 * Math.log(1e6)) / Math.log(keys))
  const segments = Math.max(1, Math.ceil((keys * slack) / length) - 2)
  return { seed, segmentLength: length, span: segments * length }
}

/** One key becomes two numbers, one to one: distinct keys stay distinct. */
function leftKey(first: number, second: number, seed: number): number {
  return seed === 0 ? first : mix(first ^ mix((second + Math.imul(seed, 0x9e3779b9)) | 0))
}
const rightKey = (a: number, second: number): number => mix(second ^ a)

const fingerprint = (a: number, b: number): number => (Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca77)) >>> 24

/** A one-to-one mixing of 32 bits: multiplications by odd numbers and shifts. */
function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

/** Builds over the first two words of each row of `hashes`, which must be sorted. Null when there is nothing to gain. */
export function buildFilter(hashes: Uint32Array, words: number): FuseFilter | null {
  const keys = countKeys(hashes, words)
  if (keys < smallestFilter) return null
  for (let seed = 0; seed < mostSeeds; seed++) {
    const built = new Peeling(shapeFor(keys, seed), keys).build(hashes, words)
    if (built !== null) return built
  }
  return null
}

/** The first 64 bits are the key; equal neighbours count once. */
function countKeys(hashes: Uint32Array, words: number): number {
  let keys = hashes.length > 0 ? 1 : 0
  for (let at = words; at < hashes.length; at += words) {
    if (hashes[at] !== hashes[at - words] || hashes[at + 1] !== hashes[at - words + 1]) keys++
  }
  return keys
}

/** Finds an order in which each key has a place that no later key needs: take off places that only one key uses. */
class Peeling {
  readonly #shape: FilterShape
  readonly #keys: number
  /** Keys at each place times 4, plus the exclusive-or of which of their three places it is. */
  readonly #uses: Uint8Array
  readonly #lefts: Uint32Array
  readonly #rights: Uint32Array

  constructor(shape: FilterShape, keys: number) {
    const places = placesIn(shape)
    this.#shape = shape
    this.#keys = keys
    this.#uses = new Uint8Array(places)
    this.#lefts = new Uint32Array(places)
    this.#rights = new Uint32Array(places)
  }

  build(hashes: Uint32Array, words: number): FuseFilter | null {
    if (!this.#putAll(hashes, words)) return null
    const order = this.#peel()
    return order === null ? null : this.#assign(order)
  }

  #place(which: number, a: number, b: number): number {
    const { span, segmentLength } = this.#shape
    const first = (a * (span / 2 ** 32)) >>> 0
    if (which === 0) return first
    const mask = segmentLength - 1
    return which === 1 ? (first + segmentLength) ^ (b & mask) : (first + 2 * segmentLength) ^ ((b >>> 14) & mask)
  }

  #putAll(hashes: Uint32Array, words: number): boolean {
    const { seed } = this.#shape
    const uses = this.#uses
    let lastFirst = -1
    let lastSecond = -1
    for (let at = 0; at < hashes.length; at += words) {
      const first = hashes[at] ?? 0
      const second = hashes[at + 1] ?? 0
      if (first === lastFirst && second === lastSecond) continue
      lastFirst = first
      lastSecond = second
      const a = leftKey(first, second, seed)
      const b = rightKey(a, second)
      for (let which = 0; which < 3; which++) {
        const place = this.#place(which, a, b)
        const before = uses[place] ?? 0
        // More keys at one place than a byte can count: these keys crowd, another seed is needed.
        if (before >= 252) return false
        this.#toggle(place, (before + 4) ^ which, a, b)
      }
    }
    return true
  }

  #toggle(place: number, uses: number, a: number, b: number): void {
    this.#uses[place] = uses
    this.#lefts[place] = (this.#lefts[place] ?? 0) ^ a
    this.#rights[place] = (this.#rights[place] ?? 0) ^ b
  }

  /** Places in the order of taking; each one's key stays behind in `lefts` and `rights`. */
  #peel(): { places: Uint32Array; which: Uint8Array } | null {
    const uses = this.#uses
    const places = new Uint32Array(this.#keys)
    const which = new Uint8Array(this.#keys)
    let taken = 0
    const waiting = new Uint32Array(uses.length)
    for (let start = 0; start < uses.length; start++) {
      let count = 0
      if ((uses[start] ?? 0) >> 2 === 1) waiting[count++] = start
      while (count > 0) {
        const place = waiting[--count] ?? 0
        const use = uses[place] ?? 0
        if (use >> 2 !== 1) continue
        const own = use & 3
        const a = this.#lefts[place] ?? 0
        const b = this.#rights[place] ?? 0
        places[taken] = place
        which[taken++] = own
        uses[place] = 0
        for (let other = 0; other < 3; other++) {
          if (other === own) continue
          const there = this.#place(other, a, b)
          const left = ((uses[there] ?? 0) - 4) ^ other
          this.#toggle(there, left, a, b)
          if (left >> 2 === 1) waiting[count++] = there
        }
      }
    }
    return taken === this.#keys ? { places, which } : null
  }

  #assign({ places, which }: { places: Uint32Array; which: Uint8Array }): FuseFilter {
    const bytes = new Uint8Array(this.#uses.length)
    for (let index = places.length - 1; index >= 0; index--) {
      const place = places[index] ?? 0
      const own = which[index] ?? 0
      const a = this.#lefts[place] ?? 0
      const b = this.#rights[place] ?? 0
      let byte = fingerprint(a, b)
      for (let other = 0; other < 3; other++) {
        if (other !== own) byte ^= bytes[this.#place(other, a, b)] ?? 0
      }
      bytes[place] = byte
    }
    return new FuseFilter(this.#shape, bytes)
  }
}
