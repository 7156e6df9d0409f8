import { approveRelease, type Hit, proposeRelease as propose } from '@tandem/blind'
import type { decideRelease as decideRoute, proposeRelease as proposeRoute } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import { z } from 'zod'
import { kindOf } from '../../deconfliction/entries.ts'
import { notifyRun } from '../../deconfliction/parts.ts'
import { sendRelease } from '../../deconfliction/releases.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { desksOf } from '../../presenters/deconfliction.ts'
import { referencesOf } from '../../presenters/releases.ts'
import { openText, sealText } from '../../sealed.ts'

const refusals = {
  'nothing-chosen': 'choose at least one hit',
  'same-person': 'a second person must approve this',
  'not-a-hit': 'one of them is no hit of this run',
  'too-many': 'too many hits for one release',
} as const

async function hitsOf(tx: Transaction, run: string): Promise<Hit[]> {
  const rows = await tx.run('deconfliction/hits', { run_id: run })
  return rows.map(({ kind, reference, outputs }) => ({
    kind: kindOf(kind),
    reference,
    outputs: z.array(z.string()).parse(outputs),
  }))
}

export const proposeRelease: Handler<typeof proposeRoute> = (cell, caller, { params: { id }, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.release')
    const run = await tx.one('deconfliction/one', { run_id: id })
    if (run.side !== 'asker' || run.state !== 'answered')
      throw new Refusal('TANDEM-STATE-002', `the run is ${run.state}`)
    const proposal = { desk: body.desk, by: tx.standing.person, at: Date.parse(tx.standing.now) }
    const proposed = propose(run.run?.toString('hex') ?? '', await hitsOf(tx, id), body.hits, proposal)
    if (!proposed.ok) throw new Refusal('TANDEM-INPUT-001', refusals[proposed.error])
    await tx.vault.unlock([id])
    const release = newId()
    const references = JSON.stringify([...new Set(body.hits)])
    await tx.run('deconfliction/add_release', {
      operation_id: run.operation_id,
      release_id: release,
      run_id: id,
      references_sealed: sealText(tx, id, 'deconfliction_release', 'references_sealed', release, references),
      desk: body.desk,
    })
    tx.record('deconfliction.release.propose', { run: id, release, hits: proposed.value.hits.length })
    await notifyRun(tx, run.operation_id, id)
    return { release }
  })

/** The release leaves when a second person has agreed. What did not arrive is sent again by deciding again. */
export const decideRelease: Handler<typeof decideRoute> = async (cell, caller, { params: { id }, body }) => {
  const runs = cell.deconfliction
  const approved = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.release')
    const row = await tx.one('deconfliction/release', { release_id: id })
    const { agency, person, now } = tx.standing
    const isAgain = row.state === 'approved' && body.approve
    if (row.state !== 'proposed' && !isAgain) throw new Refusal('TANDEM-STATE-002', `it is ${row.state} already`)
    if (row.made_by === person && !isAgain) throw new Refusal('TANDEM-STATE-004')
    await tx.vault.unlock([row.run_id])
    if (!isAgain)
      await tx.run('deconfliction/decide_release', {
        release_id: id,
        state: body.approve ? 'approved' : 'refused',
        decision_sealed: sealText(tx, row.run_id, 'deconfliction_release', 'decision_sealed', id, body.reason),
      })
    tx.record(body.approve ? 'deconfliction.release.approve' : 'deconfliction.release.refuse', {
      run: row.run_id,
      release: id,
    })
    await notifyRun(tx, row.operation_id, row.run_id)
    if (!body.approve) return null
    const sealed = row.references_sealed
    const chosen = referencesOf(openText(tx, row.run_id, 'deconfliction_release', 'references_sealed', id, sealed))
    const hits = await hitsOf(tx, row.run_id)
    const made = { desk: row.desk, by: row.made_by, at: Date.parse(row.made_at) }
    const proposed = propose(row.run?.toString('hex') ?? '', hits, chosen, made)
    if (!proposed.ok) throw new Refusal('TANDEM-INPUT-001', refusals[proposed.error])
    const release = approveRelease(proposed.value, row.decided_by ?? person, Date.parse(row.decided_at ?? now))
    if (!release.ok) throw new Refusal('TANDEM-STATE-004')
    const [peer, own] = [runs.peers.peersOf(agency).find(({ name }) => name === row.peer), runs.peers.ownOf(agency)]
    if (peer === undefined || own === null)
      throw new Refusal('TANDEM-STATE-002', 'the agreement with the other agency has ended')
    return { release: release.value, peer, own, run: row.run_id, operation: row.operation_id }
  })
  if (approved === null) return { release: id, state: 'refused', pointers: [], says: null }
  const released = await sendRelease(runs.parts, approved.own, approved.peer, approved.release)
  if (released.is === 'no answer') return { release: id, state: 'approved', pointers: [], says: released.says }
  const pointers = JSON.stringify(released.pointers)
  await cell.store.within(caller.credential, async (tx) => {
    await tx.run('deconfliction/released', { release_id: id, digest: released.digest, pointers })
    tx.record('deconfliction.release.sent', { run: approved.run, release: id, pointers: released.pointers.length })
    await notifyRun(tx, approved.operation, approved.run)
  })
  return { release: id, state: 'sent', pointers: desksOf(JSON.parse(pointers)), says: null }
}
