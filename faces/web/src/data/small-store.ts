import { useSyncExternalStore } from 'react'

/** A value outside React that components may watch. */
export interface SmallStore<T> {
  get(): T
  set(next: T): void
  update(change: (before: T) => T): void
  subscribe(listener: () => void): () => void
}

export function smallStore<T>(first: T): SmallStore<T> {
  let value = first
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useStore = <T>(store: SmallStore<T>): T => useSyncExternalStore(store.subscribe, store.get)
