import { answerDoubts } from './answer-doubts.ts'
import type { Doubt } from './doubt.ts'
import { checkDoubts, contextDoubts, eventDoubts } from './event-doubts.ts'
import type { AttributionFacts } from './facts.ts'
import { lineDoubts } from './line-doubts.ts'

export interface AttributionJudgement {
  /** Nothing is missing and nothing speaks against it. It still takes a second person. */
  readonly clear: boolean
  /** Each name once, those that bar first. */
  readonly doubts: readonly Doubt[]
}

/** The wrong-door guard. It clears nobody: it names what is missing, and people decide. */
export function judgeAttribution(facts: AttributionFacts): AttributionJudgement {
  const found = [
    ...eventDoubts(facts.event),
    ...contextDoubts(facts.context),
    ...answerDoubts(facts),
    ...checkDoubts(facts),
    ...lineDoubts(facts),
  ]
  const byCode = new Map<string, Doubt>()
  for (const each of found) if (!byCode.has(each.code)) byCode.set(each.code, each)
  const doubts = [...byCode.values()].toSorted((a, b) => Number(b.bars) - Number(a.bars))
  return { clear: doubts.length === 0, doubts }
}

export type AttributionState = 'proposed' | 'cleared' | 'cleared with doubts' | 'refused'

/** What travels with a release: the doubts stand in it by name, and an error before anything else. */
export function attributionInWords(
  state: AttributionState,
  doubts: readonly Pick<Doubt, 'code' | 'says'>[],
  isInError: boolean,
): string {
  const named = doubts.map(({ code, says }) => `${code}: ${says}`).join(' ')
  const error = isInError ? 'IN ERROR: this attribution was found to be wrong and must not be acted on. ' : ''
  const told = doubts.length === 0 ? 'No doubt was found by the checks that were made.' : `Doubts: ${named}`
  const stands = {
    proposed: 'Not cleared: it waits for a second person.',
    refused: 'Refused by a second person.',
    cleared: 'Cleared by two people.',
    'cleared with doubts': 'Cleared by two people in spite of doubts, which belong to it.',
  }[state]
  return `${error}${stands} ${told} The customer of a line is not thereby its user.`
}
