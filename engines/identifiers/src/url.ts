import { err, ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from './identifier.ts'
import { hasControl } from './text.ts'

export interface UrlReading {
  readonly identifier: Identifier
  readonly host: string
  /** Written as `hxxp` or `[.]` so that nobody follows it by accident; the mention keeps it that way. */
  readonly defanged: boolean
  /** A user name or password stands before the host: `https://bank.example@other.example/`. */
  readonly hasCredentials: boolean
}

/** WHATWG URL, http and https only. Reported URLs are data: they are stored and compared, never fetched. */
export function readUrl(written: string): Result<UrlReading, IdentifierRefusal> {
  const text = written.trim()
  if (text.length > 8192) return refused('url-too-long', 'longer than 8192 characters')
  if (hasControl(text) || /\s/.test(text) || !text.isWellFormed())
    return refused('url-control', 'white space or a control character inside')
  const refanged = refang(text)
  if (!/^https?:\/\//i.test(refanged)) return refused('url-scheme', 'only http and https addresses are kept as URLs')
  // Parsers disagree about a backslash: the WHATWG reads it as a slash, others as part of the user name.
  if (/^[^?#]*\\/.test(refanged)) return refused('url-backslash', 'a backslash makes the host ambiguous')
  const url = URL.parse(refanged)
  if (url === null || url.hostname === '') return refused('url-form', 'not a valid URL')
  const defanged = refanged !== text
  const identifier: Identifier = {
    kind: 'url',
    normal: url.href,
    strength: 'form',
    because: defanged ? 'WHATWG URL, written defanged' : 'WHATWG URL',
  }
  return ok({ identifier, host: url.hostname, defanged, hasCredentials: url.username !== '' || url.password !== '' })
}

/** Undoes the usual ways of disarming an address, in its scheme and host only. */
function refang(text: string): string {
  const scheme = text
    .replace(/^h(?:xx|\*\*)p(s?)/i, 'http$1')
    .replace(/^(https?)(?:\[:\]|\(:\)|\[:\/\/\])\/{0,2}/i, '$1://')
  const host = /^(https?:\/\/)([^/?#]*)(.*)$/is.exec(scheme)
  if (host === null) return scheme
  const [, start = '', name = '', rest = ''] = host
  return `${start}${name.replace(/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, '.').replace(/\[:\]/g, ':')}${rest}`
}

const refused = (code: string, says: string): Result<never, IdentifierRefusal> => err({ code, says })
