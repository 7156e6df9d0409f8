import { err, ok, type Result } from '@tandem/core'

/**
 * A 256-bit hash as it comes: 64 hexadecimal digits, the 32 bytes they stand for, or those as eight words (the first
 * word is the first eight digits).
 */
export type HashInput = string | Uint8Array | Uint32Array

/** The 32 bytes of the text form: bit 0 of a PDQ hash is the lowest bit of the last byte. */
export const hashBytes = 32

export interface HashProblem {
  readonly code: 'not-64-digits' | 'not-a-digit' | 'not-32-bytes' | 'not-8-words' | 'not-a-hash'
  readonly says: string
}

/** Writes the hash's bytes into `into` from `at` on, or says why it is none. Values are never repeated in the reason. */
export function writeHash(input: HashInput, into: Uint8Array, at: number): HashProblem | null {
  if (typeof input === 'string') return writeHex(input, into, at)
  if (input instanceof Uint8Array) {
    if (input.length !== hashBytes) return lengthProblem('not-32-bytes', 32, input.length, 'bytes')
    into.set(input, at)
    return null
  }
  if (!(input instanceof Uint32Array)) {
    return { code: 'not-a-hash', says: 'A hash is given as 64 hexadecimal digits, 32 bytes or eight 32-bit words.' }
  }
  if (input.length !== 8) return lengthProblem('not-8-words', 8, input.length, 'words')
  for (const [index, word] of input.entries()) {
    for (let byte = 0; byte < 4; byte++) into[at + index * 4 + byte] = (word >>> (24 - 8 * byte)) & 0xff
  }
  return null
}

export function readHash(input: HashInput): Result<Uint8Array, HashProblem> {
  const bytes = new Uint8Array(hashBytes)
  const problem = writeHash(input, bytes, 0)
  return problem === null ? ok(bytes) : err(problem)
}

/** Number of differing bits. */
export function distanceOf(a: Uint8Array, b: Uint8Array): number {
  let bits = 0
  for (let index = 0; index < hashBytes; index++) bits += bitsSet((a[index] ?? 0) ^ (b[index] ?? 0))
  return bits
}

export function bitsSet(value: number): number {
  let bits = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) bits++
  return bits
}

export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += bytePairs[byte] ?? ''
  return text
}

function writeHex(text: string, into: Uint8Array, at: number): HashProblem | null {
  if (text.length !== 64) return lengthProblem('not-64-digits', 64, text.length, 'digits')
  for (let index = 0; index < hashBytes; index++) {
    const high = digitOf(text.charCodeAt(2 * index))
    const low = digitOf(text.charCodeAt(2 * index + 1))
    if ((high | low) > 15) {
      const place = 2 * index + (high > 15 ? 1 : 2)
      return { code: 'not-a-digit', says: `Character ${place} of the hash is not a hexadecimal digit.` }
    }
    into[at + index] = (high << 4) | low
  }
  return null
}

const digitValues = new Uint8Array(128).fill(0x80)
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  digitValues[digit.charCodeAt(0)] = value
  digitValues[digit.toUpperCase().charCodeAt(0)] = value
}
const digitOf = (code: number): number => digitValues[code] ?? 0x80

const bytePairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const lengthProblem = (code: HashProblem['code'], wanted: number, found: number, unit: string): HashProblem => ({
  code,
  says: `A hash has ${wanted} ${unit}; this one has ${found}.`,
})
