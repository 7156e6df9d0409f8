import type { BodyOf, proposeWeightSet as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import { parseWeights, tandem1, type WeightSet } from '@tandem/triage'
import type { Cell } from '../../cell.ts'
import type { Handler } from '../../handler.ts'
import { learn, MOST_CHOICES } from '../../learning/learn.ts'
import { differencesOf, openQueue, replayOver } from '../../learning/replay.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'
import { digestOfText, weightsText } from './weights.ts'

type Body = BodyOf<typeof route>

interface Found {
  readonly weights: WeightSet
  readonly says: string
  readonly choices: number
  readonly agreed: { readonly before: number; readonly after: number }
}

const notInForce = 'It is a proposal and in force nowhere: a set comes into force as a file of a release.'

/** What is needed is read first, then computed without a transaction, then stored: no lock is held while it takes its time. */
export const proposeWeightSet: Handler<typeof route> = async (cell, caller, { body }) => {
  const given = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.propose')
    await mustBeNew(tx, body)
    const choices = body.from === 'choices' ? await tx.run('weights/choices', { limit: MOST_CHOICES }) : []
    const queue = await openQueue(tx)
    tx.record('weights.consider', {
      from: body.from,
      choices: choices.map(({ choice_id }) => choice_id),
      referrals: queue.cases.map(({ referral_id }) => referral_id),
    })
    return { choices, queue }
  })
  const found = await weightsOf(cell, body, given)
  if ('outcome' in found) return found
  const replay = await replayOver(given.queue, found.weights)
  return cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'weights.propose')
    await mustBeNew(tx, body)
    const { operation } = tx.standing
    if (operation === null) throw new Refusal('TANDEM-LAW-001')
    const id = newId()
    await tx.vault.create(operation, [id])
    const weights = weightsText(found.weights)
    const sha256 = digestOfText(weights)
    const changes = differencesOf(found.weights)
    await tx.run('weights/insert', {
      operation_id: operation,
      proposal_id: id,
      weight_set: found.weights.id,
      based_on: tandem1.id,
      origin: body.from,
      weights,
      sha256,
      changes: JSON.stringify(changes),
      why_sealed: sealText(tx, id, 'weight_proposal', 'why_sealed', id, body.why ?? found.says),
      choices: found.choices,
      agreed_before: found.agreed.before,
      agreed_after: found.agreed.after,
      replay: JSON.stringify(replay.counts),
    })
    tx.record('weights.propose', {
      proposal: id,
      weightSet: found.weights.id,
      basedOn: tandem1.id,
      from: body.from,
      sha256: sha256.toString('hex'),
      choices: found.choices,
      replay: { ...replay.counts },
    })
    return {
      outcome: 'proposed',
      proposal: id,
      weightSet: found.weights.id,
      says: `${found.says} ${notInForce}`,
      replay: replay.counts,
    }
  })
}

async function weightsOf(
  cell: Cell,
  body: Body,
  { choices, queue }: { readonly choices: Parameters<typeof learn>[1]; readonly queue: { readonly now: string } },
): Promise<Found | { outcome: 'nothing'; says: string; choices: number }> {
  if (body.from === 'file') {
    const weights = parsed(body.weights)
    const { points, others } = differencesOf(weights)
    if (points.length + others.length === 0)
      throw new Refusal('TANDEM-INPUT-001', `the file says the same as ${tandem1.id}`)
    return { weights, says: `Written by hand on top of ${tandem1.id}.`, choices: 0, agreed: { before: 0, after: 0 } }
  }
  const learned = await learn(cell, choices, { id: body.name, by: 'choices of officers', now: queue.now })
  if (learned.proposal === null) return { outcome: 'nothing', says: learned.says, choices: learned.choices }
  const declaration = `Proposed from ${learned.choices} choices of officers between two referrals, on top of ${tandem1.id}. Not validated on casework, not in force. All points are hundredths of log-odds.`
  return {
    weights: { ...learned.proposal.weights, declaration },
    says: learned.says,
    choices: learned.choices,
    agreed: learned.agreed,
  }
}

/** All faults at once, each with its field: whoever writes a file by hand mends it in one go. */
function parsed(json: unknown): WeightSet {
  const weights = parseWeights(json)
  if (weights.ok) return weights.value
  const faults = weights.error.map(({ field, says }) => `${field} ${says}`)
  const more = faults.length > 8 ? `; and ${faults.length - 8} more` : ''
  throw new Refusal('TANDEM-INPUT-001', `${faults.slice(0, 8).join('; ')}${more}`)
}

/** A changed number needs a new id; the name of a set that was proposed stays with it. */
async function mustBeNew(tx: Transaction, body: Body): Promise<void> {
  const name = body.from === 'choices' ? body.name : parsed(body.weights).id
  if (name === tandem1.id) throw new Refusal('TANDEM-INPUT-001', `${name} is in force: a changed number needs a new id`)
  const [known] = await tx.run('weights/named', { weight_set: name })
  if (known !== undefined) throw new Refusal('TANDEM-STATE-002', `a set with the name ${name} was proposed already`)
}
