import { useEffect, useRef } from 'react'
import { smallStore } from '../data/small-store.ts'
import type { ActionId } from './actions.ts'

export type Handlers = Partial<Record<ActionId, () => void>>

/** Pages lay their handlers on top; the topmost one answers. What nobody answers is shown as not possible here. */
const layers = smallStore<readonly { readonly current: Handlers }[]>([])

export const handlerOf = (id: ActionId): (() => void) | undefined =>
  layers.get().findLast((layer) => layer.current[id])?.current[id]

export const performable = (id: ActionId): boolean => handlerOf(id) !== undefined

export function perform(id: ActionId): boolean {
  const handler = handlerOf(id)
  handler?.()
  return handler !== undefined
}

export function useActions(handlers: Handlers): void {
  const held = useRef(handlers)
  useEffect(() => {
    held.current = handlers
  })
  useEffect(() => {
    layers.update((before) => [...before, held])
    return () => layers.update((before) => before.filter((layer) => layer !== held))
  }, [])
}
