import { err, ok, type Result } from '@tandem/core'
import type { Limits } from '../reader.ts'
import type { Remark } from '../record.ts'

/** References such as `&#65;` allowed in one document: real text has few, an attack has many. */
const MAX_NUMERIC_REFERENCES = 20_000

/** Looks at the bytes before any XML parser does. Gives the text, or the reason why the file is set aside. */
export function guardXml(bytes: Uint8Array, limits: Limits): Result<string, Remark> {
  if (bytes.length > limits.maxBytes) return refuse('too-large', 'The file is larger than this lane accepts.')
  const wide = wideEncoding(bytes)
  if (wide !== null) return refuse('encoding', `The file is written in ${wide}; only UTF-8 is read. Send it as UTF-8.`)
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  if (isBlank(bytes, start)) return refuse('empty', 'The file is empty.')
  const prolog = scanProlog(bytes, start)
  if (prolog === 'doctype') {
    return refuse('doctype', 'The file has a DOCTYPE, which can hide outside content and is never read.')
  }
  const declared = declaredEncoding(bytes.subarray(start, start + 200))
  if (declared !== null && declared.toLowerCase() !== 'utf-8' && declared.toLowerCase() !== 'utf8') {
    return refuse('encoding', 'The file declares another encoding than UTF-8. Send it as UTF-8.')
  }
  if (countNumericReferences(bytes) > MAX_NUMERIC_REFERENCES) {
    return refuse('too-many-references', 'The file has more character references than any real report.')
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start)))
  } catch {
    return refuse('not-utf8', 'The file is not valid UTF-8, whatever it declares. Send it as UTF-8.')
  }
}

const refuse = (code: string, says: string): Result<never, Remark> => err({ code, place: 'whole file', says })

function wideEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32'
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16'
  if (a === 0xfe && b === 0xff) return 'UTF-16'
  if ((a === 0x3c && b === 0) || (a === 0 && b === 0x3c)) return 'UTF-16'
  return null
}

function isBlank(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (!isSpace(bytes[at])) return false
  return true
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/**
 * A DOCTYPE is only possible before the root element (XML 1.0, production 22), so only that part is scanned: a chat
 * that quotes HTML inside CDATA is no attack. Later ones are not well-formed and the parser refuses them.
 */
function scanProlog(bytes: Uint8Array, from: number): 'doctype' | 'clean' {
  let at = from
  for (;;) {
    while (isSpace(bytes[at])) at++
    if (bytes[at] !== 0x3c) return 'clean'
    if (bytes[at + 1] === 0x3f) at = after(bytes, at + 2, '?>')
    else if (bytes[at + 1] !== 0x21) return 'clean'
    else if (bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d) at = after(bytes, at + 4, '-->')
    else return 'doctype'
  }
}

function after(bytes: Uint8Array, from: number, mark: string): number {
  for (let at = from; at < bytes.length; at++) {
    let same = 0
    while (same < mark.length && bytes[at + same] === mark.charCodeAt(same)) same++
    if (same === mark.length) return at + same
  }
  return bytes.length
}

function declaredEncoding(head: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(head)
  if (!text.startsWith('<?xml')) return null
  const declaration = text.slice(0, text.indexOf('?>') < 0 ? text.length : text.indexOf('?>'))
  return /[\s]encoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? null
}

function countNumericReferences(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0x26); at >= 0; at = bytes.indexOf(0x26, at + 1)) if (bytes[at + 1] === 0x23) count++
  return count
}
