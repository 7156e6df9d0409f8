import { type LooksLike, looksLikeOf } from './looks-like.ts'

/** The first bytes of a file, looked at once; every reader's `detect` reads this and nothing else. */
export interface Head {
  readonly bytes: Uint8Array
  readonly bom: 'utf-8' | 'utf-16le' | 'utf-16be' | null
  /** Lenient UTF-8 (or UTF-16 after a BOM) text of the head, without the BOM: for detection only, never for reading. */
  readonly text: string
  readonly looksLike: LooksLike
  /** JSON: keys of the top-level object in order, with the text of short scalar values; else empty. */
  readonly topLevel: readonly { readonly key: string; readonly value: string | null }[]
  /** XML: name of the root element as written, with its prefix; else null. */
  readonly rootElement: string | null
  /** First line that is not empty, at most 4096 characters. */
  readonly firstLine: string
}

export const headLength = 8192

export function headOf(bytes: Uint8Array): Head {
  const head = bytes.subarray(0, headLength)
  const bom = bomOf(head)
  const text = new TextDecoder(bom ?? 'utf-8').decode(head)
  const looksLike = looksLikeOf(head, text)
  return {
    bytes: head,
    bom,
    text,
    looksLike,
    topLevel: looksLike === 'json' ? topLevelOf(text) : [],
    rootElement: looksLike === 'xml' ? rootElementOf(text) : null,
    firstLine: (/[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, headLength))?.[0] ?? '').slice(0, 4096),
  }
}

function bomOf(head: Uint8Array): Head['bom'] {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

/** A tolerant walk over a JSON head that may end anywhere: depth 1 keys and their short scalar values. */
function topLevelOf(text: string): { key: string; value: string | null }[] {
  const found: { key: string; value: string | null }[] = []
  const token = /"((?:[^"\\]|\\.)*)"|[{}[\]:,]|[^\s"{}[\]:,]+/gs
  let depth = 0
  let key: string | null = null
  let expectsValue = false
  for (const match of text.matchAll(token)) {
    const [whole, string] = match
    if (whole === '{' || whole === '[') {
      if (depth === 0 && whole === '[') return found
      if (depth === 1 && key !== null && expectsValue) found.push({ key, value: null })
      if (depth === 1) expectsValue = false
      depth += 1
    } else if (whole === '}' || whole === ']') {
      depth -= 1
      if (depth <= 0) return found
    } else if (depth !== 1) {
    } else if (whole === ':') expectsValue = key !== null
    else if (whole === ',') {
      key = null
      expectsValue = false
    } else if (expectsValue && key !== null) {
      found.push({ key, value: string ?? whole })
      expectsValue = false
    } else if (string !== undefined) key = unescaped(string)
  }
  return found
}

const unescaped = (text: string): string =>
  text.replace(/\\u([0-9A-Fa-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

function rootElementOf(text: string): string | null {
  let rest = text.trimStart()
  for (;;) {
    if (rest.startsWith('<?')) rest = after(rest, '?>')
    else if (rest.startsWith('<!--')) rest = after(rest, '-->')
    else if (rest.startsWith('<!')) rest = after(rest, '>')
    else return /^<([^\s/>!?<]{1,256})/.exec(rest)?.[1] ?? null
  }
}

function after(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at < 0 ? '' : text.slice(at + mark.length).trimStart()
}
