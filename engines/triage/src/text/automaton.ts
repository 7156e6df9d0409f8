import { fold, isDigit } from './fold.ts'
import type { Runs } from './runs.ts'
import { type Kind, kindAt, noKind, type TrieNode, trieOf } from './trie.ts'

/** One word of the rules: whole, or open at its beginning or end. `letters` is folded, with its doubled letters. */
export interface Literal {
  readonly letters: string
  readonly open: boolean
  readonly goesOn: boolean
}

/** Classes of characters, the columns of the table: what ends a word, hides inside one, or needs the slow way. */
export const boundary = 0
export const hidden = 1
export const special = 2
/** Every letter in no literal; behind it, each letter of the literals. */
export const foreign = 3
const firstLetter = 4
/** Code units from here on take the slow way. */
const tableSize = 0x600

/**
 * Aho and Corasick 1975, as one dense table: all words of all rules are found in one pass, one step a letter. Letters
 * repeated are one step, so that "pleeease" walks like "please"; how often they stand is compared at the end of the word.
 * While a word is the beginning of a literal, its place says all that it is; only behind that must be noted what it was.
 */
export interface Automaton {
  /**
   * At state + class of a letter: the next state, or `~state` when there is something to note on the way. At state +
   * `boundary`: `~kind` of the word that ends there. What is no letter is below zero, so that one look tells both.
   */
  readonly next: Int32Array
  /** The state before the first letter of a word. */
  readonly start: number
  /** By state: what to note when the word leaves it for where its beginning is forgotten, and when it gets there. */
  readonly leaving: ReadonlyMap<number, readonly number[]>
  readonly arriving: ReadonlyMap<number, readonly number[]>
  /** By state: literals of two letters or more, from the beginning of the word, that end there. */
  readonly spells: ReadonlyMap<number, readonly number[]>
  /** States from here on know all of their word; a word that has left them does not come back. */
  readonly firstKnown: number
  /** 0 is a word of no rule. */
  readonly kinds: readonly Kind[]
  /** By kind: a word of so many letters has each letter once, and is that kind for sure; 0 where that is not known. */
  readonly onceLetters: Uint8Array
  /** By kind: the one for the same place with one letter doubled; 0 where there is none. */
  readonly doubledKinds: Int32Array
  /** By kind, 1: it holds a word that a rule is looked for at. */
  readonly anchorKinds: Uint8Array
  /** Of every code unit. */
  readonly classOfUnit: Uint16Array
  readonly classOfLetter: ReadonlyMap<string, number>
  readonly literals: readonly Literal[]
  /** By literal: whether a rule is looked for where it stands. */
  readonly isAnchor: readonly boolean[]
  /** Digits are counted as they stand: "11" is not "1". */
  readonly isDigitClass: (letter: number) => boolean
  readonly runs: readonly Runs[]
}

export function automatonOf(literals: readonly Literal[], isAnchor: readonly boolean[]): Automaton {
  const classOfLetter = new Map<string, number>()
  for (const { letters } of literals) {
    for (const letter of letters) {
      if (!classOfLetter.has(letter)) classOfLetter.set(letter, firstLetter + classOfLetter.size)
    }
  }
  const digits = new Set([...classOfLetter].flatMap(([letter, number]) => (isDigit(letter) ? [number] : [])))
  const runs = literals.map(({ letters }) => runsOf(letters, classOfLetter, digits))
  const nodes = trieOf(literals, runs)
  const kindOf = new Map<TrieNode, number>()
  const kinds = [noKind]
  const doubledKinds = [0]
  for (const node of nodes) {
    const kind = kindAt(node, literals, runs)
    if (kind === null) continue
    kindOf.set(node, kinds.length)
    const { doubled } = kind
    kinds.push(kind)
    doubledKinds.push(doubled === null ? 0 : kinds.length)
    if (doubled === null) continue
    kinds.push({ ...noKind, is: doubled.is })
    doubledKinds.push(0)
  }
  const classes = firstLetter + classOfLetter.size
  const forgetting = nodes.filter(({ fromBeginning }) => !fromBeginning)
  const knowing = nodes.filter(({ fromBeginning }) => fromBeginning)
  const stateOf = new Map([...forgetting, ...knowing].map((node, at) => [node, at * classes]))
  const firstKnown = forgetting.length * classes
  const listed = (of: (node: TrieNode) => readonly number[]): Map<number, readonly number[]> =>
    new Map([...stateOf].flatMap(([node, state]) => (of(node).length === 0 ? [] : [[state, of(node)] as const])))
  return {
    next: tableOf(nodes, stateOf, kindOf, classes, digits),
    start: firstKnown,
    firstKnown,
    leaving: listed(({ passed }) => passed),
    arriving: listed(({ fromBeginning, inside }) => (fromBeginning ? [] : inside)),
    spells: listed(({ inside, closed }) =>
      [...closed, ...inside].filter((one) => literals[one]?.open === false && (runs[one]?.length ?? 0) > 2),
    ),
    kinds,
    onceLetters: Uint8Array.from(kinds, ({ once }) => once),
    doubledKinds: Int32Array.from(doubledKinds),
    anchorKinds: Uint8Array.from(kinds, (kind) => (kind.is.some((one) => isAnchor[one] === true) ? 1 : 0)),
    classOfUnit: classesOf(classOfLetter),
    classOfLetter,
    literals,
    isAnchor,
    isDigitClass: (letter) => digits.has(letter),
    runs,
  }
}

function runsOf(letters: string, classOf: ReadonlyMap<string, number>, digits: ReadonlySet<number>): number[] {
  const runs: number[] = []
  for (const letter of letters) {
    const one = classOf.get(letter) ?? foreign
    if (runs.at(-2) === one && !digits.has(one)) runs.push((runs.pop() ?? 0) + 1)
    else runs.push(one, 1)
  }
  return runs
}

/** A node's row is its own children over the row of where it falls back to; a letter once more changes nothing. */
function tableOf(
  nodes: readonly TrieNode[],
  stateOf: ReadonlyMap<TrieNode, number>,
  kindOf: ReadonlyMap<TrieNode, number>,
  classes: number,
  digits: ReadonlySet<number>,
): Int32Array {
  const next = new Int32Array(nodes.length * classes)
  const state = (node: TrieNode): number => stateOf.get(node) ?? 0
  const notes = (node: TrieNode): boolean => !node.fromBeginning && node.inside.length > 0
  for (const node of nodes) {
    const row = state(node)
    if (node.fails !== null) {
      next.copyWithin(row, state(node.fails), state(node.fails) + classes)
      // The row that it falls back to belongs to a place where the beginning is forgotten: so does all that it leads to.
      if (node.passed.length > 0) {
        for (let at = row + foreign; at < row + classes; at++) next[at] = Math.min(next[at] ?? 0, ~(next[at] ?? 0))
      }
    }
    for (const [letter, child] of node.children) next[row + letter] = notes(child) ? ~state(child) : state(child)
    if (node.parent !== null && !digits.has(node.letter)) next[row + node.letter] = row
    next[row + boundary] = ~(kindOf.get(node) ?? 0)
    next[row + hidden] = -1
    next[row + special] = -1
  }
  return next
}

function classesOf(classOfLetter: ReadonlyMap<string, number>): Uint16Array {
  const table = new Uint16Array(0x10000).fill(special)
  for (let code = 0; code < tableSize; code++) {
    const folded = fold(String.fromCharCode(code))
    table[code] = folded === null ? boundary : folded === '' ? hidden : letterClass(folded, classOfLetter)
  }
  for (const stand of ['@', '$']) table[stand.charCodeAt(0)] = special
  return table
}

const letterClass = (folded: string, classOfLetter: ReadonlyMap<string, number>): number =>
  folded.length > 1 || isDigit(folded) ? special : (classOfLetter.get(folded) ?? foreign)
