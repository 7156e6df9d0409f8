import type { refuseRun as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { notifyRun } from '../../deconfliction/parts.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'

export const refuseRun: Handler<typeof route> = async (cell, caller, { params: { id }, body }) => {
  const { agency, peer, digest } = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.decide')
    const run = await tx.one('deconfliction/lock', { run_id: id })
    if (run.side !== 'holder' || run.state !== 'received')
      throw new Refusal('TANDEM-STATE-002', `the run is ${run.state}`)
    await tx.vault.unlock([id])
    await tx.run('deconfliction/decide', {
      run_id: id,
      state: 'refused',
      decision_sealed: sealText(tx, id, 'deconfliction', 'decision_sealed', id, body.reason),
      job_id: null,
      entries: null,
      entries_sealed: null,
      desk: null,
    })
    tx.record('deconfliction.refuse', { run: id })
    await notifyRun(tx, run.operation_id, id)
    return { agency: tx.standing.agency, peer: run.peer, digest: run.digest ?? Buffer.of() }
  })
  // Whoever asks next hears it, also after a restart: the row says so.
  if (await cell.deconfliction.find(id, { name: peer, agency }, digest)) await cell.deconfliction.refuse(id, 'refused')
  return { run: id }
}
