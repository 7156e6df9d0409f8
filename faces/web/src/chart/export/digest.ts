/** SHA-256 of the very bytes that are saved, in hex; null where the browser has no WebCrypto (a page without TLS). */
export async function digestOf(text: string): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** No selector, no name, no operation: the beginning of the digest tells files apart. */
export const fileName = (extension: string, digest: string | null, at: Date): string =>
  `link-chart-${at.toISOString().slice(0, 16).replace(/[-:]/g, '')}Z${digest === null ? '' : `-${digest.slice(0, 12)}`}.${extension}`
