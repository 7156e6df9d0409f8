import { addressReasons } from './address-reasons.ts'
import type { RequestFacts } from './facts.ts'
import { listReasons } from './list-reasons.ts'
import type { RequestReason } from './reason.ts'
import { timeReasons } from './time-reasons.ts'
import { torReasons } from './tor-reasons.ts'

export interface RequestJudgement {
  readonly meaningful: 'yes' | 'no' | 'only with more'
  /** What decides first, notes last. */
  readonly reasons: readonly RequestReason[]
  /** To be read out. */
  readonly sentence: string
}

const order = { no: 0, more: 1, note: 2 } as const

/**
 * Is it meaningful to ask the provider of this address for its customer? An aid to an officer who decides: nothing is
 * asked by itself, and a "yes" is no finding about anybody.
 */
export function judgeRequest(facts: RequestFacts): RequestJudgement {
  const found =
    facts.address === null
      ? addressReasons(facts)
      : [...addressReasons(facts), ...timeReasons(facts), ...torReasons(facts), ...listReasons(facts)]
  const reasons = found.toSorted((a, b) => order[a.weighs] - order[b.weighs])
  const [first] = reasons
  const meaningful = first?.weighs === 'no' ? 'no' : first?.weighs === 'more' ? 'only with more' : 'yes'
  return { meaningful, reasons, sentence: sentenceOf(meaningful, reasons) }
}

function sentenceOf(meaningful: RequestJudgement['meaningful'], reasons: readonly RequestReason[]): string {
  const told = (weighs: RequestReason['weighs']): string =>
    reasons
      .filter((reason) => reason.weighs === weighs)
      .map(({ says }) => says)
      .join(' ')
  switch (meaningful) {
    case 'no':
      return `No, a subscriber request on this address at this time would not lead to the user. ${told('no')}`
    case 'only with more':
      return `Only with more: not yet a subscriber request. ${told('more')}`
    case 'yes':
      return 'Yes, nothing in the data at hand speaks against a subscriber request. State address, source port and exact time with its zone, and check the answer against them. The customer of a line is not thereby its user.'
  }
}
