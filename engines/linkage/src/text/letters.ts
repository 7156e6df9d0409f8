/** Texts as arrays of UTF-16 units, one behind the other, so that kernels touch no string. */
export interface Letters {
  /** Where each text begins; one more than there are texts. */
  readonly starts: Int32Array
  readonly units: Uint16Array
  /** One bit a letter (modulo 32) that stands in the text: texts that share few bits are far apart. */
  readonly masks: Int32Array
}

export function lettersOf(texts: readonly string[]): Letters {
  const starts = new Int32Array(texts.length + 1)
  let total = 0
  texts.forEach((text, index) => {
    starts[index] = total
    total += text.length
  })
  starts[texts.length] = total
  const units = new Uint16Array(total)
  const masks = new Int32Array(texts.length)
  let at = 0
  texts.forEach((text, index) => {
    let mask = 0
    for (let place = 0; place < text.length; place++) {
      const unit = text.charCodeAt(place)
      units[at++] = unit
      mask |= 1 << (unit & 31)
    }
    masks[index] = mask
  })
  return { starts, units, masks }
}

export const lengthOf = ({ starts }: Letters, text: number): number => (starts[text + 1] ?? 0) - (starts[text] ?? 0)

/** How many letters at least must be put in, taken out or changed: half the letters that only one of the two has. */
export function leastEdits({ masks }: Letters, one: number, other: number): number {
  const differing = (masks[one] ?? 0) ^ (masks[other] ?? 0)
  return (bitCount(differing) + 1) >> 1
}

function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
