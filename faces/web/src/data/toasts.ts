import { smallStore } from './small-store.ts'

export interface Toast {
  readonly id: number
  readonly kind: 'done' | 'problem'
  readonly says: string
  /** Takes the step back; offered while the toast stands. */
  readonly undo: (() => void) | null
}

/** Long enough to change one's mind (desk rule: ten seconds). */
export const TOAST_SECONDS = 10

export const toasts = smallStore<readonly Toast[]>([])
let last = 0

export const dismiss = (id: number): void => toasts.update((before) => before.filter((each) => each.id !== id))

/** A problem stays until it is sent away; a thing done goes by itself. */
export function toast(given: { kind: Toast['kind']; says: string; undo?: () => void }): number {
  last += 1
  const one: Toast = { id: last, kind: given.kind, says: given.says, undo: given.undo ?? null }
  toasts.update((before) => [...before.slice(-3), one])
  if (one.kind === 'done') setTimeout(() => dismiss(one.id), TOAST_SECONDS * 1000)
  return one.id
}
