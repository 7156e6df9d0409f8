import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

/** A fingerprint or key id as people write it: groups of four, `0x` before it. */
export function readPgpKeyName(written: string): Result<{ readonly identifier: Identifier }, IdentifierRefusal> {
  if (written.length > 128) return refuse('pgp-key-length', 'longer than any fingerprint')
  const text = written.trim().replace(/^(?:openpgp4fpr:|0x)/i, '')
  if (!/^[0-9a-f]+(?:[ \u00a0:]{1,2}[0-9a-f]+)*$/i.test(text)) return refuse('pgp-key-form', 'not written in hex')
  const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase()
  if (/^(.)\1*$/.test(digits)) return refuse('pgp-key-filler', 'one digit repeated names no key')
  const named = (normal: string, strength: Identifier['strength'], because: string, also?: readonly string[]) =>
    ok({ identifier: { kind: 'pgp-key' as const, normal, strength, because, ...(also === undefined ? {} : { also }) } })
  switch (digits.length) {
    case 40:
      return named(digits, 'form', 'length of a fingerprint of version 4', [`keyid/${digits.slice(-16)}`])
    case 64:
      return named(digits, 'form', 'length of a fingerprint of version 6', [`keyid/${digits.slice(0, 16)}`])
    case 16:
      return named(`keyid/${digits}`, 'weak', 'length of a key id, which is a part of a fingerprint')
    case 8:
      return named(`keyid-short/${digits}`, 'weak', 'length of a short key id: very many keys share one')
    default:
      return refuse('pgp-key-digits', 'a fingerprint has 40 or 64 hex digits, a key id 16 or 8')
  }
}
