import { fold, isDigit } from './fold.ts'

/** One word of the rules: whole, or open at its beginning or end. `letters` is folded, with its doubled letters. */
export interface Literal {
  readonly letters: string
  readonly open: boolean
  readonly goesOn: boolean
}

/** Classes of characters. What ends a word is the boundary; every letter in no literal is one class. */
export const boundary = 0
export const foreign = 1
const firstLetter = 2
/** Beyond every class of letters: nothing to read, or a character that needs the slow way. */
export const hidden = 0xfffe
export const special = 0xffff
/** Code units below this have their class in a table. */
export const tableSize = 0x600

/**
 * Aho and Corasick 1975, as one dense table: all words of all rules are found in one pass, one step a letter. Letters
 * repeated are one step, so that "pleeease" walks like "please"; how often they stand is compared at the end of the word.
 */
export interface Automaton {
  readonly classes: number
  /** At state + class: the next state, shifted by one, and in the lowest bit whether a literal ends there. */
  readonly next: Int32Array
  /** The state right after a boundary. */
  readonly start: number
  /** By state: the literals that end there. States are multiples of `classes`. */
  readonly ends: ReadonlyMap<number, readonly number[]>
  readonly classOfUnit: Uint16Array
  readonly classOfLetter: ReadonlyMap<string, number>
  readonly literals: readonly Literal[]
  /** By literal: whether a rule is looked for where it stands. */
  readonly isAnchor: readonly boolean[]
  /** By state, 1: one of its literals is an anchor. */
  readonly anchorStates: Uint8Array
  /** By state, 1: no literal that ends there has a doubled letter, so a word without one is surely all of them. */
  readonly plainStates: Uint8Array
  /** Digits are counted as they stand: "11" is not "1". */
  readonly isDigitClass: (letter: number) => boolean
  /** Of each literal: its letters as runs, class and length in turns. */
  readonly runs: readonly (readonly number[])[]
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
  const classes = firstLetter + classOfLetter.size
  const trie = trieOf(literals, runs)
  const { next, ends } = dense(trie, classes)
  const anchorStates = new Uint8Array(next.length)
  const plainStates = new Uint8Array(next.length)
  for (const [state, found] of ends) {
    anchorStates[state] = found.some((literal) => isAnchor[literal] === true) ? 1 : 0
    plainStates[state] = found.some((literal) => hasDouble(runs[literal] ?? [])) ? 0 : 1
  }
  return {
    classes,
    next,
    start: (next[boundary] ?? 0) >> 1,
    ends,
    classOfUnit: tableOf(classOfLetter),
    classOfLetter,
    literals,
    isAnchor,
    anchorStates,
    plainStates,
    isDigitClass: (letter) => digits.has(letter),
    runs,
  }
}

const hasDouble = (runs: readonly number[]): boolean => runs.some((length, at) => at % 2 === 1 && length > 1)

function runsOf(letters: string, classOf: ReadonlyMap<string, number>, digits: ReadonlySet<number>): number[] {
  const runs: number[] = []
  for (const letter of letters) {
    const one = classOf.get(letter) ?? foreign
    if (runs.at(-2) === one && !digits.has(one)) runs.push((runs.pop() ?? 0) + 1)
    else runs.push(one, 1)
  }
  return runs
}

interface TrieNode {
  readonly children: Map<number, TrieNode>
  readonly own: number[]
  id: number
  fails: TrieNode | null
}

function trieOf(literals: readonly Literal[], runs: readonly (readonly number[])[]): TrieNode {
  const made = (): TrieNode => ({ children: new Map(), own: [], id: 0, fails: null })
  const root = made()
  // Every text begins and ends with a boundary, so its state exists even without a literal.
  root.children.set(boundary, made())
  literals.forEach(({ open, goesOn }, literal) => {
    const letters = (runs[literal] ?? []).filter((_, at) => at % 2 === 0)
    let node = root
    for (const letter of [...(open ? [] : [boundary]), ...letters, ...(goesOn ? [] : [boundary])]) {
      const known = node.children.get(letter) ?? made()
      node.children.set(letter, known)
      node = known
    }
    node.own.push(literal)
  })
  return root
}

/** Breadth first: a node's row is its own children over the row of where it falls back to. */
function dense(root: TrieNode, classes: number): Pick<Automaton, 'next' | 'ends'> {
  const order = [root]
  for (const node of order) {
    for (const child of node.children.values()) {
      child.id = order.length
      order.push(child)
    }
  }
  const next = new Int32Array(order.length * classes)
  const found = new Map<TrieNode, readonly number[]>()
  for (const node of order) {
    const { fails } = node
    if (fails !== null) next.copyWithin(node.id * classes, fails.id * classes, (fails.id + 1) * classes)
    found.set(node, [...node.own, ...(fails === null ? [] : (found.get(fails) ?? []))])
    for (const [letter, child] of node.children) {
      const fallen = fails === null ? 0 : (next[fails.id * classes + letter] ?? 0)
      child.fails = order[fallen] ?? root
      next[node.id * classes + letter] = child.id
    }
  }
  const ends = new Map<number, readonly number[]>()
  for (const [node, literals] of found) if (literals.length > 0) ends.set(node.id * classes, literals)
  for (let at = 0; at < next.length; at++) {
    const target = (next[at] ?? 0) * classes
    next[at] = target * 2 + (ends.has(target) ? 1 : 0)
  }
  return { next, ends }
}

function tableOf(classOfLetter: ReadonlyMap<string, number>): Uint16Array {
  const table = new Uint16Array(tableSize)
  for (let code = 0; code < tableSize; code++) {
    const folded = fold(String.fromCharCode(code))
    table[code] = folded === null ? boundary : folded === '' ? hidden : letterClass(folded, classOfLetter)
  }
  for (const stand of ['@', '$']) table[stand.charCodeAt(0)] = special
  return table
}

const letterClass = (folded: string, classOfLetter: ReadonlyMap<string, number>): number =>
  folded.length > 1 || isDigit(folded) ? special : (classOfLetter.get(folded) ?? foreign)
