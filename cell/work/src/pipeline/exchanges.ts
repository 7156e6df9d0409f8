import type { Exchange, ItemRecord } from '@tandem/formats'

interface Counted {
  readonly how: Exchange['how']
  readonly from: number | null
  readonly to: Set<number>
  times: number
  first: string | null
  last: string | null
}

/**
 * Who was in touch with whom, of the items of one whole: a mail goes from its author to those it is addressed to; an answer
 * of a provider that names another party has two ends; all who wrote into one chat took part in it.
 */
export class Exchanges {
  readonly #known = new Map<string, Counted>()

  /** `at` gives the number of a person of the item among the people of the whole. */
  add(item: ItemRecord, at: (index: number | null) => number | null): void {
    const author = at(item.author)
    if (author === null) return
    const when = item.at?.instant ?? null
    if (item.what === 'message') this.#count('conversation', null, author, when)
    if (item.what !== 'mail' && item.what !== 'answer') return
    const ends = new Set(
      item.people.flatMap(({ role }, index) =>
        role === (item.what === 'mail' ? 'recipient' : 'other') ? (at(index) ?? []) : [],
      ),
    )
    for (const end of ends) {
      if (end !== author) this.#count(item.what === 'mail' ? 'message' : 'call', author, end, when)
    }
  }

  #count(how: Exchange['how'], from: number | null, to: number, at: string | null): void {
    const key = from === null ? how : `${how} ${from} ${to}`
    const known = this.#known.get(key) ?? { how, from, to: new Set<number>(), times: 0, first: null, last: null }
    known.to.add(to)
    known.times++
    if (at !== null && (known.first === null || Date.parse(at) < Date.parse(known.first))) known.first = at
    if (at !== null && (known.last === null || Date.parse(at) > Date.parse(known.last))) known.last = at
    this.#known.set(key, known)
  }

  all(): Exchange[] {
    return [...this.#known.values()].map((each) => ({ ...each, to: [...each.to] }))
  }
}
