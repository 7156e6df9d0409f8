/** Bytes of one object of a file, or of what stands where an object should. */
export interface ObjectCut {
  readonly start: number
  readonly end: number
  /** `cut-off`: the file ends inside it. `other`: it is no object. */
  readonly is: 'object' | 'cut-off' | 'other'
}

const blank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e

/**
 * Objects that stand in one file: alone, in a list, one a line, or simply one after another. They are cut by bracket depth
 * outside strings, so that a damaged one or a file that was cut off does not take the others along. Brackets and quotes
 * never occur inside a multi-byte UTF-8 character.
 */
export function* objectsOf(bytes: Uint8Array): Generator<ObjectCut, void, undefined> {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const skip = (also: (byte: number | undefined) => boolean = () => false): void => {
    while (at < bytes.length && (blank(bytes[at]) || also(bytes[at]))) at += 1
  }
  skip()
  const inList = bytes[at] === 0x5b
  if (inList) at += 1
  for (;;) {
    skip((byte) => inList && byte === 0x2c)
    if (at >= bytes.length) {
      if (inList) yield { start: bytes.length, end: bytes.length, is: 'cut-off' }
      return
    }
    if (inList && bytes[at] === 0x5d) {
      at += 1
      skip()
      if (at < bytes.length) yield { start: at, end: bytes.length, is: 'other' }
      return
    }
    const start = at
    if (bytes[at] === 0x7b) {
      const end = endOfObject(bytes, at)
      yield { start, end: end ?? bytes.length, is: end === null ? 'cut-off' : 'object' }
      if (end === null) return
      at = end
    } else {
      // Up to where an object could begin again, so that one stray value costs one entry.
      while (at < bytes.length && bytes[at] !== 0x7b && !(inList && bytes[at] === 0x5d)) at += 1
      yield { start, end: at, is: 'other' }
    }
  }
}

function endOfObject(bytes: Uint8Array, from: number): number | null {
  let depth = 0
  let inString = false
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (inString) {
      if (byte === 0x5c) at += 1
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x7b || byte === 0x5b) depth += 1
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return null
}
