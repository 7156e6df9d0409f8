import type { JsonArray, JsonFault, JsonLimits, JsonNode, JsonNote, JsonObject } from './node.ts'
import { exactNumber } from './number.ts'
import { JsonTokens, type TokenType } from './tokens.ts'

const poisoned: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const maxNumberLength = 512
const maxNotes = 1000

/** Recursive descent; `maxDepth` bounds the stack. */
export class TreeBuilder {
  readonly notes: JsonNote[] = []
  readonly ruleFaults: JsonFault[] = []
  readonly #tokens: JsonTokens
  readonly #buffer: Buffer
  readonly #limits: JsonLimits
  #depth = 0
  #values = 0
  #fault: JsonFault | null = null

  constructor(bytes: Uint8Array, from: number, limits: JsonLimits) {
    this.#tokens = new JsonTokens(bytes, from)
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#limits = limits
  }

  get fault(): JsonFault {
    return this.#fault ?? this.#tokens.fault ?? { kind: 'syntax', code: 'json-syntax', says: 'no JSON', offset: 0 }
  }

  document(): JsonNode | null {
    const first = this.#tokens.next()
    if (first === 'end') return this.#fail('syntax', 'json-empty', 'there is nothing in the file')
    const root = this.#value(first)
    if (root === null) return null
    const last = this.#tokens.next()
    if (last === null) return null
    return last === 'end' ? root : this.#fail('syntax', 'json-trailing', 'more follows after the end of the document')
  }

  #value(token: TokenType | null): JsonNode | null {
    const { start, end } = this.#tokens
    this.#values += 1
    if (this.#values > this.#limits.maxValues) {
      return this.#fail('limit', 'json-too-many-values', `more than ${this.#limits.maxValues} values`)
    }
    switch (token) {
      case null:
        return null
      case '{':
        return this.#nested(() => this.#object(start))
      case '[':
        return this.#nested(() => this.#array(start))
      case 'string':
        return { type: 'string', value: this.#text(this.#limits.maxStringLength, 'json-string-too-long'), start, end }
      case 'number':
        return this.#number(start, end)
      case 'true':
      case 'false':
        return { type: 'boolean', value: token === 'true', start, end }
      case 'null':
        return { type: 'null', start, end }
      case 'end':
        return this.#fail('syntax', 'json-cut-off', 'the file ends too early: it was cut off')
      default:
        return this.#fail('syntax', 'json-syntax', 'a sign where JSON expects a value')
    }
  }

  #nested<T extends JsonNode>(read: () => T | null): T | null {
    this.#depth += 1
    if (this.#depth > this.#limits.maxDepth) {
      return this.#fail('limit', 'json-too-deep', `nested deeper than ${this.#limits.maxDepth} levels`)
    }
    const node = read()
    this.#depth -= 1
    return node
  }

  #array(start: number): JsonArray | null {
    const items: JsonNode[] = []
    let token = this.#tokens.next()
    if (token === ']') return { type: 'array', items, start, end: this.#tokens.end }
    for (;;) {
      const item = this.#value(token)
      if (item === null) return null
      items.push(item)
      token = this.#tokens.next()
      if (token === ']') return { type: 'array', items, start, end: this.#tokens.end }
      if (token !== ',') return this.#unexpected(token, 'a list goes on without a comma')
      token = this.#tokens.next()
    }
  }

  #object(start: number): JsonObject | null {
    const members = new Map<string, JsonNode>()
    let count = 0
    let token = this.#tokens.next()
    if (token === '}') return { type: 'object', members, start, end: this.#tokens.end }
    for (;;) {
      if (token !== 'string') return this.#unexpected(token, 'an object goes on without a key in quotes')
      const key = this.#key(members)
      token = this.#tokens.next()
      if (token !== ':') return this.#unexpected(token, 'a key without a colon')
      const value = this.#value(this.#tokens.next())
      if (value === null) return null
      count += 1
      if (count === this.#limits.maxKeys + 1) {
        this.#rule('json-too-many-keys', `more than ${this.#limits.maxKeys} keys in one object`, start)
      }
      if (count <= this.#limits.maxKeys && key !== null && !members.has(key)) members.set(key, value)
      token = this.#tokens.next()
      if (token === '}') return { type: 'object', members, start, end: this.#tokens.end }
      if (token !== ',') return this.#unexpected(token, 'an object goes on without a comma')
      token = this.#tokens.next()
    }
  }

  /** The key, or null when it breaks a rule and its value must not be used. */
  #key(members: ReadonlyMap<string, JsonNode>): string | null {
    const { start } = this.#tokens
    const before = this.ruleFaults.length
    const key = this.#text(this.#limits.maxKeyLength, 'json-key-too-long')
    if (this.ruleFaults.length > before) return null
    if (poisoned.has(key)) {
      this.#rule('json-poisoned-key', 'a key that can change the behaviour of programs', start)
      return null
    }
    if (members.has(key))
      this.#rule('json-duplicate-key', 'the same key twice: programs disagree which one counts', start)
    return key
  }

  #text(maxLength: number, code: string): string {
    const { start, end, escaped } = this.#tokens
    const length = end - start - 2
    // A UTF-16 unit takes at most six bytes, as \u0041.
    const text = length > maxLength * 6 ? null : this.#unescaped(start, end, escaped)
    if (text === null || text.length > maxLength) {
      this.#rule(code, `a text longer than ${maxLength} characters`, start)
      return ''
    }
    if (escaped && text.includes('\0')) this.#note('json-nul', 'a NUL character inside a text')
    if (escaped && !text.isWellFormed())
      this.#note('json-lone-surrogate', 'half a character (lone surrogate) inside a text')
    return text
  }

  #unescaped(start: number, end: number, escaped: boolean): string {
    if (!escaped) return this.#buffer.toString('utf8', start + 1, end - 1)
    // The span is a valid JSON string by now, so this cannot throw.
    const text: unknown = JSON.parse(this.#buffer.toString('utf8', start, end))
    return typeof text === 'string' ? text : ''
  }

  #number(start: number, end: number): JsonNode {
    if (end - start > maxNumberLength) {
      this.#rule('json-number-too-long', `a number of more than ${maxNumberLength} characters`, start)
      return { type: 'null', start, end }
    }
    const text = this.#buffer.toString('latin1', start, end)
    if (!Number.isFinite(Number(text))) this.#rule('json-number-overflow', 'a number too large for any program', start)
    const value = exactNumber(text)
    if (value === null) this.#note('json-number-kept-as-text', 'a number that would lose digits is kept as text')
    return { type: 'number', text, value, start, end }
  }

  #note(code: JsonNote['code'], says: string): void {
    if (this.notes.length < maxNotes) this.notes.push({ code, says, start: this.#tokens.start, end: this.#tokens.end })
  }

  #rule(code: string, says: string, offset: number): void {
    this.ruleFaults.push({ kind: 'rule', code, says, offset })
  }

  #unexpected(token: TokenType | null, says: string): null {
    if (token === null) return null
    if (token === 'end') return this.#fail('syntax', 'json-cut-off', 'the file ends too early: it was cut off')
    return this.#fail('syntax', 'json-syntax', says)
  }

  #fail(kind: JsonFault['kind'], code: string, says: string): null {
    this.#fault = { kind, code, says, offset: this.#tokens.start }
    return null
  }
}
