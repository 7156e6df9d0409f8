import type { setPriority as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import { mayConfirm } from '@tandem/triage'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { decide, lockItem, mustBeIn, mustBeVersion, mustNotBeAnothers, notify, parsePriority } from './decide.ts'

export const setPriority: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.prioritise')
    const item = await lockItem(tx, params.id)
    mustBeVersion(item, body.version)
    mustBeIn(item, ['open', 'taken', 'held'])
    mustNotBeAnothers(tx, item)
    const from = parsePriority(item.effective_priority)
    if (from === body.to && item.confirmed_priority === body.to) {
      throw new Refusal('TANDEM-STATE-002', 'this priority is confirmed already')
    }
    const score = await tx.one('score/latest', { referral_id: params.id })
    if (mayConfirm({ from, to: body.to }) === 'one person') {
      const decided = await decide(tx, item, {
        verb: 'prioritise',
        change: { confirmed_priority: body.to, confirmed_score: score.number, effective_priority: body.to },
        reason: body.reason,
      })
      return { outcome: 'decided', ...decided }
    }
    await tx.vault.prepare(item.operation_id, item.referral_id)
    const proposal = newId()
    await tx.run('proposal/insert', {
      operation_id: item.operation_id,
      proposal_id: proposal,
      referral_id: item.referral_id,
      verb: 'prioritise',
      change: JSON.stringify({ from, to: body.to, score: score.number }),
      reason_sealed: sealText(tx, item.referral_id, 'proposal', 'reason_sealed', proposal, body.reason),
    })
    tx.record('referral.propose', { referral: item.referral_id, proposal, from, to: body.to })
    await notify(tx, item.operation_id, 'proposal', proposal)
    return { outcome: 'proposed', proposal, says: 'Lowering from P1 takes two people: a colleague must approve it.' }
  })
