import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Small values that a browser keeps for us and must neither read nor change (AES-256-GCM, a purpose as context). */
export interface Sealer {
  seal(purpose: string, value: string): string
  open(purpose: string, sealed: string): string | null
}

export function makeSealer(secrets: readonly Buffer[] = [randomBytes(32)]): Sealer {
  const keys = secrets.map((secret) => {
    if (secret.length < 32) throw new RangeError('a session secret has 32 bytes or more')
    return Buffer.from(hkdfSync('sha256', secret, '', 'tandem server seal', 32))
  })
  const [sealing] = keys
  if (sealing === undefined) throw new RangeError('at least one session secret is needed')
  return {
    seal(purpose, value) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return sealed.toString('base64url')
    },
    open(purpose, text) {
      const sealed = Buffer.from(text, 'base64url')
      if (sealed.length < 28 || sealed.length > 4096) return null
      for (const key of keys) {
        try {
          const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
          opener.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-16))
          return Buffer.concat([opener.update(sealed.subarray(12, -16)), opener.final()]).toString('utf8')
        } catch {
          // Not sealed with this key, or changed: the next key, or null.
        }
      }
      return null
    },
  }
}
