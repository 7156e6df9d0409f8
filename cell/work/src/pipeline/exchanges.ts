import type { Exchange, ItemRecord } from '@tandem/formats'
import { mostRecipients } from '@tandem/linkage'

interface Counted {
  readonly how: Exchange['how']
  readonly from: number | null
  readonly to: Set<number>
  readonly parties: number | null
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
    if (item.what === 'message') this.#count('conversation', null, [author], when)
    if (item.what !== 'mail' && item.what !== 'answer') return
    const ends = new Set(
      item.people.flatMap(({ role }, index) =>
        role === (item.what === 'mail' ? 'recipient' : 'other') ? (at(index) ?? []) : [],
      ),
    )
    ends.delete(author)
    // A message to a crowd is kept apart: two who are in it may also have written to each other.
    if (item.what === 'mail' && ends.size > mostRecipients) {
      this.#count('message', author, [...ends], when, ends.size)
      return
    }
    for (const end of ends) {
      this.#count(item.what === 'mail' ? 'message' : 'call', author, [end], when)
    }
  }

  #count(
    how: Exchange['how'],
    from: number | null,
    to: readonly number[],
    at: string | null,
    parties: number | null = null,
  ): void {
    const key = from === null ? how : `${how} ${from} ${parties === null ? to.join() : `to ${parties}`}`
    const known = this.#known.get(key) ?? {
      ...{ how, from, to: new Set<number>(), parties, times: 0, first: null, last: null },
    }
    for (const each of to) known.to.add(each)
    known.times++
    if (at !== null && (known.first === null || Date.parse(at) < Date.parse(known.first))) known.first = at
    if (at !== null && (known.last === null || Date.parse(at) > Date.parse(known.last))) known.last = at
    this.#known.set(key, known)
  }

  /** `writers`: how many wrote in the whole conversation, of which these items may be a part. */
  all(writers: number): Exchange[] {
    return [...this.#known.values()].map(({ to, parties, ...each }) => {
      const many = each.how === 'conversation' ? writers : parties
      return { ...each, to: [...to], ...(many === null ? {} : { parties: many }) }
    })
  }
}
