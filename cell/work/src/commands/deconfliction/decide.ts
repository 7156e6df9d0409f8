import type { decideRun as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { heldBy, holdRights, notifyRun } from '../../deconfliction/parts.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'

/** The second person of the side that asks. Approved, the request leaves, under this person's authority. */
export const decideRun: Handler<typeof route> = async (cell, caller, { params: { id }, body }) => {
  const runs = cell.deconfliction
  const decided = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.decide')
    const run = await tx.one('deconfliction/lock', { run_id: id })
    if (run.side !== 'asker' || run.state !== 'proposed')
      throw new Refusal('TANDEM-STATE-002', `the run is ${run.state}`)
    if (run.made_by === tx.standing.person) throw new Refusal('TANDEM-STATE-004')
    if (run.expired) throw new Refusal('TANDEM-STATE-002', 'its time has passed: propose it again')
    const { agency } = tx.standing
    const [peer, own] = [runs.peers.peersOf(agency).find(({ name }) => name === run.peer), runs.peers.ownOf(agency)]
    if (body.approve && (peer === undefined || own === null))
      throw new Refusal('TANDEM-STATE-002', 'the agreement with the other agency has ended')
    await tx.vault.unlock([id])
    const job = body.approve ? await holdRights(tx, id, run.expires_at) : null
    await tx.run('deconfliction/decide', {
      run_id: id,
      state: body.approve ? 'waiting' : 'refused',
      decision_sealed: sealText(tx, id, 'deconfliction', 'decision_sealed', id, body.reason),
      job_id: job,
      entries: null,
      entries_sealed: null,
      desk: null,
    })
    tx.record(body.approve ? 'deconfliction.approve' : 'deconfliction.disapprove', { run: id })
    await notifyRun(tx, run.operation_id, id)
    if (job === null || peer === undefined || own === null) return null
    return { agency, operation: run.operation_id, job, peer, own }
  })
  if (decided === null) return { run: id, state: 'refused' }
  const { job, ...place } = decided
  runs.begin({ ...place, id, side: 'asker', credential: heldBy(job) })
  return { run: id, state: 'waiting' }
}
