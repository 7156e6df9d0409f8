import type { Found } from './found.ts'

/**
 * Where a place in UTF-8 lies in the text as it came: UTF-16 bytes (two a unit) or a string (one a unit). It walks beside
 * the finds, which come in order, and keeps only the stretch of text that a find can still lie in.
 */
export class Places {
  readonly #unit: 1 | 2
  #origin: number
  #base = 0
  #held: Uint8Array = new Uint8Array(0)

  constructor(unit: 1 | 2, origin: number) {
    this.#unit = unit
    this.#origin = origin
  }

  add(utf8: Uint8Array): void {
    const joined = new Uint8Array(this.#held.length + utf8.length)
    joined.set(this.#held)
    joined.set(utf8, this.#held.length)
    this.#held = joined
  }

  /** Places of one find. Finds are asked for in order of their start. */
  of(found: Found): Found {
    this.#origin += this.#width(0, found.start - this.#base)
    this.#held = this.#held.subarray(found.start - this.#base)
    this.#base = found.start
    return { ...found, start: this.#origin, end: this.#origin + this.#width(0, found.end - found.start) }
  }

  /** Nothing before this place will be asked for. */
  forget(before: number): void {
    if (before <= this.#base) return
    this.#origin += this.#width(0, before - this.#base)
    this.#held = this.#held.slice(before - this.#base)
    this.#base = before
  }

  #width(from: number, to: number): number {
    let units = 0
    for (let at = from; at < to; at += 1) {
      const byte = this.#held[at] ?? 0
      // A lead byte is one unit, a lead of four bytes two (a surrogate pair), the bytes behind a lead none.
      if (byte < 0x80 || byte > 0xbf) units += byte < 0xf0 ? 1 : 2
    }
    return units * this.#unit
  }
}
