/** How many questions one asker may put to one holder in a window of time. Every padded place of a list is one. */
export interface QuotaRule {
  readonly questions: number
  readonly windowMilliseconds: number
}

/** What is used of a window. A cell keeps one a pair of agencies and kind of question, and changes it atomically. */
export interface QuotaUse {
  readonly windowStart: number
  readonly used: number
}

export type QuotaAnswer =
  | { readonly admitted: true; readonly use: QuotaUse; readonly left: number }
  | { readonly admitted: false; readonly use: QuotaUse; readonly left: number; readonly nextWindow: number }

/** Windows stand on the clock, not on the first question, so that both sides know when the next begins. */
export const windowStart = ({ windowMilliseconds }: QuotaRule, now: number): number => now - (now % windowMilliseconds)

/** All of the questions or none: half an answer would be an answer to the wrong question. */
export function takeFromQuota(rule: QuotaRule, use: QuotaUse | null, questions: number, now: number): QuotaAnswer {
  const start = windowStart(rule, now)
  const current = use !== null && use.windowStart === start ? use : { windowStart: start, used: 0 }
  const left = rule.questions - current.used
  if (!Number.isSafeInteger(questions) || questions < 1 || questions > left) {
    return { admitted: false, use: current, left, nextWindow: start + rule.windowMilliseconds }
  }
  return { admitted: true, use: { windowStart: start, used: current.used + questions }, left: left - questions }
}

/**
 * Where use is kept. `take` must look and write in one indivisible step: a row lock, a conditional update, one turn
 * of the event loop. Two calls at once must never both take the last question.
 */
export interface QuotaStore {
  take(asker: string, questions: number, now: number): Promise<QuotaAnswer>
}

/** In the memory of one process, for tests and tools. */
export function quotaInMemory(rule: QuotaRule): QuotaStore {
  const uses = new Map<string, QuotaUse>()
  return {
    take: async (asker, questions, now) => {
      const answer = takeFromQuota(rule, uses.get(asker) ?? null, questions, now)
      uses.set(asker, answer.use)
      return answer
    },
  }
}
