import type { stopRun as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { endRun, heldBy, unanswered } from '../../deconfliction/parts.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'

export const stopRun: Handler<typeof route> = async (cell, caller, { params: { id } }) => {
  const job = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.decide')
    const run = await tx.one('deconfliction/lock', { run_id: id })
    if (run.job_id === null || (run.state !== 'waiting' && run.state !== 'running'))
      throw new Refusal('TANDEM-STATE-002', `the run is ${run.state}`)
    tx.record('deconfliction.stop', { run: id })
    return run.job_id
  })
  // One that was cut off by the end of an earlier start has nobody who could stop it: it is only written down.
  if (!(await cell.deconfliction.stop(id)))
    await endRun(cell.deconfliction.parts, { id, credential: heldBy(job) }, unanswered('stopped'))
  return { run: id }
}
