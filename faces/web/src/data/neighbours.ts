import type { InfiniteData } from '@tanstack/react-query'
import { client, nameOfFilter, type QueueFilter, queueQuery } from './queries.ts'
import type { Queue } from './types.ts'

/** The list a referral was opened from, and where its reader stood: the way back leads to the same row. */
interface Stand {
  readonly cursor: string | null
  readonly offset: number
}

const stands = new Map<string, Stand>()
let last: QueueFilter = { view: 'queue', priority: undefined, lot: undefined }

export const standOf = (filter: QueueFilter): Stand => stands.get(nameOfFilter(filter)) ?? { cursor: null, offset: 0 }
export function keepStand(filter: QueueFilter, change: Partial<Stand>): void {
  last = filter
  stands.set(nameOfFilter(filter), { ...standOf(filter), ...change })
}
export const lastFilter = (): QueueFilter => last

/** The next or previous referral of that list. */
export function neighbour(id: string, step: 1 | -1): string | null {
  const held = client.getQueryData<InfiniteData<Queue>>(queueQuery(last).queryKey)
  const ids = held?.pages.flatMap((page) => page.items.map((item) => item.id)) ?? []
  const at = ids.indexOf(id)
  return at < 0 ? null : (ids[at + step] ?? null)
}
