import { change, events } from '@tandem/contract'
import { client } from './queries.ts'
import { session } from './session.ts'
import { smallStore } from './small-store.ts'

export const live = smallStore<'live' | 'reconnecting'>('reconnecting')

/** Records that changed since they were read here: the page says so and waits for the reader. */
export const changedIds = smallStore<ReadonlySet<string>>(new Set())

const own = new Map<string, number>()
/** A change of one's own comes back as an event within moments; it is no news. */
export const ownChange = (id: string): void => {
  own.set(id, Date.now())
}
const isOwn = (id: string): boolean => Date.now() - (own.get(id) ?? 0) < 5_000

export const seen = (id: string): void =>
  changedIds.update((before) => {
    if (!before.has(id)) return before
    const after = new Set(before)
    after.delete(id)
    return after
  })

/** Everything that may move by itself. The rows of the queue and an open referral are left to their reader. */
const moving = [
  'standing',
  'queue-head',
  'lists',
  'authorities',
  'deliveries',
  'tracks',
  'proposals',
  'attributions',
  'runs',
  'run',
  'lookups',
  'health',
]

/** Each look at a list is an entry in the ledger: soon after a change, but in a flood of changes not all the time. */
const SOON = 250
const APART = 1_200

let isWaiting = false
let lastRefresh = 0
export function refreshSoon(): void {
  if (isWaiting) return
  isWaiting = true
  const refresh = () => {
    isWaiting = false
    lastRefresh = Date.now()
    for (const key of moving) void client.invalidateQueries({ queryKey: [key] })
  }
  setTimeout(refresh, Math.max(SOON, lastRefresh + APART - Date.now()))
}

function heard(message: MessageEvent): void {
  let read: unknown
  try {
    read = JSON.parse(String(message.data))
  } catch {
    return
  }
  const one = change.safeParse(read)
  if (!one.success) return
  const { id } = one.data
  if (!isOwn(id)) changedIds.update((before) => (before.has(id) ? before : new Set(before).add(id)))
  refreshSoon()
}

/** Listens until the session ends. The browser reconnects by itself; when it gives up, we start again. */
export function listen(): () => void {
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let pause = 2_000
  let wasLive = false
  const open = () => {
    source = new EventSource(events.path)
    source.onopen = () => {
      pause = 2_000
      live.set('live')
      if (wasLive) refreshSoon()
      wasLive = true
    }
    source.addEventListener('change', heard)
    // More was missed than the cell keeps: everything may have moved.
    source.addEventListener('reset', refreshSoon)
    source.addEventListener('ended', () => {
      source?.close()
      session.set('ended')
    })
    source.onerror = () => {
      live.set('reconnecting')
      if (source?.readyState !== EventSource.CLOSED || session.get() !== 'open') return
      source.close()
      again = setTimeout(open, pause)
      pause = Math.min(pause * 2, 60_000)
    }
  }
  open()
  return () => {
    clearTimeout(again)
    source?.close()
  }
}
