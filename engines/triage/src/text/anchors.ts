import { commonWords } from './common-words.ts'
import { type Expression, type WordExpression, widthOf } from './expression.ts'

/** Where an expression is looked for: around these words, and only when every need has one of its words near by. */
export interface SearchPlan {
  readonly anchors: readonly WordExpression[]
  readonly needs: readonly Need[]
}

export interface Need {
  readonly words: readonly WordExpression[]
  /** In words from the anchor, both included. */
  readonly from: number
  readonly to: number
}

/** Null when the expression requires no word at all. */
export function searchPlan(expression: Expression): SearchPlan | null {
  if (expression.is !== 'sequence') {
    const anchors = requiredWords(expression)
    return anchors === null ? null : { anchors, needs: [] }
  }
  const parts = expression.items.map(requiredWords)
  let best = -1
  parts.forEach((words, at) => {
    const other = parts[best] ?? null
    if (words !== null && (other === null || costOf(words) < costOf(other))) best = at
  })
  const anchors = parts[best] ?? null
  if (anchors === null) return null
  const needs = parts.flatMap((words, at): Need[] => {
    if (words === null || at === best) return []
    const [low, high] = at < best ? [at, best] : [best, at]
    const most = expression.items.slice(low, high + 1).reduce((sum, item) => sum + widthOf(item), 0)
    return [at < best ? { words, from: -most, to: -1 } : { words, from: 1, to: most }]
  })
  return { anchors, needs: needs.sort((a, b) => a.to - a.from - (b.to - b.from)) }
}

/** Words of which one must be there: of a sequence the rarest part, of alternatives all; null when all may lack. */
function requiredWords(expression: Expression): readonly WordExpression[] | null {
  switch (expression.is) {
    case 'word':
      return [expression]
    case 'number':
    case 'gap':
      return null
    case 'sequence':
      return expression.items.reduce<readonly WordExpression[] | null>((best, item) => {
        const own = requiredWords(item)
        return own === null || (best !== null && costOf(best) <= costOf(own)) ? best : own
      }, null)
    case 'either': {
      if (expression.mayLack) return null
      const all: WordExpression[] = []
      for (const option of expression.options) {
        const own = requiredWords(option)
        if (own === null) return null
        all.push(...own)
      }
      return all
    }
  }
}

/** A guess at how often these words stand in a text; only how fast a rule is found depends on it. */
const costOf = (words: readonly WordExpression[]): number =>
  words.reduce((sum, { letters, open, goesOn }) => {
    const rare = 1 << Math.max(0, 10 - letters.length)
    return sum + (commonWords.has(letters) ? 20_000 : rare) * (open && goesOn ? 8 : open || goesOn ? 2 : 1)
  }, 0)
