const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])

export interface HtmlText {
  readonly text: string
  /** Where links lead, which need not be what they show. */
  readonly links: readonly string[]
  readonly moreLinks: boolean
}

const mostLinks = 1000

/** The words of an HTML body without its markup, in one pass. Nothing is rendered, loaded or run. */
export function htmlText(html: string): HtmlText {
  const pieces: string[] = []
  const links = new Set<string>()
  let moreLinks = false
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) {
      pieces.push(html.slice(at))
      break
    }
    pieces.push(html.slice(at, open))
    const close = html.startsWith('<!--', open) ? html.indexOf('-->', open + 4) + 2 : html.indexOf('>', open)
    if (close < open) {
      // A bracket that nothing closes is text: rather too much than something lost.
      pieces.push(html.slice(open))
      break
    }
    const tag = html.slice(open + 1, Math.min(close, open + 4096))
    const name = /^\/?([a-z0-9]{1,20})/i.exec(tag)?.[1]?.toLowerCase() ?? ''
    if (/^(?:br|p|div|tr|li|h[1-6]|table|blockquote)$/.test(name)) pieces.push('\n')
    const link = name === 'a' || name === 'area' ? hrefOf(tag) : null
    if (link !== null && links.size < mostLinks) links.add(link)
    else if (link !== null) moreLinks = true
    at = close + 1
    if (name === 'script' || name === 'style') at = afterElement(html, at, name)
  }
  const lines = unescapeEntities(pieces.join(''))
    .split('\n')
    .map((line) => line.trimEnd())
  const text = lines
    .filter((line, index) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim()
  return { text, links: [...links], moreLinks }
}

function hrefOf(tag: string): string | null {
  const match = /\shref\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag)
  const written = match?.[1] ?? match?.[2] ?? match?.[3]
  return written === undefined || written === '' ? null : unescapeEntities(written).trim()
}

function afterElement(html: string, from: number, name: 'script' | 'style'): number {
  const end = new RegExp(`</${name}`, 'ig')
  end.lastIndex = from
  const match = end.exec(html)
  return match === null ? html.length : match.index
}

const unescapeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? (hex === undefined ? null : Number.parseInt(hex, 16)) : Number(decimal)
    if (code === null) return entities.get(String(name).toLowerCase()) ?? whole
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
  })
