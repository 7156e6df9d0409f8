/** A file's name as it can be shown, and its bytes in hex when the text cannot say them: names need not be UTF-8. */
export interface Name {
  readonly text: string
  readonly bytes: string | null
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function nameFromBytes(bytes: Uint8Array): Name {
  try {
    return { text: strict.decode(bytes), bytes: null }
  } catch {
    return { text: escaped(bytes), bytes: Buffer.from(bytes).toString('hex') }
  }
}

export function bytesOfName(name: Name): Uint8Array {
  return name.bytes === null ? Buffer.from(name.text) : Buffer.from(name.bytes, 'hex')
}

/** What is no UTF-8 becomes \xNN; the exact bytes stand beside. */
function escaped(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0)
    const character = bytes.subarray(at, at + length)
    try {
      if (character.length < length) throw new RangeError('cut off')
      text += strict.decode(character)
      at += length
    } catch {
      text += `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`
      at++
    }
  }
  return text
}

const sequenceLength = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)
