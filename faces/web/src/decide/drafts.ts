import type { QueueItem } from '../data/types.ts'
import type { Said } from './decide.ts'
import type { Verb } from './verbs.ts'

/** What was written into a form that was closed before it was sent: in memory, for this sitting, one a step and target. */
const drafts = new Map<string, Said>()

const keyOf = (verb: Verb, items: readonly QueueItem[]): string =>
  [verb, ...items.map((item) => item.id).sort()].join(' ')

export const draftOf = (verb: Verb, items: readonly QueueItem[]): Said | undefined => drafts.get(keyOf(verb, items))

export function keepDraft(verb: Verb, items: readonly QueueItem[], said: Said): void {
  if (said.reason.trim() === '') drafts.delete(keyOf(verb, items))
  else drafts.set(keyOf(verb, items), said)
}

export const dropDraft = (verb: Verb, items: readonly QueueItem[]): boolean => drafts.delete(keyOf(verb, items))

/** Nothing written under one standing stays for the next. */
export const dropDrafts = (): void => drafts.clear()
