import { smallStore } from '../data/small-store.ts'
import { dismiss, toast } from '../data/toasts.ts'
import type { QueueItem } from '../data/types.ts'
import { type Desk, decide, type Outcome, type Said, type Step, steps, takeBack } from './decide.ts'
import { takeBackSaid } from './disagree.ts'
import { type Verb, verbWords } from './verbs.ts'

/** A step that waits for its form: on one referral or on many. */
export interface Asking {
  readonly verb: Verb
  readonly items: readonly QueueItem[]
  /** Called when the step is done, so that the next item can load itself. */
  readonly after: (done: readonly QueueItem[], verb: Verb) => void
}

export const asking = smallStore<Asking | null>(null)

export const nothingSaid: Said = { reason: '', until: '', into: '', to: 'P1', outcome: '' }

const instantly: readonly Verb[] = ['take', 'release']

/** One key on one referral acts at once where no words are needed; everything else asks first. */
export function begin(ask: Asking, desk: Desk): void {
  if (ask.items.length === 0) return
  const [only] = ask.items
  if (only !== undefined && ask.items.length === 1 && instantly.includes(ask.verb)) {
    void decide(ask.verb, only, nothingSaid, desk).then((outcome) => {
      announce(outcome)
      if (outcome.kind === 'done') ask.after([only], ask.verb)
    })
  } else asking.set(ask)
}

export function announce(outcome: Outcome): void {
  if (outcome.kind === 'refused') {
    const { message, detail, code, reference } = outcome.problem
    const tail = [code, reference].filter((part) => part !== '').join(' · ')
    toast({ kind: 'problem', says: [message, detail, `(${tail})`].filter((part) => part !== undefined).join(' ') })
  } else if (outcome.kind === 'conflict') toast({ kind: 'problem', says: outcome.says })
  else if (outcome.step === null) toast({ kind: 'done', says: outcome.says })
  else {
    const { step } = outcome
    if (step.verb === 'disagree') forgetSaidBefore(step)
    offerUndo(outcome.says, [step])
  }
}

/** Of one score a person has one word that stands: what was said before it is not offered to be taken back any more. */
function forgetSaidBefore({ decision, before }: Step): void {
  const isOver = (each: Step): boolean =>
    each.verb === 'disagree' &&
    each.decision !== decision &&
    each.before.id === before.id &&
    each.before.score === before.score
  for (const each of steps.get().filter(isOver)) withdrawOffer(each.decision)
  steps.update((all) => all.filter((each) => !isOver(each)))
}

/** The message that offers to undo a step goes when the step is undone by any other way. */
const offers = new Map<string, number>()

function offerUndo(says: string, made: readonly Step[]): void {
  const message = toast({ kind: 'done', says, undo: () => void undoSteps(made) })
  for (const step of made) offers.set(step.decision, message)
}

export function withdrawOffer(decision: string): void {
  const message = offers.get(decision)
  if (message !== undefined) dismiss(message)
  offers.delete(decision)
}

export async function undoSteps(which: readonly Step[]): Promise<void> {
  let undone = 0
  for (const step of which) {
    withdrawOffer(step.decision)
    const outcome = await (step.verb === 'disagree' ? takeBackSaid(step.decision, step.before) : takeBack(step))
    if (outcome.kind === 'done') undone += 1
    if (outcome.kind !== 'done' || which.length === 1) announce(outcome)
  }
  if (which.length > 1) toast({ kind: 'done', says: `${undone} of ${which.length} undone.` })
}

export function undoLast(): void {
  const last = steps.get().at(-1)
  if (last === undefined)
    toast({ kind: 'problem', says: 'Nothing of this sitting is left to undo. See the decisions of a referral.' })
  else void undoSteps([last])
}

export interface BulkResult {
  readonly done: readonly QueueItem[]
  readonly failed: readonly Outcome[]
}

/** Several at a time, but few: the cell serves others too. */
const AT_ONCE = 4

export async function decideMany(
  verb: Verb,
  items: readonly QueueItem[],
  said: Said,
  desk: Desk,
  progress: (howMany: number) => void,
): Promise<BulkResult> {
  const done: QueueItem[] = []
  const failed: Outcome[] = []
  const made: Step[] = []
  const waiting = [...items]
  let finished = 0
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const outcome = await decide(verb, item, said, desk)
      if (outcome.kind === 'done') {
        done.push(item)
        if (outcome.step !== null) made.push(outcome.step)
      } else failed.push(outcome)
      finished += 1
      progress(finished)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const says = `${done.length} of ${items.length} ${verbWords[verb].done}.`
  if (made.length > 0) offerUndo(says, made)
  else if (done.length > 0) toast({ kind: 'done', says })
  return { done, failed }
}
