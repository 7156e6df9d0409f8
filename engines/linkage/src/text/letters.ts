import { moreNumbers, moreUnits, sharedNumbers, sharedUnits } from '../share/shared-memory.ts'

/** Texts as arrays of UTF-16 units, one behind the other, so that kernels touch no string. */
export interface Letters {
  /** Where each text begins; one more than there are texts. */
  readonly starts: Int32Array
  readonly units: Uint16Array
  /** One bit a letter (modulo 32) that stands in the text: texts that share few bits are far apart. */
  readonly masks: Int32Array
}

/** The text itself, for what no kernel tells. */
export function textAt({ starts, units }: Letters, text: number): string {
  const [from, to] = [starts[text] ?? 0, starts[text + 1] ?? 0]
  let made = ''
  // In parts: a call takes only so many arguments.
  for (let at = from; at < to; at += 4096) made += String.fromCharCode(...units.subarray(at, Math.min(at + 4096, to)))
  return made
}

export function lettersOf(texts: readonly string[]): Letters {
  const letters = new GrowingLetters()
  for (const text of texts) letters.add(text)
  return letters.made()
}

/** Letters of texts that come one by one: what compares them holds on to this and sees each new text. */
export class GrowingLetters implements Letters {
  starts = sharedNumbers(1024)
  units = sharedUnits(16_384)
  masks = sharedNumbers(1024)
  count = 0

  /** The number of the text: they are counted from 0. */
  add(text: string): number {
    const at = this.#room(text.length)
    let mask = 0
    for (let place = 0; place < text.length; place++) {
      const unit = text.charCodeAt(place)
      this.units[at + place] = unit
      mask |= 1 << (unit & 31)
    }
    return this.#end(at + text.length, mask)
  }

  /** The same of a text in ASCII. */
  addBytes(bytes: Uint8Array, from: number, to: number): number {
    const at = this.#room(to - from)
    let mask = 0
    for (let place = from; place < to; place++) {
      const unit = bytes[place] ?? 0
      this.units[at + place - from] = unit
      mask |= 1 << (unit & 31)
    }
    return this.#end(at + to - from, mask)
  }

  /** Where the next text begins, with room for so many units. */
  #room(length: number): number {
    const at = this.starts[this.count] ?? 0
    if (this.count + 2 > this.starts.length) {
      this.starts = moreNumbers(this.starts)
      this.masks = moreNumbers(this.masks)
    }
    if (at + length > this.units.length) this.units = moreUnits(this.units, 2 * (at + length))
    return at
  }

  #end(end: number, mask: number): number {
    this.masks[this.count] = mask
    this.starts[this.count + 1] = end
    return this.count++
  }

  made(): Letters {
    const { starts, units, masks, count } = this
    return {
      starts: starts.subarray(0, count + 1),
      units: units.subarray(0, starts[count] ?? 0),
      masks: masks.subarray(0, count),
    }
  }
}

export const lengthOf = ({ starts }: Letters, text: number): number => (starts[text + 1] ?? 0) - (starts[text] ?? 0)

/** Whether the first `length` units of both are the same. */
export function startsAlike({ starts, units }: Letters, one: number, other: number, length: number): boolean {
  const [a, b] = [starts[one] ?? 0, starts[other] ?? 0]
  for (let place = 0; place < length; place++) if (units[a + place] !== units[b + place]) return false
  return true
}

/** Whether `length` units of one text from place `from` on are those of the other from `at` on. */
export function sameFrom(
  { starts, units }: Letters,
  one: number,
  from: number,
  other: number,
  at: number,
  length: number,
): boolean {
  const [a, b] = [(starts[one] ?? 0) + from, (starts[other] ?? 0) + at]
  for (let place = 0; place < length; place++) if (units[a + place] !== units[b + place]) return false
  return true
}

/** How many units stand before the first `end` (or in all) where those are the same in both; -1 where they are not. */
export function sameUpTo({ starts, units }: Letters, one: number, other: number, end: number): number {
  const [a, b] = [starts[one] ?? 0, starts[other] ?? 0]
  const [endA, endB] = [starts[one + 1] ?? 0, starts[other + 1] ?? 0]
  for (let place = 0; ; place++) {
    const unit = a + place < endA ? units[a + place] : end
    const another = b + place < endB ? units[b + place] : end
    if (unit !== another) return -1
    if (unit === end) return place
  }
}

/** Whether a unit surely does not stand in a text; false does not say that it does. */
export const hasNone = ({ masks }: Letters, text: number, unit: number): boolean =>
  ((masks[text] ?? 0) & (1 << (unit & 31))) === 0

/** How many letters at least must be put in, taken out or changed: half the letters that only one of the two has. */
export function leastEdits({ masks }: Letters, one: number, other: number): number {
  const differing = (masks[one] ?? 0) ^ (masks[other] ?? 0)
  return (bitCount(differing) + 1) >> 1
}

export function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
