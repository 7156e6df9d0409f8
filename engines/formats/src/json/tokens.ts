import type { JsonFault } from './node.ts'

export type TokenType = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end'

const digit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** RFC 8259 tokens over bytes, one at a time, with byte spans. Linear; allocates nothing for a token. */
export class JsonTokens {
  /** Span of the token that `next` returned last. A string's span includes its quotes. */
  start = 0
  end = 0
  /** The last string holds at least one escape. */
  escaped = false
  fault: JsonFault | null = null
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, from = 0) {
    this.#bytes = bytes
    this.end = from
  }

  /** The next token, or null when the bytes are no JSON: then `fault` says where and why. */
  next(): TokenType | null {
    const bytes = this.#bytes
    let at = this.end
    for (;;) {
      const byte = bytes[at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break
      at += 1
    }
    this.start = at
    this.end = at + 1
    switch (bytes[at]) {
      case undefined:
        this.end = at
        return 'end'
      case 0x7b:
        return '{'
      case 0x7d:
        return '}'
      case 0x5b:
        return '['
      case 0x5d:
        return ']'
      case 0x3a:
        return ':'
      case 0x2c:
        return ','
      case 0x22:
        return this.#string()
      case 0x74:
        return this.#word('true')
      case 0x66:
        return this.#word('false')
      case 0x6e:
        return this.#word('null')
      default:
        return this.#number()
    }
  }

  #string(): TokenType | null {
    const bytes = this.#bytes
    this.escaped = false
    let at = this.start + 1
    for (;;) {
      const byte = bytes[at]
      if (byte === undefined) return this.#fail(at, 'json-cut-off', 'the file ends inside a text')
      if (byte === 0x22) break
      if (byte < 0x20) return this.#fail(at, 'json-control', 'a control character inside a text is not escaped')
      if (byte === 0x5c) {
        this.escaped = true
        const length = escapeLength(bytes, at)
        if (length === 0) return this.#fail(at, 'json-escape', 'an escape that JSON does not know')
        at += length
      } else at += 1
    }
    this.end = at + 1
    return 'string'
  }

  #word<W extends 'true' | 'false' | 'null'>(word: W): W | null {
    for (let at = 0; at < word.length; at += 1) {
      if (this.#bytes[this.start + at] !== word.charCodeAt(at)) {
        return this.#fail(this.start + at, 'json-syntax', 'a word that JSON does not know')
      }
    }
    this.end = this.start + word.length
    return word
  }

  #number(): TokenType | null {
    const bytes = this.#bytes
    let at = this.start
    if (bytes[at] === 0x2d) at += 1
    if (!digit(bytes[at])) return this.#fail(at, 'json-syntax', 'a character where JSON expects a value')
    if (bytes[at] === 0x30) at += 1
    else at = this.#digits(at)
    if (bytes[at] === 0x2e) {
      if (!digit(bytes[at + 1])) return this.#fail(at + 1, 'json-number', 'a number ends after its point')
      at = this.#digits(at + 1)
    }
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      at += bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d ? 2 : 1
      if (!digit(bytes[at])) return this.#fail(at, 'json-number', 'a number ends inside its exponent')
      at = this.#digits(at)
    }
    this.end = at
    return 'number'
  }

  #digits(from: number): number {
    let at = from
    while (digit(this.#bytes[at])) at += 1
    return at
  }

  #fail(offset: number, code: string, says: string): null {
    const cut = offset >= this.#bytes.length
    this.fault = {
      kind: 'syntax',
      code: cut ? 'json-cut-off' : code,
      says: cut ? 'the file ends too early: it was cut off' : says,
      offset,
    }
    return null
  }
}

/** 2 for `\n`, 6 for `\u0041`, 0 for no valid escape. */
function escapeLength(bytes: Uint8Array, at: number): 0 | 2 | 6 {
  switch (bytes[at + 1]) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return 2
    case 0x75:
      for (let digitAt = at + 2; digitAt < at + 6; digitAt += 1) if (!isHex(bytes[digitAt])) return 0
      return 6
    default:
      return 0
  }
}

const isHex = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66))
