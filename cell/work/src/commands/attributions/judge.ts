import type { judgeAttribution as route } from '@tandem/contract'
import { judge } from '../../attribution/judge.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'

/** Doubts before anything is proposed. */
export const judgeAttribution: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'attribution.propose')
    const { clear, doubts, use, attributed } = await judge(tx, cell, body)
    tx.record('attribution.judge', {
      referral: body.use.referral,
      person: body.use.person,
      event: body.use.event,
      answer: body.answer?.referral ?? null,
      doubts: doubts.map(({ code }) => code),
    })
    return { doubts: [...doubts], clear, use, attributed }
  })
