import { disagree, withdrawDisagreement } from '@tandem/contract'
import { call } from '../data/client.ts'
import { ownChange, refreshSoon } from '../data/live.ts'
import { asProblem } from '../data/problem.ts'
import { client } from '../data/queries.ts'
import { watchSession } from '../data/session.ts'
import type { QueueItem } from '../data/types.ts'
import { type Outcome, type Step, steps } from './decide.ts'
import { changeItem } from './items.ts'

export type Direction = 'higher' | 'lower'

/** One key, no form: said of the score that is shown. The row stays where it stands. */
export async function sayDisagree(item: QueueItem, direction: Direction, reason?: string): Promise<Outcome> {
  return settled(item.id, async () => {
    const said = await call(disagree, {
      params: { id: item.id },
      body: { score: item.score, direction, ...(reason === undefined ? {} : { reason }) },
    })
    changeItem(item.id, (row) => (row.score === said.score ? { ...row, disagreed: direction } : row))
    const step: Step = { decision: said.disagreement, before: item, verb: 'disagree', at: Date.now() }
    steps.update((before) => [...before.filter(({ decision }) => decision !== step.decision).slice(-199), step])
    return { kind: 'done', step, says: `${item.number}: ${said.says}` }
  })
}

/** By a new event that names it; what was said before it does not come back by itself. */
export async function takeBackSaid(id: string, item: QueueItem): Promise<Outcome> {
  return settled(item.id, async () => {
    const answer = await call(withdrawDisagreement, { params: { id }, body: {} })
    changeItem(item.id, (row) => ({ ...row, disagreed: null }))
    steps.update((all) => all.filter(({ decision }) => decision !== id))
    return { kind: 'done', step: null, says: `${item.number}: ${answer.says}` }
  })
}

async function settled(referral: string, act: () => Promise<Outcome>): Promise<Outcome> {
  ownChange(referral)
  try {
    return await act()
  } catch (error) {
    watchSession(error)
    return { kind: 'refused', problem: asProblem(error) }
  } finally {
    ownChange(referral)
    void client.invalidateQueries({ queryKey: ['referral', referral] })
    refreshSoon()
  }
}
