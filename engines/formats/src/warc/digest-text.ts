/** `sha1:BASE32`, `sha256:hex`, ...: the algorithm and the digest in hexadecimal, or null when it is neither. */
export function readDigest(
  written: string,
): { readonly algorithm: 'sha1' | 'sha256' | 'md5'; readonly hex: string } | null {
  const colon = written.indexOf(':')
  const name = written.slice(0, colon).toLowerCase().replace('-', '')
  const value = written.slice(colon + 1).trim()
  if (name !== 'sha1' && name !== 'sha256' && name !== 'md5') return null
  const length = { sha1: 40, sha256: 64, md5: 32 }[name]
  if (value.length === length && /^[0-9a-fA-F]+$/.test(value)) return { algorithm: name, hex: value.toLowerCase() }
  const hex = base32Hex(value)
  return hex !== null && hex.length === length ? { algorithm: name, hex } : null
}

/** RFC 4648 section 6, with or without its padding. */
function base32Hex(text: string): string | null {
  let bits = 0
  let held = 0
  let hex = ''
  for (const letter of text.toUpperCase().replace(/=+$/, '')) {
    const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)
    if (value < 0 || hex.length > 200) return null
    held = ((held << 5) | value) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      hex += ((held >> bits) & 0xff).toString(16).padStart(2, '0')
    }
  }
  return hex
}
