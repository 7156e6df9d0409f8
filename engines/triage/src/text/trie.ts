import type { Literal } from './automaton.ts'
import { fitsRuns, type Runs } from './runs.ts'

/** A place in the words of the rules, letters repeated taken once. */
export interface TrieNode {
  readonly children: Map<number, TrieNode>
  readonly parent: TrieNode | null
  /** The class of the letter that leads here; 0 at a root. */
  readonly letter: number
  /** Only from the beginning of a word is all of the word known that leads here. */
  readonly fromBeginning: boolean
  /** Literals that end here: though the word may go on, and only with it. */
  readonly inside: number[]
  readonly closed: number[]
  /** From the beginning: all that ended on the way, this place included. */
  passed: readonly number[]
  fails: TrieNode | null
}

/** Breadth first, behind two roots: anywhere in a word, and at its beginning. */
export function trieOf(literals: readonly Literal[], runs: readonly Runs[]): readonly TrieNode[] {
  const anywhere = nodeUnder(null, 0, false)
  const beginning = nodeUnder(null, 0, true)
  beginning.fails = anywhere
  literals.forEach(({ open, goesOn }, literal) => {
    let node = open ? anywhere : beginning
    for (const letter of (runs[literal] ?? []).filter((_, at) => at % 2 === 0)) {
      const child = node.children.get(letter) ?? nodeUnder(node, letter, !open)
      node.children.set(letter, child)
      node = child
    }
    if (goesOn) node.inside.push(literal)
    else node.closed.push(literal)
  })
  const nodes = [anywhere, beginning]
  for (const node of nodes) {
    for (const [letter, child] of node.children) {
      let fallen = node.fails
      while (fallen !== null && !fallen.children.has(letter)) fallen = fallen.fails
      child.fails = fallen?.children.get(letter) ?? anywhere
      nodes.push(child)
    }
    // What ends where this place falls back to ends here too; that place came earlier.
    node.inside.push(...(node.fails?.inside ?? []))
    node.closed.push(...(node.fails?.closed ?? []))
    if (node.fromBeginning) node.passed = [...new Set([...(node.parent?.passed ?? []), ...node.inside])]
  }
  return nodes
}

const nodeUnder = (parent: TrieNode | null, letter: number, fromBeginning: boolean): TrieNode => ({
  children: new Map(),
  parent,
  letter,
  fromBeginning,
  inside: [],
  closed: [],
  passed: [],
  fails: null,
})

/** What a word is that ends at one place. */
export interface Kind {
  /** Which literals it may be; how often its letters stand decides. */
  readonly mayBe: readonly number[]
  /** A way to write it, as classes of letters; null where only the end of the word is known. */
  readonly written: readonly number[] | null
  /** Written so, it is these literals. */
  readonly is: readonly number[]
}

export const noKind: Kind = { mayBe: [], written: null, is: [] }

/** First each letter once, then, where a literal doubles one, as that literal does. None where no literal is possible. */
export function kindsAt(node: TrieNode, literals: readonly Literal[], runs: readonly Runs[]): readonly Kind[] {
  const mayBe = [...node.passed, ...node.closed]
  if (mayBe.length === 0) return []
  if (!node.fromBeginning) return [{ ...noKind, mayBe }]
  const once: number[] = []
  for (let at: TrieNode = node; at.parent !== null; at = at.parent) once.unshift(at.letter, 1)
  const longest = mayBe
    .filter((one) => literals[one]?.open === false)
    .map((one) => runs[one] ?? [])
    .reduce((best, own) => (own.length > best.length ? own : best), [])
  const doubled = once.map((one, at) => longest[at] ?? one)
  const ways = doubled.every((one, at) => one === once[at]) ? [once] : [once, doubled]
  return ways.map((word) => ({
    mayBe,
    written: word.flatMap((one, at) => (at % 2 === 0 ? new Array<number>(word[at + 1] ?? 1).fill(one) : [])),
    is: mayBe.filter((one) => {
      const [literal, own] = [literals[one], runs[one]]
      return literal !== undefined && own !== undefined && fitsRuns(word, word.length, own, literal)
    }),
  }))
}
