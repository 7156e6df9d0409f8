import type { decideGrant as decideRoute, endGrant as endRoute, proposeGrant as proposeRoute } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId } from '@tandem/store'
import { kindOf } from '../../deconfliction/entries.ts'
import { askForGrant } from '../../deconfliction/lookups/asker.ts'
import { endGrant as end } from '../../deconfliction/lookups/ending.ts'
import { chance, sealBytes, signRequest } from '../../deconfliction/lookups/grants.ts'
import { hex, notifyRun } from '../../deconfliction/parts.ts'
import { termsOf, termsText } from '../../deconfliction/terms.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { openText, sealText } from '../../sealed.ts'
import { frameOf } from './propose.ts'

export const proposeGrant: Handler<typeof proposeRoute> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.propose')
    const { agency, now } = tx.standing
    const { peers } = cell.deconfliction
    const peer = peers.peersOf(agency).find(({ name }) => name === body.peer)
    if (peer === undefined) throw new Refusal('TANDEM-FIND-001')
    if (peers.ownOf(agency) === null) throw new Refusal('TANDEM-STATE-002', 'this agency has no keys to sign with')
    const { operation: id, name: operation, authority } = await frameOf(tx)
    const grant = newId()
    const kinds = [...new Set(body.kinds)].sort()
    await tx.vault.create(id, [grant])
    const terms = termsText({ operation, authority, purpose: body.purpose })
    await tx.run('lookup/propose', {
      operation_id: id,
      grant_id: grant,
      peer: peer.name,
      kinds,
      lookups: body.lookups,
      terms_sealed: sealText(tx, grant, 'lookup_grant', 'terms_sealed', grant, terms),
      expires_at: new Date(Date.parse(now) + body.hours * 3_600_000).toISOString(),
    })
    tx.record('deconfliction.grant.propose', { grant, peer: peer.name, kinds, lookups: body.lookups })
    await notifyRun(tx, id, grant)
    return { grant }
  })

/** The second person of the side that asks. Approved, the request leaves, signed by the agency. */
export const decideGrant: Handler<typeof decideRoute> = async (cell, caller, { params: { id }, body }) => {
  const { peers } = cell.deconfliction
  const sent = await cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.decide')
    const row = await tx.one('lookup/lock', { grant_id: id })
    if (row.side !== 'asker' || row.state !== 'proposed')
      throw new Refusal('TANDEM-STATE-002', `the grant is ${row.state}`)
    const { agency, person, now } = tx.standing
    if (row.made_by === person) throw new Refusal('TANDEM-STATE-004')
    if (row.expired === true) throw new Refusal('TANDEM-STATE-002', 'its time has passed: propose it again')
    const [peer, own] = [peers.peersOf(agency).find(({ name }) => name === row.peer), peers.ownOf(agency)]
    await tx.vault.unlock([id])
    const decision_sealed = sealText(tx, id, 'lookup_grant', 'decision_sealed', id, body.reason)
    tx.record(body.approve ? 'deconfliction.grant.approve' : 'deconfliction.grant.disapprove', { grant: id })
    await notifyRun(tx, row.operation_id, id)
    if (!body.approve) {
      const refused = { grant_id: id, state: 'refused', decision_sealed, digest: null, request_sealed: null }
      await tx.run('lookup/decide', refused)
      return null
    }
    if (peer === undefined || own === null)
      throw new Refusal('TANDEM-STATE-002', 'the agreement with the other agency has ended')
    const { operation, authority, purpose } = termsOf(
      openText(tx, id, 'lookup_grant', 'terms_sealed', id, row.terms_sealed),
    )
    const signed = await signRequest(
      {
        version: 1,
        suite: 'ristretto255-SHA512',
        asker: own.name,
        holder: peer.name,
        operation,
        authority,
        purpose,
        kinds: row.kinds.map(kindOf).sort(),
        lookups: row.lookups,
        issuedAt: Date.parse(now),
        expiresAt: Date.parse(row.expires_at),
        nonce: hex(chance(32)),
        approvals: [
          { person: row.made_by, role: 'requester', at: Date.parse(row.made_at) },
          { person, role: 'approver', at: Date.parse(now) },
        ],
      },
      own,
    )
    await tx.run('lookup/decide', {
      grant_id: id,
      state: 'waiting',
      decision_sealed,
      digest: Buffer.from(signed.digest, 'hex'),
      request_sealed: sealBytes(tx, id, 'request_sealed', signed.bytes),
    })
    tx.record('deconfliction.grant.request', { grant: id, digest: signed.digest })
    return { peer, bytes: signed.bytes }
  })
  if (sent === null) return { grant: id, state: 'refused', says: null }
  const asked = await askForGrant(peers, sent.peer, sent.bytes)
  return { grant: id, state: 'waiting', says: asked.is === 'no answer' || asked.is === 'refused' ? asked.says : null }
}

export const endGrant: Handler<typeof endRoute> = (cell, caller, { params: { id } }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.decide')
    const row = await tx.one('lookup/lock', { grant_id: id })
    if (row.state !== 'waiting' && row.state !== 'in force')
      throw new Refusal('TANDEM-STATE-002', `the grant is ${row.state}`)
    await end(tx, id, 'a person ended it')
    return { grant: id }
  })
