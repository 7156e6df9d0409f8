import { domainToASCII } from 'node:url'
import { ok, type Result } from '@tandem/core'
import { getDomain } from 'tldts'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'
import { isAlsoFileEnding, isKnownSuffix } from './suffix.ts'

export interface DomainReading {
  readonly identifier: Identifier
  /** What somebody registered: `shop.example.co.uk` belongs to `example.co.uk`. Null for a bare suffix. */
  readonly registrable: string | null
  /** Written as `host[.]example` so that nobody follows it by accident. */
  readonly defanged: boolean
}

/** The name of a host in lower-case ASCII (IDNA), under a suffix that exists. */
export function readDomain(written: string): Result<DomainReading, IdentifierRefusal> {
  if (written.length > 512) return refuse('domain-length', 'longer than any domain name')
  const text = written.trim()
  const refanged = text.replace(/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, '.').replace(/\.$/, '')
  if (/[\s/?#@:%\\[\]<>^|]/.test(refanged)) return refuse('domain-form', 'a character that no domain name has')
  const identifier = domainIdentifier(refanged)
  if (!identifier.ok) return identifier
  const defanged = refanged !== text && /[[({]/.test(text)
  const { normal } = identifier.value
  return ok({
    identifier: defanged
      ? { ...identifier.value, because: `${identifier.value.because}, written defanged` }
      : identifier.value,
    registrable: getDomain(normal, { allowPrivateDomains: false }),
    defanged,
  })
}

const plainLabels =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/

/** The identifier alone, of a text that holds nothing but the name. */
export function domainIdentifier(text: string): Result<Identifier, IdentifierRefusal> {
  const plain = plainLabels.test(text)
  const ascii = plain || !/[^\0-\x7f]/.test(text) ? text.toLowerCase() : domainToASCII(text)
  if (ascii.length > 253 || (!plain && !ascii.split('.').every(isLabel))) return refused
  const lastDot = ascii.lastIndexOf('.')
  if (lastDot < 1) return refused
  const last = ascii.slice(lastDot + 1)
  if (!isKnownSuffix(last)) return refuse('domain-suffix', 'no registered suffix: a file name or a local host')
  return ok(ascii.indexOf('.') === lastDot && isAlsoFileEnding(last) ? fileLike(ascii) : named(ascii))
}

const refused = refuse('domain-form', 'not labels of letters, digits and hyphens with dots between')

const named = (normal: string): Identifier => ({
  kind: 'domain',
  normal,
  strength: 'form',
  because: 'suffix of the public suffix list',
})

const fileLike = (normal: string): Identifier => ({
  kind: 'domain',
  normal,
  strength: 'weak',
  because: 'suffix of the public suffix list, but also the ending of file names',
})

/** RFC 1123 section 2.1; the underscore is no host name, but services and some hosts use it before the last two labels. */
const isLabel = (label: string, at: number, all: readonly string[]): boolean =>
  (at < all.length - 2 ? /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/ : /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/).test(
    label,
  )
