import type { ExactIndex, HashKind } from '../exact/index.ts'
import type { Match, PerceptualIndex } from '../perceptual/index.ts'
import { type Explanation, explainExact, explainPerceptual, type PerceptualQuery } from './explain.ts'
import type { EntryAbout } from './list.ts'
import type { LoadedList } from './loaded-list.ts'

/** Loaded lists with the indexes over their hashes. Matching is the indexes' work; this says what a match means. */
export class Catalogue {
  readonly lists: readonly LoadedList[]
  readonly exact: ReadonlyMap<HashKind, ExactIndex>
  readonly perceptual: PerceptualIndex | null

  constructor(
    lists: readonly LoadedList[],
    exact: ReadonlyMap<HashKind, ExactIndex>,
    perceptual: PerceptualIndex | null,
  ) {
    this.lists = lists
    this.exact = exact
    this.perceptual = perceptual
  }

  /** Kinds that some loaded list has: others need not be computed. */
  get neededKinds(): readonly HashKind[] {
    return [...this.exact.keys()]
  }

  /** Takes a list's hashes out of every index at once; gives how many there were. Its entries can still be explained. */
  withdraw(list: number): number {
    const exact = [...this.exact.values()].reduce((sum, index) => sum + index.withdraw(list), 0)
    return exact + (this.perceptual?.withdraw(list) ?? 0)
  }

  entry(list: number, entry: number): EntryAbout {
    return this.#list(list).entry(entry)
  }

  /** Explained hits of a file's digests; one per list entry and kind of hash. */
  hitsOf(digests: { readonly [Kind in HashKind]?: string }): Explanation[] {
    return [...this.exact].flatMap(([kind, index]) => {
      const hash = digests[kind]
      if (hash === undefined) return []
      return index.lookup(hash).map(({ list, entry }) => {
        const { about } = this.#list(list)
        return explainExact({ list: about, entry: this.entry(list, entry), kind, hash })
      })
    })
  }

  explain(match: Match, query: PerceptualQuery): Explanation {
    const { about } = this.#list(match.list)
    return explainPerceptual({ list: about, entry: this.entry(match.list, match.entry), match, query })
  }

  #list(handle: number): LoadedList {
    const list = this.lists[handle]
    if (list === undefined) throw new RangeError(`No list ${handle} is loaded`)
    return list
  }
}
