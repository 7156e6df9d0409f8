import type { Queue, QueueItem, View } from '../../data/types.ts'

export interface Rows {
  readonly list: readonly QueueItem[]
  /** Where each row stands. */
  readonly places: ReadonlyMap<string, number>
}

/**
 * Rows in the order they came; a row that moved between two pages while they loaded is kept once. With 100,000 rows
 * on the page only what is new is looked at: the returned function remembers what it made of the pages before.
 */
export function rowKeeper(): (pages: readonly Queue[]) => Rows {
  let known: readonly Queue[] = []
  let places = new Map<string, number>()
  let list: readonly QueueItem[] = []
  return (pages) => {
    const grew = known.every((page, index) => hasSameRows(page, pages[index]))
    if (!grew) places = new Map()
    const rows = grew ? [...list] : []
    for (const [index, before] of grew ? known.entries() : []) {
      const page = pages[index]
      if (page === before || page === undefined) continue
      for (const item of page.items) rows[places.get(item.id) ?? rows.length] = item
    }
    for (const page of grew ? pages.slice(known.length) : pages) {
      for (const item of page.items) {
        if (places.has(item.id)) continue
        places.set(item.id, rows.length)
        rows.push(item)
      }
    }
    known = pages
    list = rows
    return { list, places }
  }
}

/** The same rows in the same order; what stands in them may have changed. */
const hasSameRows = (before: Queue, now: Queue | undefined): boolean =>
  before === now ||
  (now !== undefined &&
    before.items.length === now.items.length &&
    before.items.every((item, index) => item.id === now.items[index]?.id))

export interface News {
  /** In the list now, but not on the page. */
  readonly fresh: number
  /** On the page, but no longer in this view. */
  readonly gone: ReadonlySet<string>
  /** On the page with an older version. */
  readonly newer: readonly QueueItem[]
}

/**
 * Compares the rows on the page with the head of the list as it is now. Rows past the last one that both know may
 * only have been pushed down by new ones, so nothing is said of them.
 */
export function newsOf({ list, places }: Rows, head: readonly QueueItem[]): News {
  const now = new Map(head.map((item) => [item.id, item]))
  const lastCommon = head.findLastIndex((item) => places.has(item.id))
  const common = Math.max(-1, ...head.map((item) => places.get(item.id) ?? -1))
  const gone = new Set<string>()
  const newer: QueueItem[] = []
  for (const row of list.slice(0, common + 1)) {
    const fresh = now.get(row.id)
    if (fresh === undefined) gone.add(row.id)
    else if (fresh.version > row.version) newer.push(fresh)
  }
  // What stands after the last common one was only drawn up by those that left.
  const fresh = head.slice(0, lastCommon + 1).filter((item) => !places.has(item.id)).length
  return { fresh: lastCommon < 0 ? head.length : fresh, gone, newer }
}

const ended: readonly QueueItem['state'][] = ['merged', 'declined', 'closed', 'folded']

/** A row that was decided on stays where it stands, dimmed, until the list is brought up to date. */
export function belongs(view: View, item: QueueItem | undefined): boolean {
  if (item === undefined) return false
  if (view === 'all') return true
  if (view === 'mine') return item.state === 'taken'
  if (view === 'held') return item.state === 'held'
  if (view === 'ended') return ended.includes(item.state)
  const isBack = item.state === 'held' && item.heldUntil !== null && Date.parse(item.heldUntil) < Date.now()
  return item.state === 'open' || item.state === 'taken' || isBack
}

/** All rows between two, both included. */
export function range(rows: readonly QueueItem[], from: number, to: number): string[] {
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)
}

/** How many rows the view has in all, when the counts tell it. */
export function totalOf(
  counts: Queue['counts'] | undefined,
  { view, priority, lot }: { view: string; priority: 'P1' | 'P2' | 'P3' | undefined; lot: 'drawn' | undefined },
): number | null {
  if (counts === undefined) return null
  if (lot !== undefined) return view === 'queue' && priority === undefined ? counts.byLot : null
  if (priority !== undefined) return view === 'queue' ? counts[priority] : null
  if (view === 'queue') return counts.queue
  if (view === 'mine') return counts.mine
  if (view === 'held') return counts.held
  return view === 'ended' ? counts.ended : null
}

/**
 * `P2 as the sender declared; computed P3: …`: the levels have columns of their own, so the row says the reason. Where
 * the rank stands on the sender's word alone, that comes first: else the gravest row would seem to say nothing.
 */
export function reasonAlone({ because, priority }: Pick<QueueItem, 'because' | 'priority'>): string {
  const [, head = '', reason = because] = /^(P[123][^:]*): (\S.*)$/.exec(because) ?? []
  if (priority.confirmed !== null) return `Set to ${priority.confirmed} by a person. ${reason}`
  if (!head.includes('as the sender declared')) return reason
  const level = because.slice(0, 2)
  return `${level === priority.declared ? 'Sender' : 'A copy'} says ${level}. ${reason}`
}

/** The same at full length, for where there is room. The computed reason stays what it was when a person has decided. */
export const reasonInFull = ({ because, priority }: Pick<QueueItem, 'because' | 'priority'>): string =>
  priority.confirmed === null ? because : `Set to ${priority.confirmed} by a person. Before that: ${because}`

/** A level that neither the sender of this report nor the weights gave, and nobody has confirmed: it came with a copy. */
export const isFromCopy = ({ priority, folded }: Pick<QueueItem, 'priority' | 'folded'>): boolean =>
  folded > 0 &&
  priority.confirmed === null &&
  priority.effective !== priority.declared &&
  priority.effective !== priority.computed
