import { err, ok, type Result } from '@tandem/core'
import { foldWord } from './fold.ts'

/** What officers write; docs/triage.md has the grammar. Every form takes time in proportion to the text, none goes back. */
export type Expression =
  | { readonly is: 'word'; readonly letters: string; readonly open: boolean; readonly goesOn: boolean }
  | { readonly is: 'number'; readonly from: number; readonly to: number }
  | { readonly is: 'gap'; readonly most: number }
  | { readonly is: 'sequence'; readonly items: readonly Expression[] }
  | { readonly is: 'either'; readonly options: readonly Expression[]; readonly mayLack: boolean }

export type WordExpression = Extract<Expression, { is: 'word' }>

export interface Unless {
  readonly where: 'before' | 'after' | 'around' | 'inside'
  readonly within: number
  readonly what: Expression
}

export interface ExpressionFault {
  /** From 1, in the text of the expression. */
  readonly column: number
  readonly says: string
}

export const widestGap = 40
export const widestExpression = 80
const longestWord = 40
const deepest = 8

export const parseExpression = (text: string): Result<Expression, ExpressionFault> =>
  guarded(() => whole(new Cursor(text)))

/** `3 before not | never`, `inside if`: what takes a match away, and how far from it. */
export function parseUnless(text: string): Result<Unless, ExpressionFault> {
  return guarded(() => {
    const at = new Cursor(text)
    const within = at.take(/\d+/y)
    const where = at.take(/before|after|around|inside/y)
    if (where !== 'before' && where !== 'after' && where !== 'around' && where !== 'inside') {
      throw at.fault('say where: "3 before ...", "3 after ...", "3 around ..." or "inside ..."')
    }
    if ((within === null) !== (where === 'inside')) {
      throw at.fault(where === 'inside' ? '"inside" takes no number' : `say within how many words: "3 ${where} ..."`)
    }
    const words = Number(within ?? 0)
    if (words > widestGap) throw at.fault(`at most ${widestGap} words away`)
    return { where, within: words, what: whole(at) }
  })
}

/** In words: how many a match can take at most. */
export function widthOf(expression: Expression): number {
  switch (expression.is) {
    case 'word':
    case 'number':
      return 1
    case 'gap':
      return expression.most
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + widthOf(item), 0)
    case 'either':
      return expression.options.reduce((most, option) => Math.max(most, widthOf(option)), 0)
  }
}

/** Every word in it. */
export function wordsIn(expression: Expression): readonly WordExpression[] {
  switch (expression.is) {
    case 'word':
      return [expression]
    case 'number':
    case 'gap':
      return []
    case 'sequence':
      return expression.items.flatMap(wordsIn)
    case 'either':
      return expression.options.flatMap(wordsIn)
  }
}

/** Whether it is always exactly one word. */
export const isOneWord = (expression: Expression): boolean =>
  expression.is === 'word' || (expression.is === 'either' && !expression.mayLack && expression.options.every(isOneWord))

class ParseFault extends Error {
  readonly fault: ExpressionFault

  constructor(fault: ExpressionFault) {
    super(fault.says)
    this.fault = fault
  }
}

function guarded<T>(read: () => T): Result<T, ExpressionFault> {
  try {
    return ok(read())
  } catch (error) {
    if (error instanceof ParseFault) return err(error.fault)
    throw error
  }
}

class Cursor {
  readonly text: string
  at = 0
  /** Where the piece just read begins. */
  began = 0

  constructor(text: string) {
    this.text = text
    this.space()
  }

  space(): void {
    while (this.at < this.text.length && /\s/.test(this.text.charAt(this.at))) this.at++
  }

  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const [found] = pattern.exec(this.text) ?? []
    if (found === undefined || found === '') return null
    this.began = this.at
    this.at += found.length
    this.space()
    return found
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  fault(says: string, at = this.at): ParseFault {
    return new ParseFault({ column: at + 1, says })
  }
}

function whole(at: Cursor): Expression {
  const began = at.at
  const expression = alternatives(at, 0)
  if (!at.ended) throw at.fault(`"${at.text.charAt(at.at)}" has no place here`)
  if (widthOf(expression) > widestExpression) throw at.fault(`can take more than ${widestExpression} words`, began)
  return expression
}

function alternatives(at: Cursor, depth: number): Expression {
  const options = [sequence(at, depth)]
  while (at.take(/\|/y) !== null) options.push(sequence(at, depth))
  const [only] = options
  return only !== undefined && options.length === 1 ? only : { is: 'either', options, mayLack: false }
}

function sequence(at: Cursor, depth: number): Expression {
  const items: Expression[] = []
  for (;;) {
    const gap = at.take(/\.\.(\d*)/y)
    if (gap !== null) {
      const most = Number(gap.slice(2))
      if (gap === '..') throw at.fault('say how many words may stand between: "..3"', at.began)
      if (items.length === 0) throw at.fault('a gap stands between two words, not at the beginning', at.began)
      if (items.at(-1)?.is === 'gap') throw at.fault('two gaps in a row: write one', at.began)
      if (most > widestGap) throw at.fault(`a gap is at most ${widestGap} words`, at.began)
      items.push({ is: 'gap', most })
      continue
    }
    const item = group(at, depth) ?? number(at) ?? word(at)
    if (item === null) break
    items.push(item)
  }
  if (items.at(-1)?.is === 'gap') throw at.fault('a gap stands between two words, not at the end')
  const [only] = items
  if (only === undefined) throw at.fault(at.ended ? 'a word is missing' : `"${at.text.charAt(at.at)}" is no word`)
  return items.length === 1 ? only : { is: 'sequence', items }
}

function group(at: Cursor, depth: number): Expression | null {
  if (at.take(/\(/y) === null) return null
  const began = at.began
  if (depth >= deepest) throw at.fault(`at most ${deepest} brackets inside each other`, began)
  const inner = alternatives(at, depth + 1)
  if (at.take(/\)/y) === null) throw at.fault('the bracket is not closed', began)
  if (at.take(/\?/y) === null) return inner
  return { is: 'either', options: inner.is === 'either' && !inner.mayLack ? inner.options : [inner], mayLack: true }
}

function number(at: Cursor): Expression | null {
  if (at.text.charAt(at.at) !== '<') return null
  const written = at.take(/<\d{1,9}-\d{1,9}>/y)
  if (written === null) throw at.fault('a number is written "<13-17>": digits from and to, both included')
  const [from = 0, to = 0] = written.slice(1, -1).split('-').map(Number)
  if (from > to) throw at.fault('the first number is the smaller one', at.began)
  return { is: 'number', from, to }
}

function word(at: Cursor): Expression | null {
  const written = at.take(/[^\s()|<>?]+/y)
  if (written === null) return null
  const open = written.startsWith('*')
  const goesOn = written.length > 1 && written.endsWith('*')
  const core = written.slice(open ? 1 : 0, goesOn ? -1 : undefined)
  if (core.includes('*')) throw at.fault('"*" stands at the beginning or the end of a word', at.began)
  const letters = foldWord(core)
  if (letters === null) throw at.fault(`"${core}" holds what ends a word: write it as several words`, at.began)
  if (letters === '') throw at.fault(`"${written}" holds no letter`, at.began)
  if (letters.length > longestWord) throw at.fault(`a word has at most ${longestWord} letters`, at.began)
  if (/^\d+$/.test(letters)) throw at.fault(`write a number as "<${letters}-${letters}>"`, at.began)
  if ((open || goesOn) && letters.length < 3 && /^[\p{Script=Latin}\d]+$/u.test(letters)) {
    throw at.fault('beside "*" stand at least three letters', at.began)
  }
  return { is: 'word', letters, open, goesOn }
}
