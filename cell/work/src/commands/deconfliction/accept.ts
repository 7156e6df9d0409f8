import type { acceptRun as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { collect, entriesText, kindOf, placesFor, toEngine } from '../../deconfliction/entries.ts'
import { endRun, heldBy, holdRights, notifyRun, unanswered } from '../../deconfliction/parts.ts'
import { termsOf } from '../../deconfliction/terms.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { openText, sealText } from '../../sealed.ts'

/** What the operation's referrals mention of the kinds that are asked for, as they stand now, and events entered here. */
export const acceptRun: Handler<typeof route> = async (cell, caller, { params: { id }, body }) => {
  const runs = cell.deconfliction
  const { isThere, entries, left, job, approval } = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.decide')
    const run = await tx.one('deconfliction/lock', { run_id: id })
    if (run.side !== 'holder' || run.state !== 'received')
      throw new Refusal('TANDEM-STATE-002', `the run is ${run.state}`)
    if (run.expired || run.digest === null) throw new Refusal('TANDEM-STATE-002', 'the request has expired')
    await tx.vault.unlock([id])
    const { grid } = termsOf(openText(tx, id, 'deconfliction', 'terms_sealed', id, run.terms_sealed))
    if (body.events.length > 0 && !run.kinds.includes('event'))
      throw new Refusal('TANDEM-INPUT-001', 'the request does not ask about events')
    // In memory before anybody can see the decision: a question of the other side in between would find no machine.
    const isThere = await runs.find(id, { name: run.peer, agency: tx.standing.agency }, run.digest)
    const kinds = run.kinds.map(kindOf)
    const collected = await collect(tx, { side: 'holder', kinds, observables: null, events: body.events, grid })
    // Said before anything is agreed: the machine would only end the run.
    if (placesFor(collected.entries) > run.most_held)
      throw new Refusal(
        'TANDEM-STATE-002',
        'this operation holds more than they take: refuse, and tell them to ask anew',
      )
    const held = await holdRights(tx, id, run.expires_at)
    const [row] = await tx.run('deconfliction/decide', {
      run_id: id,
      state: 'running',
      decision_sealed: sealText(tx, id, 'deconfliction', 'decision_sealed', id, body.reason),
      job_id: held,
      entries: collected.entries.length,
      entries_sealed: sealText(tx, id, 'deconfliction', 'entries_sealed', id, entriesText(collected.entries)),
      desk: body.desk,
    })
    tx.record('deconfliction.accept', { run: id, entries: collected.entries.length })
    await notifyRun(tx, run.operation_id, id)
    const at = Date.parse(row?.decided_at ?? tx.standing.now)
    return {
      ...collected,
      isThere,
      job: held,
      approval: { person: tx.standing.person, role: 'approver' as const, at },
    }
  })
  const credential = heldBy(job)
  const accepted = isThere && (await runs.accept(id, credential, [approval], entries.map(toEngine)))
  if (!accepted) await endRun(runs.parts, { id, credential }, unanswered('stopped'))
  return { run: id, entries: entries.length, left: [...left] }
}
