/** A comparison of a pattern: `[ipv4-addr:value = '192.0.2.1']` is path `ipv4-addr:value`, operator `=`, and its text. */
export interface Comparison {
  readonly path: string
  readonly operator: string
  readonly value: string
}

const wordBytes = /[A-Za-z0-9_.:[\]*'"-]/

/** Walks the pattern once, left to right, and takes what stands before each quoted text. No grammar is judged. */
export function comparisonsOf(pattern: string): Comparison[] {
  const found: Comparison[] = []
  let path = ''
  let operator = ''
  let at = 0
  while (at < pattern.length && found.length < 10_000) {
    const sign = pattern[at] ?? ''
    if (sign === "'" && operator !== '') {
      const { text, end } = quoted(pattern, at)
      if (path !== '') found.push({ path, operator, value: text })
      at = end
    } else if (sign === '=' || sign === '!' || sign === '>' || sign === '<') {
      operator = operator.endsWith('!') || operator.endsWith('>') || operator.endsWith('<') ? operator + sign : sign
      at += 1
    } else if (sign === '[' || /[A-Za-z]/.test(sign)) {
      const from = sign === '[' ? at + 1 : at
      const word = wordAt(pattern, from)
      at = Math.max(from, word.end)
      const isOperator = /^(?:IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET)$/.test(word.text)
      if (isOperator) operator = word.text
      else if (word.text.includes(':')) {
        path = word.text
        operator = ''
      } else if (word.text === 'AND' || word.text === 'OR') operator = ''
    } else at += 1
  }
  return found
}

/** A path may hold quoted keys: `file:hashes.'SHA-256'`. */
function wordAt(pattern: string, from: number): { text: string; end: number } {
  let end = from
  while (end < pattern.length && wordBytes.test(pattern[end] ?? '')) {
    if (pattern[end] === "'") {
      if (pattern[end - 1] !== '.') break
      const close = pattern.indexOf("'", end + 1)
      if (close < 0) break
      end = close
    }
    end += 1
  }
  return { text: pattern.slice(from, end), end }
}

function quoted(pattern: string, at: number): { text: string; end: number } {
  let text = ''
  let end = at + 1
  while (end < pattern.length && pattern[end] !== "'") {
    if (pattern[end] === '\\') end += 1
    text += pattern[end] ?? ''
    end += 1
  }
  return { text, end: end + 1 }
}
