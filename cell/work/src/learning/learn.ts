import { setImmediate } from 'node:timers/promises'
import { Refusal } from '@tandem/core'
import type { Row } from '@tandem/store'
import { type Choice, type Learned, learnInSteps, tandem1 } from '@tandem/triage'
import type { Cell } from '../cell.ts'
import { factsOfScore } from './replay.ts'

/** The latest ones; a choice of years ago was made by another desk. */
export const MOST_CHOICES = 1000

const busy = new WeakSet<Cell>()

/** One learning at a time in a cell, in small steps: the desk goes on while it takes its time. */
export async function learn(
  cell: Cell,
  rows: readonly Row<'weights/choices'>[],
  of: { readonly id: string; readonly by: string; readonly now: string },
): Promise<Learned> {
  if (busy.has(cell)) throw new Refusal('TANDEM-STATE-002', 'weights are being learned already: ask again in a while')
  busy.add(cell)
  try {
    const steps = learnInSteps(rows.map(choiceOf), tandem1, of)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      await setImmediate()
    }
  } finally {
    busy.delete(cell)
  }
}

function choiceOf(row: Row<'weights/choices'>): Choice {
  const one = { facts: factsOfScore(row.one_facts), at: row.one_scored_at }
  const other = { facts: factsOfScore(row.other_facts), at: row.other_scored_at }
  const [first, second] = row.first === 'one' ? [one, other] : [other, one]
  return {
    id: row.choice_id,
    first: first.facts,
    second: second.facts,
    scoredAt: { first: first.at, second: second.at },
  }
}
