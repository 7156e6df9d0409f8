export interface Spoken {
  /** Null for a line of the service itself: `Alice added you`. */
  readonly author: string | null
  readonly text: string
  readonly doubt: { readonly code: string; readonly says: string } | null
}

/** What follows the header of each message of a file, seen together, because one line alone does not tell. */
export interface Speakers {
  split(rest: string): Spoken
}

/** A name is short; a colon further in belongs to the text. */
const longestName = 200
const bidi = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const noDoubt = null

/**
 * Nothing marks where a name ends: names may hold ": ", lines of the service may hold it too, and `Name:.` has no blank.
 * A name that speaks elsewhere in the file is believed; the rest is decided by rules that are said as a remark.
 */
export function speakersOf(rests: readonly string[]): Speakers {
  const names = new Map<string, { lines: number; longer: Map<string, number> }>()
  for (const rest of rests) {
    const at = firstColon(rest)
    if (at === null || opensQuote(rest.slice(0, at))) continue
    const name = rest.slice(0, at)
    const seen = names.get(name) ?? { lines: 0, longer: new Map() }
    seen.lines += 1
    const second = rest.slice(0, longestName).indexOf(': ', at + 2)
    if (second > 0) {
      const longer = rest.slice(0, second)
      seen.longer.set(longer, (seen.longer.get(longer) ?? 0) + 1)
    }
    names.set(name, seen)
  }
  /** `Dr: Who` when every line that begins with `Dr: ` goes on with `Who: `, at least twice. */
  const longName = (name: string): string | null => {
    const seen = names.get(name)
    if (seen === undefined || seen.lines < 2 || seen.longer.size !== 1) return null
    const [longer, lines] = [...seen.longer][0] ?? ['', 0]
    return lines === seen.lines ? longer : null
  }
  const split = (rest: string): Spoken => {
    const at = firstColon(rest)
    if (at !== null) {
      const name = rest.slice(0, at)
      const longer = longName(name)
      if (longer !== null) {
        const says = 'the name holds a colon: every line that begins like this goes on like this'
        return { author: longer, text: rest.slice(longer.length + 2), doubt: { code: 'author-colon', says } }
      }
      if (!opensQuote(name)) return { author: name, text: rest.slice(at + 2), doubt: noDoubt }
      const says = 'a line of the service with a colon in its quotation, or a name with a quotation mark'
      return { author: null, text: rest, doubt: { code: 'author-undecided', says } }
    }
    return withoutBlank(rest)
  }
  /** `Name:.` and `Name:` */
  const withoutBlank = (rest: string): Spoken => {
    const head = rest.slice(0, longestName)
    for (let at = head.indexOf(':'); at > 0; at = head.indexOf(':', at + 1)) {
      const name = head.slice(0, at)
      const text = rest.slice(at + 1)
      if (names.has(name)) {
        const doubt =
          text === ''
            ? noDoubt
            : { code: 'colon-without-blank', says: 'no blank after the name, which speaks elsewhere in the file' }
        return { author: name, text, doubt }
      }
      // Unknown so far, but nothing except signs follows: a message of its own, not a line of the service.
      if (!/[\p{L}\p{N}]/u.test(text) && !opensQuote(name)) {
        const says = 'no blank after the name, and the name speaks nowhere else'
        return { author: name, text, doubt: { code: 'colon-without-blank', says } }
      }
    }
    return { author: null, text: rest, doubt: noDoubt }
  }
  return { split }
}

function firstColon(rest: string): number | null {
  const head = rest.slice(0, longestName)
  const at = head.indexOf(': ')
  if (at > 0) return at
  // A colon and then the end of the first line: the text begins on the next one.
  const end = rest.indexOf('\n')
  return end > 1 && end <= longestName && rest[end - 1] === ':' ? end - 1 : null
}

/** A quotation that is open where the colon stands: the colon is inside a title, not behind a name. */
function opensQuote(before: string): boolean {
  const plain = before.split('"').length - 1
  const curly = (before.match(/[\u201c\u201e\u00ab]/g) ?? []).length - (before.match(/[\u201d\u00bb]/g) ?? []).length
  return plain % 2 === 1 || curly > 0
}

/** The name without the invisible marks that telephones put around it. */
export const bareName = (name: string): string =>
  name
    .replace(bidi, '')
    .replace(/^~[\s\u00a0\u202f]*/, '')
    .trim()
