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
  /** A word of so many letters has each of them once; 0 where only the end of the word is known. */
  readonly once: number
  /** Written so, it is these literals. */
  readonly is: readonly number[]
  /** The same place with one letter doubled, as a literal has it: which letter, and what the word then is. */
  readonly doubled: { readonly at: number; readonly is: readonly number[] } | null
}

export const noKind: Kind = { mayBe: [], once: 0, is: [], doubled: null }

/** Null where no literal is possible. */
export function kindAt(node: TrieNode, literals: readonly Literal[], runs: readonly Runs[]): Kind | null {
  const mayBe = [...node.passed, ...node.closed]
  if (mayBe.length === 0) return null
  if (!node.fromBeginning) return { ...noKind, mayBe }
  const once: number[] = []
  for (let at: TrieNode = node; at.parent !== null; at = at.parent) once.unshift(at.letter, 1)
  const those = (word: Runs): number[] =>
    mayBe.filter((one) => {
      const [literal, own] = [literals[one], runs[one]]
      return literal !== undefined && own !== undefined && fitsRuns(word, word.length, own, literal)
    })
  const at = mayBe.map((one) => doubledAt(runs[one] ?? [], literals[one])).find((place) => place >= 0) ?? -1
  const twice = once.map((one, place) => (place === at * 2 + 1 ? 2 : one))
  return { mayBe, once: once.length / 2, is: those(once), doubled: at < 0 ? null : { at, is: those(twice) } }
}

/** Which letter stands twice, where it is the only one and the word begins with it. */
function doubledAt(runs: Runs, literal: Literal | undefined): number {
  const more = runs.flatMap((length, at) => (at % 2 === 1 && length > 1 ? [at] : []))
  const [at = 0] = more
  return literal?.open === false && more.length === 1 && runs[at] === 2 ? (at - 1) / 2 : -1
}
