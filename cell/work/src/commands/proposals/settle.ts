import { createHash } from 'node:crypto'
import type { settle as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Handler } from '../../handler.ts'
import { effectiveWith } from '../../pipeline/rank.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { asRecord, recordOf } from '../../presenters/proposal.ts'
import { sealText } from '../../sealed.ts'
import { decide, lockItem, mustBeIn, notify, parsePriority } from '../referrals/decide.ts'
import { carryOutErasure } from '../referrals/erase.ts'

export const settle: Handler<typeof route> = (cell, caller, { params, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'proposal.settle')
    const proposal = await tx.one('proposal/lock', { proposal_id: params.id })
    if (proposal.state !== 'proposed') throw new Refusal('TANDEM-STATE-002', `it is ${proposal.state} already`)
    if (proposal.proposed_by === tx.standing.person) throw new Refusal('TANDEM-STATE-004')
    if (proposal.number !== body.number)
      throw new Refusal('TANDEM-INPUT-001', 'the typed number is not this referral’s')
    const item = await lockItem(tx, proposal.referral_id)
    // Settled first: the decision below is refused by the database without an approved proposal.
    const record = recordOf(proposal)
    await tx.vault.prepare(item.operation_id, record)
    const reason = sealText(tx, record, 'proposal', 'settled_reason_sealed', proposal.proposal_id, body.reason)
    const state = body.approve ? 'approved' : 'refused'
    await tx.run('proposal/settle', { proposal_id: proposal.proposal_id, state, reason_sealed: reason })
    await notify(tx, item.operation_id, 'proposal', proposal.proposal_id)
    const reasonSha256 = createHash('sha256').update(reason).digest('hex')
    const settled = { referral: item.referral_id, proposal: proposal.proposal_id, reasonSha256 }
    if (!body.approve) {
      tx.record('proposal.refuse', settled)
      return { proposal: proposal.proposal_id, state, decision: null, effectivePriority: null }
    }
    if (proposal.verb === 'erase') {
      await carryOutErasure(tx, item, proposal)
      tx.record('proposal.approve', settled)
      return { proposal: proposal.proposal_id, state, decision: null, effectivePriority: null }
    }
    mustBeIn(item, ['open', 'taken', 'held'])
    const { later } = await tx.one('proposal/decided_since', { proposal_id: proposal.proposal_id })
    if (later > 0) throw new Refusal('TANDEM-STATE-001', 'its priority was decided anew since this was proposed')
    const change = asRecord(proposal.change)
    const to = parsePriority(String(change['to']))
    // The approver decides on what the proposer saw; what came since then keeps or raises it.
    const confirmed = { confirmed_priority: to, confirmed_score: Number(change['score']) }
    const effective = await effectiveWith(tx, { ...item, ...confirmed }, null)
    const decided = await decide(tx, item, {
      verb: 'prioritise',
      change: { ...confirmed, effective_priority: effective },
      reason: body.reason,
      proposal: { id: proposal.proposal_id, by: proposal.proposed_by },
    })
    tx.record('proposal.approve', settled)
    return {
      proposal: proposal.proposal_id,
      state,
      decision: decided.decision,
      effectivePriority: decided.effectivePriority,
    }
  })
