export type Utf16 = { readonly encoding: 'utf-16le' | 'utf-16be'; readonly bom: boolean }

/** By its byte order mark, or because every other byte of its first kilobyte is zero. */
export function utf16Of(bytes: Uint8Array): Utf16 | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', bom: true }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', bom: true }
  const pairs = Math.floor(Math.min(bytes.length, 1024) / 2)
  if (pairs < 4) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0 && bytes[at + 1] !== 0) even += 1
    if (bytes[at + 1] === 0 && bytes[at] !== 0) odd += 1
  }
  if (odd > pairs * 0.8) return { encoding: 'utf-16le', bom: false }
  if (even > pairs * 0.8) return { encoding: 'utf-16be', bom: false }
  return null
}

export const utf16ToUtf8 = (bytes: Uint8Array, form: Utf16): Uint8Array =>
  new TextEncoder().encode(new TextDecoder(form.encoding, { ignoreBOM: true }).decode(bytes))

export function utf8ToUtf16(bytes: Uint8Array, form: Utf16): Uint8Array {
  const out = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), 'utf16le')
  return form.encoding === 'utf-16be' ? out.swap16() : out
}
