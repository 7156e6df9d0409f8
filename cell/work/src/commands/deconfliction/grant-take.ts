import { controlOf, runProblems } from '@tandem/blind'
import type { takeGrant as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { askAll, askForGrant, questionsOf } from '../../deconfliction/lookups/asker.ts'
import { endGrant } from '../../deconfliction/lookups/ending.ts'
import { checkOffer, openBytes, readRequest, sealBytes } from '../../deconfliction/lookups/grants.ts'
import { hex, notClear, notifyRun } from '../../deconfliction/parts.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import type { TakenGrant } from './look-up.ts'

/** How often the control is asked where answers are lost on their way; each time takes a token. */
const TRIES = 2

/**
 * What became of the request. An offer is checked whole: whose it is, that it is for this request, that key and list
 * stand in their ledger. Then one token goes to the control, which is in every list: a list that was not made with the
 * key does not have it.
 */
export const takeGrant: Handler<typeof route> = async (cell, caller, { params: { id } }) => {
  const { peers } = cell.deconfliction
  const { store } = cell
  const { asked, bytes, peer, operation } = await store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.lookup')
    const row = await tx.one('lookup/to_ask', { grant_id: id })
    if (row.state !== 'waiting') throw new Refusal('TANDEM-STATE-002', `the grant is ${row.state}`)
    if (row.expired === true) throw new Refusal('TANDEM-STATE-002', 'its time has passed: propose it again')
    const { agency } = tx.standing
    const [peer, own] = [peers.peersOf(agency).find(({ name }) => name === row.peer), peers.ownOf(agency)]
    if (peer === undefined || own === null || row.request_sealed === null)
      throw new Refusal('TANDEM-STATE-002', 'the agreement with the other agency has ended')
    await tx.vault.unlock([id])
    const bytes = openBytes(tx, id, 'request_sealed', row.request_sealed)
    // Our own statement: what it says is what stands in the row, whoever holds the keys today.
    const asked = readRequest(bytes, () => true)
    if (typeof asked === 'string') throw new Refusal('TANDEM-STATE-002', 'the request cannot be read any more')
    tx.record('deconfliction.grant.look', { grant: id })
    return { asked, bytes, peer, operation: row.operation_id }
  })
  const came = await askForGrant(peers, peer, bytes)
  if (came.is === 'waiting') return { grant: id, state: 'waiting', says: 'Their people have not decided yet.' }
  if (came.is === 'no answer') return { grant: id, state: 'waiting', says: notClear(came.says) }
  const end = async (why: string) => {
    await store.within(caller.credential, async (tx) => void (await endGrant(tx, id, why)))
    return { grant: id, state: 'ended' as const, says: why }
  }
  if (came.is === 'refused') return end(`The other side refused. ${came.says}`)
  const taken = checkOffer(came.bytes, asked, peer, Date.now())
  if (typeof taken === 'string') return end(`What the other side gave cannot be used. ${runProblems[taken]}`)
  const { list, listedAt, desk } = taken.offer
  const grant: TakenGrant = { id, operation, peer, taken }
  /** Another officer looked at the same moment: what became of the grant by then. */
  const before = async (): Promise<{ grant: string; state: 'waiting' | 'in force' | 'ended'; says: string } | null> => {
    const { state, list_sealed } = await store.within(caller.credential, async (tx) => {
      tx.record('deconfliction.grant.look', { grant: id })
      return tx.one('lookup/to_ask', { grant_id: id })
    })
    if (state === 'in force') return { grant: id, state, says: 'In force: somebody else looked at the same moment.' }
    if (state === 'ended') return { grant: id, state, says: 'Somebody ended it meanwhile.' }
    return list_sealed === null ? { grant: id, state: 'waiting', says: notClear('Look again.') } : null
  }
  const isTaken = await store.within(caller.credential, async (tx) => {
    await tx.vault.unlock([id])
    const [row] = await tx.run('lookup/take_up', {
      grant_id: id,
      list_sealed: sealBytes(tx, id, 'list_sealed', came.bytes),
      desk,
      public_key: Buffer.from(list.publicKey, 'hex'),
      outputs: Buffer.from(list.outputs, 'hex'),
      size: list.size,
      listed_at: new Date(listedAt).toISOString(),
    })
    const isTaken = row !== undefined
    tx.record('deconfliction.grant.take', { grant: id, publicKey: list.publicKey, outputs: list.outputs, isTaken })
    return isTaken
  })
  // One request has one list: the one that is tested must be the one that is asked.
  if (!isTaken) return (await before()) ?? end(`What the other side gave cannot be used. ${runProblems.contradiction}`)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const questions = await store.within(caller.credential, async (tx) => {
      const [numbers] = await tx.run('lookup/take_numbers', { grant_id: id, count: 1, state: 'waiting' })
      const questions =
        numbers === undefined ? null : questionsOf(taken, numbers.first, [controlOf(taken.offer.grant.epoch)])
      const elements = questions?.map(({ blinded }) => hex(blinded.element)) ?? []
      tx.record('deconfliction.lookup.control', { grant: id, number: numbers?.first ?? null, elements })
      return questions
    })
    if (questions === null) return (await before()) ?? end('No token is left, and its list was never tested.')
    const answer = await askAll(peers, grant.peer, taken, questions)
    if (answer.is === 'not in this list')
      return end(`What the other side gave cannot be used. ${runProblems.contradiction}`)
    if (answer.is === 'no answer') continue
    const isInForce = await store.within(caller.credential, async (tx) => {
      const [row] = await tx.run('lookup/in_force', { grant_id: id })
      tx.record('deconfliction.grant.force', { grant: id, publicKey: list.publicKey, isInForce: row !== undefined })
      await notifyRun(tx, operation, id)
      return row !== undefined
    })
    if (!isInForce) return (await before()) ?? end('It ended while its list was tested.')
    return { grant: id, state: 'in force', says: `In force: ${taken.offer.grant.tokens - 1} lookups at most.` }
  }
  return { grant: id, state: 'waiting', says: notClear('Its list could not be tested yet: look again.') }
}
