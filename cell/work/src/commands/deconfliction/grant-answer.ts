import type { acceptGrant as acceptRoute, refuseGrant as refuseRoute } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Transaction } from '@tandem/store'
import { collect, kindOf, MOST_PLACES, placesFor, toEngine } from '../../deconfliction/entries.ts'
import {
  keyObject,
  LOOKUP_KEY,
  makeGrant,
  offerOf,
  openBytes,
  readRequest,
  sealBytes,
  sealKey,
} from '../../deconfliction/lookups/grants.ts'
import { holdRights, notifyRun } from '../../deconfliction/parts.ts'
import { receiptOf } from '../../deconfliction/receipt.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'

/** A request that waits here, and that nobody has decided on. */
async function received(tx: Transaction, id: string) {
  mustBeAllowed(tx.standing.role, 'deconfliction.decide')
  const row = await tx.one('lookup/lock', { grant_id: id })
  if (row.side !== 'holder' || row.state !== 'received')
    throw new Refusal('TANDEM-STATE-002', `the grant is ${row.state}`)
  if (row.expired === true) throw new Refusal('TANDEM-STATE-002', 'the request has expired')
  await tx.vault.unlock([id])
  return row
}

/**
 * What the operation's referrals mention of the kinds, as they stand now, under a key of this grant. Key and list stand
 * in the own ledger, provably, before the grant is in force; until then the request waits as it did.
 */
export const acceptGrant: Handler<typeof acceptRoute> = async (cell, caller, { params: { id }, body }) => {
  const runs = cell.deconfliction
  const { store } = cell
  const { asked, own, agency, collected, listedAt } = await store.within(caller.credential, async (tx) => {
    const row = await received(tx, id)
    const [peer, own] = [
      runs.peers.peersOf(tx.standing.agency).find(({ name }) => name === row.peer),
      runs.peers.ownOf(tx.standing.agency),
    ]
    if (peer === undefined || own === null || row.request_sealed === null)
      throw new Refusal('TANDEM-STATE-002', 'the agreement with the other agency has ended')
    const asked = readRequest(openBytes(tx, id, 'request_sealed', row.request_sealed), peer.verify)
    if (typeof asked === 'string') throw new Refusal('TANDEM-STATE-002', 'the request is not theirs any more')
    const kinds = row.kinds.map(kindOf)
    const collected = await collect(tx, { side: 'holder', kinds, observables: null, events: [], grid: null })
    if (placesFor(collected.entries) > MOST_PLACES)
      throw new Refusal(
        'TANDEM-STATE-002',
        'this operation holds more than one list may: refuse, and ask for fewer kinds',
      )
    tx.record('deconfliction.grant.prepare', { grant: id, entries: collected.entries.length })
    return { asked, own, agency: tx.standing.agency, collected, listedAt: Date.parse(tx.standing.now) }
  })
  const made = await makeGrant(runs.parts, asked, collected.entries.map(toEngine))
  const { list } = made.epoch
  const recorded = await store.within(caller.credential, async (tx) => {
    await received(tx, id)
    return tx.record(LOOKUP_KEY, keyObject(made.grant.id, list))
  })
  const receipt = await receiptOf(store, cell.ledger, agency, recorded)
  if (receipt === null)
    throw new Refusal('TANDEM-STATE-002', 'the ledger gives no proof that the list is fixed yet: accept it again')
  await store.within(caller.credential, async (tx) => {
    const row = await received(tx, id)
    const { person, now } = tx.standing
    const approvals = [{ person, role: 'approver' as const, at: Date.parse(now) }]
    const offer = await offerOf(made, { request: asked.digest, listedAt, desk: body.desk, approvals, receipt }, own)
    const job = await holdRights(tx, id, row.expires_at, 'lookup grant')
    const [given] = await tx.run('lookup/give', {
      grant_id: id,
      decision_sealed: sealText(tx, id, 'lookup_grant', 'decision_sealed', id, body.reason),
      job_id: job,
      desk: body.desk,
      key_sealed: sealKey(tx, id, made),
      list_sealed: sealBytes(tx, id, 'list_sealed', offer),
      public_key: Buffer.from(list.publicKey, 'hex'),
      outputs: Buffer.from(list.outputs, 'hex'),
      size: list.size,
      listed_at: new Date(listedAt).toISOString(),
    })
    if (given === undefined) throw new Refusal('TANDEM-STATE-002', 'the request has expired')
    tx.record('deconfliction.grant.accept', { grant: id, entries: collected.entries.length, publicKey: list.publicKey })
    await notifyRun(tx, row.operation_id, id)
  })
  return { grant: id, entries: collected.entries.length, left: [...collected.left] }
}

export const refuseGrant: Handler<typeof refuseRoute> = (cell, caller, { params: { id }, body }) =>
  cell.store.within(caller.credential, async (tx) => {
    const row = await received(tx, id)
    await tx.run('lookup/decide', {
      grant_id: id,
      state: 'refused',
      decision_sealed: sealText(tx, id, 'lookup_grant', 'decision_sealed', id, body.reason),
      digest: null,
      request_sealed: null,
    })
    tx.record('deconfliction.grant.refuse', { grant: id })
    await notifyRun(tx, row.operation_id, id)
    return { grant: id }
  })
