import { createHash } from 'node:crypto'
import type { proposeAttribution as route } from '@tandem/contract'
import { newId } from '@tandem/store'
import { judge } from '../../attribution/judge.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { notify } from '../referrals/decide.ts'

/** First of two people. It may be proposed with doubts, and even without an answer: then it says what is missing. */
export const proposeAttribution: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'attribution.propose')
    const { reason, override, ...given } = body
    const judged = await judge(tx, cell, given)
    const { operation, doubts, attributed } = judged
    const id = newId()
    const referral = given.use.referral
    await tx.vault.prepare(operation, referral)
    const seal = (column: string, text: string): Buffer => sealText(tx, referral, 'attribution', column, id, text)
    const reason_sealed = seal('reason_sealed', reason)
    const codes = doubts.map(({ code }) => code)
    const isCopied = attributed !== null && (attributed.name !== null || attributed.address !== null)
    if (given.answer !== null) await tx.vault.prepare(operation, given.answer.referral)
    await tx.run('attribution/insert', {
      operation_id: operation,
      attribution_id: id,
      referral_id: referral,
      person: given.use.person,
      event: given.use.event,
      answer_id: given.answer?.referral ?? null,
      answer_person: given.answer?.person ?? null,
      attributed_sealed:
        given.answer === null || !isCopied
          ? null
          : sealText(tx, given.answer.referral, 'attribution', 'attributed_sealed', id, JSON.stringify(attributed)),
      given_sealed: seal('given_sealed', JSON.stringify(given)),
      basis_sealed: seal('basis_sealed', judged.basis),
      doubts: codes,
      reason_sealed,
      override_sealed: override === null ? null : seal('override_sealed', override),
    })
    tx.record('attribution.propose', {
      referral,
      attribution: id,
      person: given.use.person,
      event: given.use.event,
      answer: given.answer?.referral ?? null,
      doubts: codes,
      override: override !== null,
      reasonSha256: createHash('sha256').update(reason_sealed).digest('hex'),
    })
    await notify(tx, operation, 'proposal', id)
    await notify(tx, operation, 'referral', referral)
    return {
      attribution: id,
      doubts: [...doubts],
      clear: judged.clear,
      use: judged.use,
      attributed,
      says: sayOf(judged, override),
    }
  })

function sayOf(
  { doubts }: { readonly doubts: readonly { readonly code: string; readonly bars: boolean }[] },
  override: string | null,
): string {
  const bars = doubts.filter((each) => each.bars).map(({ code }) => code)
  if (bars.length > 0) return `It cannot be cleared as it stands: ${bars.join(', ')}.`
  if (doubts.length === 0) return 'Nothing is missing. Another person must settle it.'
  return override === null
    ? 'It has doubts and no reason to pass over them: it can only be refused.'
    : 'It has doubts, which travel with it by name. Another person must settle it.'
}
