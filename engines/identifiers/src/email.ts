import { domainToASCII } from 'node:url'
import { err, ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from './identifier.ts'
import { hasControl } from './text.ts'

export interface EmailReading {
  readonly identifier: Identifier
  /** Local part exactly as written. RFC 5321 section 2.4: only the receiving host may interpret it. */
  readonly localPart: string
  /** Lower-case ASCII (IDNA) domain. */
  readonly domain: string
}

/**
 * Practical subset of RFC 5321: a dot-atom (RFC 6531 letters allowed) at a domain name. Quoted local parts and
 * address literals are refused. The form that is compared (`normal`) has the local part in NFC and lower case, since
 * no large provider tells `Bob` from `bob`; plus-tags and dots stay, they are another key and never this one.
 */
export function readEmail(written: string): Result<EmailReading, IdentifierRefusal> {
  const text = unwrapped(written.trim())
  // RFC 5321 section 4.5.3.1.3: a path has 256 octets with its two brackets.
  if (text.length > 254) return refused('email-too-long', 'an e-mail address has at most 254 characters')
  if (hasControl(text) || !text.isWellFormed()) return refused('email-control', 'a control character in the address')
  const at = text.lastIndexOf('@')
  if (at < 1) return refused('email-form', 'no local part and domain around one @')
  const localPart = text.slice(0, at)
  if (localPart.startsWith('"')) return refused('email-quoted', 'a quoted local part is outside the practical subset')
  if (!isDotAtom(localPart)) return refused('email-form', 'the part before the @ holds a character that is not allowed')
  const domain = domainOf(text.slice(at + 1))
  if (domain === null) return refused('email-domain', 'the part after the @ is no domain name')
  const normal = `${localPart.normalize('NFC').toLowerCase()}@${domain}`
  const identifier: Identifier = { kind: 'email', normal, strength: 'form', because: 'RFC 5321 practical subset' }
  return ok({ identifier, localPart, domain })
}

function unwrapped(text: string): string {
  const bare = text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text
  return /^mailto:/i.test(bare) ? bare.slice(7) : bare
}

/** RFC 5322 section 3.2.3 atext, plus any character outside ASCII that is a letter, mark, number or symbol (RFC 6531). */
function isDotAtom(local: string): boolean {
  if (new TextEncoder().encode(local).length > 64) return false
  return local
    .split('.')
    .every((atom) => /^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|(?![\0-\x7f])[\p{L}\p{M}\p{N}\p{S}])+$/u.test(atom))
}

function domainOf(written: string): string | null {
  // domainToASCII reads a host as a URL does, so what could end a host is refused first.
  if (/[\s/?#@:%\\[\]<>^|]/.test(written) || written.startsWith('.') || written.endsWith('.')) return null
  const domain = domainToASCII(written).toLowerCase()
  if (domain.length > 253) return null
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return null
  return /^[0-9]+$/.test(labels.at(-1) ?? '') ? null : domain
}

const refused = (code: string, says: string): Result<never, IdentifierRefusal> => err({ code, says })
