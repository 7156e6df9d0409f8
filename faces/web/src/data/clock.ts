import { useSyncExternalStore } from 'react'

/** The cell's clock counts, not the desktop's: expiry and act-by clocks run on the cell's time. */
let ahead = 0
export const setCellTime = (instant: string): void => {
  const parsed = Date.parse(instant)
  if (!Number.isNaN(parsed)) ahead = parsed - Date.now()
}
export const cellNow = (): number => Date.now() + ahead

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** Renders again only when the text read off the clock changes, so that thousands of clocks cost one timer. */
export const useClock = <T extends string | number | boolean>(read: (now: number) => T): T =>
  useSyncExternalStore(subscribe, () => read(cellNow()))
