import type { QueueItem } from '../data/types.ts'

export type Verb = 'take' | 'release' | 'hold' | 'merge' | 'decline' | 'priority' | 'safeguard' | 'note' | 'close'

export const verbs: readonly Verb[] = [
  'take',
  'release',
  'hold',
  'merge',
  'decline',
  'priority',
  'safeguard',
  'note',
  'close',
]

interface Words {
  /** Over the form, in front of its target: `Decline` referral 1001. */
  readonly title: string
  /** On the button that sends it; `#` stands for the target. */
  readonly submit: string
  readonly done: string
}

/** As a title, on the button, when it is done. */
export const verbWords: Readonly<Record<Verb, Words>> = {
  take: { title: 'Take', submit: 'Take #', done: 'taken' },
  release: { title: 'Release', submit: 'Release #', done: 'released' },
  hold: { title: 'Hold', submit: 'Hold #', done: 'held' },
  merge: { title: 'Merge', submit: 'Merge #', done: 'merged' },
  decline: { title: 'Decline', submit: 'Decline #', done: 'declined' },
  priority: { title: 'Confirm priority of', submit: 'Confirm #', done: 'confirmed' },
  safeguard: { title: 'Refer to safeguarding:', submit: 'Refer # to safeguarding', done: 'referred to safeguarding' },
  note: { title: 'Note on', submit: 'Add note to #', done: 'noted' },
  close: { title: 'Close', submit: 'Close #', done: 'closed' },
}

/** After these there is nothing left to do here for now: the next referral loads itself. */
export const endsWork: ReadonlySet<Verb> = new Set(['hold', 'merge', 'decline', 'close'])

/** The name of the verb in the role's list. */
export const permissionOf: Readonly<Record<Verb, string>> = {
  take: 'referral.take',
  release: 'referral.release',
  hold: 'referral.hold',
  merge: 'referral.merge',
  decline: 'referral.decline',
  priority: 'referral.prioritise',
  safeguard: 'referral.safeguard',
  note: 'referral.note',
  close: 'referral.close',
}

const possibleIn: Readonly<Record<Verb, readonly QueueItem['state'][] | 'any'>> = {
  take: ['open', 'held'],
  release: ['taken', 'held', 'folded'],
  hold: ['open', 'taken', 'held'],
  merge: ['open', 'taken', 'held'],
  decline: ['open', 'taken', 'held'],
  priority: ['open', 'taken', 'held'],
  close: ['open', 'taken', 'held'],
  safeguard: 'any',
  note: 'any',
}

/**
 * Why a step would not change this referral, as far as the desk can see: for the count before a bulk step.
 * The cell decides; this only keeps an officer from a surprise.
 */
export function whyNot(verb: Verb, item: QueueItem, who: Who): string | null {
  const state = whyNotInState(verb, item, who)
  if (state !== null) return state
  // One person does not end a P1 as nothing: the cell refuses it.
  return verb === 'decline' && item.priority.effective === 'P1' ? 'P1, which one person does not decline' : null
}

function whyNotInState(verb: Verb, item: QueueItem, who: Who): string | null {
  const states = possibleIn[verb]
  if (states === 'any') return null
  const isAnothers = item.state === 'taken' && item.takenBy !== who.me
  if (isAnothers && (verb === 'take' || who.role !== 'duty manager')) return 'taken by others'
  if (states.includes(item.state)) return null
  if (item.state === 'taken') return 'already yours'
  return item.state === 'open' ? 'not taken or held' : `already ${item.state}`
}

/** A referral taken by a colleague is theirs; a duty manager may step in. */
export interface Who {
  readonly me: string
  readonly role: string
}

export interface DryRun {
  readonly change: readonly QueueItem[]
  readonly not: readonly { readonly why: string; readonly howMany: number }[]
  readonly says: string
}

/** `12 of 14 will change; 2 are taken by others.` */
export function dryRun(verb: Verb, items: readonly QueueItem[], who: Who): DryRun {
  const change: QueueItem[] = []
  const counts = new Map<string, number>()
  for (const item of items) {
    const why = whyNot(verb, item, who)
    if (why === null) change.push(item)
    else counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  const not = [...counts].map(([why, howMany]) => ({ why, howMany }))
  const rest = not.map(({ why, howMany }) => `${howMany} ${howMany === 1 ? 'is' : 'are'} ${why}`)
  return { change, not, says: `${[`${change.length} of ${items.length} will change`, ...rest].join('; ')}.` }
}

/** What is different now, in one line: for the officer whose step came second. */
export function whatChanged(before: QueueItem, now: QueueItem, nameOf: (id: string) => string): string {
  const changes: string[] = []
  if (now.state !== before.state || now.takenBy !== before.takenBy) {
    changes.push(now.takenBy === null ? `it is now ${now.state}` : `it is now taken by ${nameOf(now.takenBy)}`)
  }
  if (now.priority.effective !== before.priority.effective) {
    changes.push(`its priority went from ${before.priority.effective} to ${now.priority.effective}`)
  }
  if (now.hits !== before.hits) changes.push(`it has ${now.hits} hits, before ${before.hits}`)
  if (now.folded !== before.folded) changes.push(`${now.folded} are folded into it, before ${before.folded}`)
  if (now.safeguarding !== before.safeguarding) changes.push(`safeguarding is ${now.safeguarding}`)
  return changes.length === 0 ? 'it was decided on or scored anew' : changes.join(', ')
}
