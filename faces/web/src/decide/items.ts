import type { InfiniteData } from '@tanstack/react-query'
import { client } from '../data/queries.ts'
import type { Queue, QueueItem, Referral } from '../data/types.ts'

type Change = (item: QueueItem) => QueueItem

function inPage(page: Queue, id: string, change: Change): Queue {
  const index = page.items.findIndex((item) => item.id === id)
  return index < 0 ? page : { ...page, items: page.items.map((item, at) => (at === index ? change(item) : item)) }
}

/** Brings one row up to date wherever it is shown, in its place. */
export function changeItem(id: string, change: Change): void {
  client.setQueriesData<InfiniteData<Queue>>({ queryKey: ['queue'] }, (before) => {
    if (before === undefined) return before
    const pages = before.pages.map((page) => inPage(page, id, change))
    return pages.every((page, index) => page === before.pages[index]) ? before : { ...before, pages }
  })
  client.setQueryData<Referral>(['referral', id], (before) =>
    before === undefined ? before : { ...before, item: change(before.item) },
  )
}
