/**
 * RFC 4648 section 4, strict: padding in its place, no white space, no spare bits. Two texts for the same bytes would
 * let somebody change a signed file without being noticed.
 */
export function readBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

export const writeBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** A SHA-256 hash in base64, or null. */
export function readHash(text: string): Buffer | null {
  const bytes = readBase64(text)
  return bytes?.length === 32 ? bytes : null
}

/** An ASCII decimal without leading zeroes, or null when it is none or too great to be counted exactly. */
export function readCount(text: string): number | null {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : -1
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}
