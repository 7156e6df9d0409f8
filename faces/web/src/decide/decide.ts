import {
  close,
  decline,
  hold,
  merge,
  note,
  type Problem,
  release,
  safeguard,
  setPriority,
  show,
  take,
  undo,
} from '@tandem/contract'
import { call } from '../data/client.ts'
import { ownChange, refreshSoon } from '../data/live.ts'
import { asProblem, isConflict } from '../data/problem.ts'
import { client } from '../data/queries.ts'
import { watchSession } from '../data/session.ts'
import { smallStore } from '../data/small-store.ts'
import type { Priority, QueueItem } from '../data/types.ts'
import { changeItem } from './items.ts'
import { type Verb, whatChanged } from './verbs.ts'

export type CloseOutcome =
  | 'passed to a force'
  | 'passed to another agency'
  | 'no further action'
  | 'not an offence'
  | 'added to an operation'

/** What a form has gathered; each verb reads what it needs. */
export interface Said {
  readonly reason: string
  readonly until: string
  readonly into: string
  readonly to: Priority
  /** Chosen on purpose: no outcome is put on record because it stood first in a list. */
  readonly outcome: CloseOutcome | ''
}

export interface Step {
  readonly decision: string
  readonly before: QueueItem
  /** `disagree` is no decision: it is taken back by an event of its own. */
  readonly verb: Verb | 'disagree'
  readonly at: number
}

export type Outcome =
  | { readonly kind: 'done'; readonly step: Step | null; readonly says: string }
  | { readonly kind: 'conflict'; readonly fresh: QueueItem; readonly says: string }
  | { readonly kind: 'refused'; readonly problem: Problem }

/** Steps of this sitting that can be taken back, newest last. */
export const steps = smallStore<readonly Step[]>([])

export interface Desk {
  readonly me: string
  readonly role: string
  /** Verbs that the role allows, as the cell names them. */
  readonly may: ReadonlySet<string>
  readonly nameOf: (id: string) => string
}

/** Sends one step. Every ending is an answer; nothing is thrown. */
export async function decide(verb: Verb, item: QueueItem, said: Said, desk: Desk): Promise<Outcome> {
  ownChange(item.id)
  try {
    const done = await send(verb, item, said, desk)
    if (done.kind === 'done' && done.step !== null) {
      const { step } = done
      steps.update((before) => [...before.slice(-199), step])
    }
    return done
  } catch (error) {
    watchSession(error)
    if (!isConflict(error)) return { kind: 'refused', problem: asProblem(error) }
    return conflict(item, desk, asProblem(error))
  } finally {
    ownChange(item.id)
    void client.invalidateQueries({ queryKey: ['referral', item.id] })
    refreshSoon()
  }
}

async function send(verb: Verb, item: QueueItem, said: Said, desk: Desk): Promise<Outcome> {
  const params = { id: item.id }
  const { version } = item
  const { reason } = said
  switch (verb) {
    case 'note':
      await call(note, { params, body: { text: reason } })
      return { kind: 'done', step: null, says: `Note added to ${item.number}.` }
    case 'safeguard': {
      await call(safeguard, { params, body: { need: reason } })
      changeItem(item.id, (row) => ({ ...row, safeguarding: row.safeguarding === 'overdue' ? 'overdue' : 'open' }))
      return { kind: 'done', step: null, says: `${item.number} referred to safeguarding; its own clock runs.` }
    }
    case 'priority': {
      const answer = await call(setPriority, { params, body: { version, to: said.to, reason } })
      if (answer.outcome === 'proposed') return { kind: 'done', step: null, says: `${item.number}: ${answer.says}` }
      const confirmed = { ...item.priority, confirmed: said.to, effective: answer.effectivePriority }
      return applied(verb, item, answer, { priority: confirmed }, `${item.number} confirmed as ${said.to}.`)
    }
    case 'take':
      return applied(
        verb,
        item,
        await call(take, { params, body: { version } }),
        { takenBy: desk.me },
        `${item.number} is yours.`,
      )
    case 'release':
      return applied(
        verb,
        item,
        await call(release, { params, body: { version } }),
        free,
        `${item.number} is back in the queue.`,
      )
    case 'hold': {
      const answer = await call(hold, { params, body: { version, until: said.until, reason } })
      return applied(
        verb,
        item,
        answer,
        { takenBy: null, heldUntil: said.until },
        `${item.number} held; it comes back by itself.`,
      )
    }
    case 'merge': {
      const answer = await call(merge, { params, body: { version, into: said.into, reason } })
      return applied(verb, item, answer, free, `${item.number} merged as duplicate.`)
    }
    case 'decline':
      return applied(
        verb,
        item,
        await call(decline, { params, body: { version, reason } }),
        free,
        `${item.number} declined.`,
      )
    case 'close': {
      if (said.outcome === '') throw new Error('An outcome is chosen before the form is sent')
      const answer = await call(close, { params, body: { version, outcome: said.outcome, reason } })
      return applied(verb, item, answer, free, `${item.number} closed.`)
    }
  }
}

const free = { takenBy: null, heldUntil: null }

interface Answer {
  readonly decision: string
  readonly version: number
  readonly state: QueueItem['state']
  readonly effectivePriority: Priority
}

function applied(verb: Verb, before: QueueItem, answer: Answer, change: Partial<QueueItem>, says: string): Outcome {
  const { version, state } = answer
  changeItem(before.id, (row) => ({
    ...row,
    ...change,
    version,
    state,
    unread: 'read',
    priority: { ...row.priority, ...change.priority, effective: answer.effectivePriority },
  }))
  return { kind: 'done', step: { decision: answer.decision, before, verb, at: Date.now() }, says }
}

async function conflict(item: QueueItem, desk: Desk, problem: Problem): Promise<Outcome> {
  try {
    const { item: fresh } = await call(show, { params: { id: item.id } })
    changeItem(item.id, () => fresh)
    const says = `${item.number} was not changed: someone was faster; ${whatChanged(item, fresh, desk.nameOf)}. Look again and decide.`
    return { kind: 'conflict', fresh, says }
  } catch {
    return { kind: 'refused', problem }
  }
}

/** Undo is a new decision that names the old one; the row goes back to what it was, in its place. */
export async function takeBack(step: Step): Promise<Outcome> {
  const { before } = step
  ownChange(before.id)
  try {
    const answer = await call(undo, { params: { id: step.decision }, body: {} })
    const { version, state, effectivePriority } = answer
    const { takenBy, heldUntil, priority } = before
    changeItem(before.id, (row) => ({
      ...row,
      takenBy,
      heldUntil,
      version,
      state,
      priority: { ...priority, computed: row.priority.computed, effective: effectivePriority },
    }))
    steps.update((all) => all.filter((each) => each !== step))
    return { kind: 'done', step: null, says: `${before.number}: undone. It is ${state} again.` }
  } catch (error) {
    watchSession(error)
    return { kind: 'refused', problem: asProblem(error) }
  } finally {
    ownChange(before.id)
    void client.invalidateQueries({ queryKey: ['referral', before.id] })
    refreshSoon()
  }
}
