import { Refusal } from '@tandem/core'

const MOST_DEPTH = 32
const poisoned = new Set(['__proto__', 'constructor', 'prototype'])

const malformed = (says: string): Refusal => new Refusal('TANDEM-INPUT-001', says)

/** Bytes that are not UTF-8 are refused rather than repaired: a repaired value is another value. */
export function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('the body is not UTF-8')
  }
}

/**
 * Looks through JSON text before it is parsed and refuses what a parser would quietly change: keys that occur
 * twice (RFC 8259 section 4 leaves their meaning open), deep nesting, keys that reach a prototype, characters
 * that the database cannot hold. One pass, no recursion. That it is JSON at all is the parser's business.
 */
export function refuseTraps(text: string): void {
  const open: (Set<string> | null)[] = []
  let at = 0
  while (at < text.length) {
    const character = text[at]
    if (character === '"') {
      const end = endOfString(text, at)
      const value = textOf(text.slice(at, end))
      at = end
      const keys = open.at(-1)
      if (keys instanceof Set && isKey(text, end)) {
        if (poisoned.has(value)) throw malformed('a key of this name is not accepted')
        if (keys.has(value)) throw malformed('a key occurs twice in one object')
        keys.add(value)
      }
      continue
    }
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null)
      if (open.length > MOST_DEPTH) throw malformed(`the body is nested deeper than ${MOST_DEPTH} levels`)
    }
    if (character === '}' || character === ']') open.pop()
    at += 1
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  if (at >= text.length) throw malformed('a string does not end')
  return at + 1
}

function textOf(token: string): string {
  const value = token.includes('\\') ? unescaped(token) : token.slice(1, -1)
  if (value.includes('\0') || !value.isWellFormed()) throw malformed('a string holds a character that is not text')
  return value
}

function unescaped(token: string): string {
  try {
    const value: unknown = JSON.parse(token)
    if (typeof value === 'string') return value
  } catch {
    // Told below.
  }
  throw malformed('a string is not JSON')
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1
  return text[at] === ':'
}
