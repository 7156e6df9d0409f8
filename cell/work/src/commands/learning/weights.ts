import { createHash } from 'node:crypto'
import type { allWeights as allRoute, replayWeightSet as replayRoute, showWeights as showRoute } from '@tandem/contract'
import { canonicalJson } from '@tandem/core'
import { parseWeights, tandem1, type WeightSet, weightFileOf } from '@tandem/triage'
import type { Handler } from '../../handler.ts'
import { openQueue, replayOver } from '../../learning/replay.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { presentWeights } from '../../presenters/weights.ts'

/** As a weight file, in its canonical form: what is shown can be put into a release as it is. */
export const weightsText = (weights: WeightSet): string =>
  canonicalJson(JSON.parse(JSON.stringify(weightFileOf(weights))))
export const digestOfText = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

export const allWeights: Handler<typeof allRoute> = (cell, caller) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.read')
    const [rows, choices, names] = await Promise.all([
      tx.run('weights/all', { limit: 100 }),
      tx.one('weights/choice_counts', {}),
      namesOfPeople(tx),
    ])
    await tx.vault.unlock(rows.map(({ proposal_id }) => proposal_id))
    tx.record('weights.list', { proposals: rows.map(({ proposal_id }) => proposal_id) })
    const { id, declaration } = tandem1
    return {
      current: { id, declaration, sha256: digestOfText(weightsText(tandem1)).toString('hex') },
      choices: { chosen: choices.chosen, cannotSay: choices.cannot_say, people: choices.people },
      proposals: rows.map((row) => presentWeights(tx, row, names)),
    }
  })

export const showWeights: Handler<typeof showRoute> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.read')
    const [row, names] = await Promise.all([tx.one('weights/show', { proposal_id: params.id }), namesOfPeople(tx)])
    await tx.vault.unlock([params.id])
    tx.record('weights.read', { proposal: params.id, weightSet: row.weight_set })
    return { proposal: presentWeights(tx, row, names), weights: row.weights }
  })

/** Read under the authority of now, computed apart, and nothing is written but the entry that it was asked. */
export const replayWeightSet: Handler<typeof replayRoute> = async (cell, caller, { params }) => {
  const { row, queue } = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.read')
    const row = await tx.one('weights/show', { proposal_id: params.id })
    const queue = await openQueue(tx)
    tx.record('weights.replay', {
      proposal: params.id,
      weightSet: row.weight_set,
      referrals: queue.cases.map(({ referral_id }) => referral_id),
    })
    return { row, queue }
  })
  const weights = parseWeights(JSON.parse(row.weights))
  if (!weights.ok) throw new TypeError(`a stored weight set breaks its laws: ${row.weight_set}`)
  return { weightSet: row.weight_set, against: tandem1.id, at: queue.now, ...(await replayOver(queue, weights.value)) }
}
