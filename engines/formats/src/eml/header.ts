import { decodeWords } from 'postal-mime'

/** One header field. `raw` holds one character a byte, as it stood, unfolded. */
export interface Field {
  readonly name: string
  readonly key: string
  readonly raw: string
}

/** A value with parameters: `text/plain; charset=utf-8` (RFC 2045 section 5.1, RFC 2231). */
export interface Structured {
  readonly value: string
  readonly parameters: ReadonlyMap<string, string>
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** Longer values are no header of any mail: they are kept undecoded. */
const longestValue = 65_536

/** Bytes beyond ASCII are UTF-8 (RFC 6532), or what old programs wrote: Windows-1252. */
export function textOfBytes(raw: string): string {
  const bytes = Buffer.from(raw, 'latin1')
  try {
    return utf8.decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The text of an unstructured field: encoded words (RFC 2047) decoded. */
export const decoded = (raw: string): string =>
  raw.length > longestValue ? textOfBytes(raw).trim() : decodeWords(textOfBytes(raw)).trim()

export const firstField = (fields: readonly Field[], key: string): Field | null =>
  fields.find((field) => field.key === key) ?? null

export function structured(raw: string): Structured {
  const text = raw.slice(0, longestValue)
  const end = text.indexOf(';')
  const value = withoutComments(end < 0 ? text : text.slice(0, end))
    .trim()
    .toLowerCase()
  const parameters = new Map<string, string>()
  const pieces = new Map<string, { at: number; text: string; encoded: boolean }[]>()
  const pattern = /;[ \t]*([^\s=;"]{1,100})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/gs
  for (const [, written = '', quoted, plain] of (end < 0 ? '' : text.slice(end)).matchAll(pattern)) {
    const name = /^(.+?)(?:\*([0-9]{1,4}))?(\*)?$/.exec(written.toLowerCase())
    if (name === null) continue
    const [, base = '', at, encoded] = name
    const list = pieces.get(base) ?? []
    list.push({
      at: Number(at ?? '0'),
      text: quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? '',
      encoded: encoded === '*',
    })
    if (pieces.size < 100) pieces.set(base, list)
  }
  for (const [name, list] of pieces) parameters.set(name, joined(list))
  return { value, parameters }
}

/** RFC 2231: pieces in order; the first may name a character set, the marked ones hold `%XX`. */
function joined(list: readonly { at: number; text: string; encoded: boolean }[]): string {
  const ordered = [...list].sort((a, b) => a.at - b.at)
  if (!ordered.some(({ encoded }) => encoded)) return decoded(ordered.map(({ text }) => text).join(''))
  let charset = 'utf-8'
  const bytes = ordered
    .map(({ text, encoded }, index) => {
      if (!encoded) return text
      const marked = index === 0 ? /^([^']*)'[^']*'(.*)$/s.exec(text) : null
      if (marked !== null) charset = marked[1] || 'utf-8'
      return (marked?.[2] ?? text).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    })
    .join('')
  try {
    return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return textOfBytes(bytes)
  }
}

/** RFC 5322 section 3.2.2 comments, nested, outside quoted strings. */
export function withoutComments(text: string): string {
  if (!text.includes('(')) return text
  let depth = 0
  let quoted = false
  let kept = ''
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '\\') {
      if (depth === 0) kept += text.slice(at, at + 2)
      at += 1
    } else if (sign === '"' && depth === 0) {
      quoted = !quoted
      kept += sign
    } else if (sign === '(' && !quoted) depth += 1
    else if (sign === ')' && depth > 0) {
      depth -= 1
      kept += depth === 0 ? ' ' : ''
    } else if (depth === 0) kept += sign
  }
  return kept
}
