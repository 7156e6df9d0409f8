import { hash } from 'node:crypto'
import { base58, base58xmr, base58xrp } from '@scure/base'

const digits = { base58, base58xmr, base58xrp } as const

/** The bytes a text stands for, or null. The alphabets leave out 0, O, I and l. */
export function base58Bytes(text: string, alphabet: keyof typeof digits = 'base58'): Uint8Array | null {
  if (text.length > 128 || !/^[1-9A-HJ-NP-Za-km-z]+$/.test(text)) return null
  try {
    return digits[alphabet].decode(text)
  } catch {
    return null
  }
}

/** Base58Check: the last four bytes are the start of the double SHA-256 of what stands before them. */
export function base58CheckPayload(text: string, alphabet: 'base58' | 'base58xrp' = 'base58'): Uint8Array | null {
  const bytes = base58Bytes(text, alphabet)
  if (bytes === null || bytes.length < 5) return null
  const payload = bytes.subarray(0, -4)
  const sum = twice(payload)
  const given = bytes.subarray(-4)
  return given.every((byte, at) => byte === sum[at]) ? payload : null
}

export function base58CheckText(payload: Uint8Array, alphabet: 'base58' | 'base58xrp' = 'base58'): string {
  return digits[alphabet].encode(Uint8Array.of(...payload, ...twice(payload).subarray(0, 4)))
}

const twice = (bytes: Uint8Array): Uint8Array => hash('sha256', hash('sha256', bytes, 'buffer'), 'buffer')
