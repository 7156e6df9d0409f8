/**
 * Remembers which class each hash had, in about 14 to 28 bytes an entry: 64 bits mixed from the whole hash as key in
 * an open table. Two different hashes that share these bits would cost one needless remark, nothing else.
 */
export class SeenClasses {
  readonly #limit: number
  readonly #classes = new Map<string, number>()
  #high = new Uint32Array(1024)
  #low = new Uint32Array(1024)
  /** 0 is a free place; otherwise the number of the class plus one. */
  #class = new Uint16Array(1024)
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** No further hash is remembered: later duplicates are still kept, but not remarked. */
  get full(): boolean {
    return this.#size >= this.#limit
  }

  /** True when the hash was there before with another class. The first class stays. */
  differs(hash: string, className: string): boolean {
    const { high, low } = keyOf(hash)
    const wanted = this.#numberOf(className)
    const at = this.#find(high, low)
    const known = this.#class[at] ?? 0
    if (known !== 0) return known !== wanted
    if (this.full) return false
    this.#set(at, high, low, wanted)
    if (++this.#size * 2 > this.#class.length) this.#grow()
    return false
  }

  #numberOf(className: string): number {
    const known = this.#classes.get(className)
    if (known !== undefined) return known
    // A list with more classes than this has none worth comparing: the rest share one number.
    const next = Math.min(this.#classes.size + 1, 65_535)
    if (next < 65_535) this.#classes.set(className, next)
    return next
  }

  #find(high: number, low: number): number {
    const mask = this.#class.length - 1
    let at = (Math.imul(high ^ low, 0x9e3779b1) >>> 8) & mask
    while (this.#class[at] !== 0 && (this.#high[at] !== high || this.#low[at] !== low)) at = (at + 1) & mask
    return at
  }

  #set(at: number, high: number, low: number, value: number): void {
    this.#high[at] = high
    this.#low[at] = low
    this.#class[at] = value
  }

  #grow(): void {
    const high = this.#high
    const low = this.#low
    const classes = this.#class
    this.#high = new Uint32Array(high.length * 2)
    this.#low = new Uint32Array(low.length * 2)
    this.#class = new Uint16Array(classes.length * 2)
    for (let at = 0; at < classes.length; at++) {
      const value = classes[at] ?? 0
      if (value !== 0) this.#set(this.#find(high[at] ?? 0, low[at] ?? 0), high[at] ?? 0, low[at] ?? 0, value)
    }
  }
}

/** Perceptual hashes of like pictures start alike, so every digit counts. */
function keyOf(hash: string): { readonly high: number; readonly low: number } {
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  for (let at = 0; at < hash.length; at++) {
    const code = hash.charCodeAt(at)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul((low << 5) ^ (low >>> 27) ^ code, 0x85ebca6b)
  }
  return { high: high >>> 0, low: low >>> 0 }
}
