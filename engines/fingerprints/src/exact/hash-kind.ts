/** The exact hashes an index can hold; one index holds one kind. */
export const hashKinds = ['md5', 'sha1', 'sha256'] as const
export type HashKind = (typeof hashKinds)[number]

export const isHashKind = (text: unknown): text is HashKind => hashKinds.some((kind) => kind === text)

export const bytesOf = { md5: 16, sha1: 20, sha256: 32 } as const satisfies Record<HashKind, number>
export const wordsOf = { md5: 4, sha1: 5, sha256: 8 } as const satisfies Record<HashKind, number>

/** A hash is compared as big-endian words, so that the order of words is the order of its hex text. */
export function wordsFromBytes(bytes: Uint8Array, at: number, words: number, into: Uint32Array): void {
  for (let word = 0, byte = at; word < words; word++, byte += 4) into[word] = wordAt(bytes, byte)
}

export const wordAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0

/** Either case of hex. False when it is not exactly `words` words of hex; then `into` holds nothing of use. */
export function wordsFromHex(text: string, words: number, into: Uint32Array): boolean {
  if (text.length !== words * 8) return false
  for (let word = 0, at = 0; word < words; word++) {
    let value = 0
    for (const end = at + 8; at < end; at++) {
      const digit = digitOf(text.charCodeAt(at))
      if (digit < 0) return false
      value = (value << 4) | digit
    }
    into[word] = value
  }
  return true
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

export function hexOfWords(hashes: Uint32Array, at: number, words: number): string {
  let text = ''
  for (let word = at; word < at + words; word++) text += (hashes[word] ?? 0).toString(16).padStart(8, '0')
  return text
}
