const lengths: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  pdq: 64,
}

/** `SHA-256`, `sha256`, `SHA_256`: one spelling. */
export const hashKind = (written: string): string => written.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Lower-case hexadecimal when kind and length fit, else null. */
export function hashValue(kind: string, written: string): string | null {
  const value = written.trim().toLowerCase()
  return lengths[kind] === value.length && /^[0-9a-f]+$/.test(value) ? value : null
}
