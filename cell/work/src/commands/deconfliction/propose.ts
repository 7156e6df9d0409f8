import type { proposeRun as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import { collect, entriesText, MOST_PLACES, placesFor } from '../../deconfliction/entries.ts'
import { notifyRun } from '../../deconfliction/parts.ts'
import { termsText } from '../../deconfliction/terms.ts'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { sealText } from '../../sealed.ts'

/** What is asked about is fixed here: the second person approves these entries and no others. */
export const proposeRun: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.propose')
    const { agency, now } = tx.standing
    const { peers } = cell.deconfliction
    const peer = peers.peersOf(agency).find(({ name }) => name === body.peer)
    if (peer === undefined) throw new Refusal('TANDEM-FIND-001')
    if (peers.ownOf(agency) === null) throw new Refusal('TANDEM-STATE-002', 'this agency has no keys to sign with')
    const hasEvents = body.events.length > 0
    if (hasEvents && body.grid === undefined)
      throw new Refusal('TANDEM-INPUT-001', 'events need a reach and a slot of time')
    const grid = hasEvents ? (body.grid ?? null) : null
    const named = body.kinds.filter((kind) => kind !== 'event')
    const kinds = [...new Set([...named, ...(hasEvents ? (['event'] as const) : [])])].sort()
    if (kinds.length === 0) throw new Refusal('TANDEM-INPUT-001', 'choose at least one kind, or enter an event')
    const wanted = {
      side: 'asker',
      kinds,
      observables: body.observables ?? null,
      values: body.values ?? null,
      events: body.events,
      grid,
    } as const
    const { entries, left } = await collect(tx, wanted)
    if (entries.length === 0) throw new Refusal('TANDEM-INPUT-001', 'the operation has no entry of these kinds')
    const places = placesFor(entries)
    if (places > MOST_PLACES)
      throw new Refusal(
        'TANDEM-INPUT-001',
        'more forms of values than one run may compare: choose fewer, or shorter events',
      )
    const id = newId()
    const frame = await frameOf(tx)
    await tx.vault.create(frame.operation, [id])
    const seal = (column: 'terms_sealed' | 'entries_sealed', text: string): Buffer =>
      sealText(tx, id, 'deconfliction', column, id, text)
    const { name: operation, authority } = frame
    await tx.run('deconfliction/propose', {
      operation_id: frame.operation,
      run_id: id,
      peer: peer.name,
      kinds,
      most_asked: places,
      most_held: 2 ** Math.ceil(Math.log2(body.mostHeld)),
      entries: entries.length,
      terms_sealed: seal('terms_sealed', termsText({ operation, authority, purpose: body.purpose, grid })),
      entries_sealed: seal('entries_sealed', entriesText(entries)),
      desk: body.desk,
      expires_at: new Date(Date.parse(now) + body.hours * 3_600_000).toISOString(),
    })
    tx.record('deconfliction.propose', { run: id, peer: peer.name, kinds, entries: entries.length })
    await notifyRun(tx, frame.operation, id)
    return { run: id, entries: entries.length, left: [...left] }
  })

/** The operation and the authority that the session works under, as the other agency will read them. */
export async function frameOf(tx: Transaction): Promise<{ operation: string; name: string; authority: string }> {
  const [operations, authorities] = await Promise.all([tx.run('frame/operations', {}), tx.run('authority/all', {})])
  const operation = operations.find((each) => each.operation_id === tx.standing.operation)
  const law = authorities.find((each) => each.authority_id === tx.standing.authority)
  if (operation === undefined || law === undefined) throw new Refusal('TANDEM-LAW-001')
  return {
    operation: operation.operation_id,
    name: operation.name.slice(0, 250),
    authority: `${law.kind}: ${law.act} ${law.section}, ${law.issuer}`.slice(0, 250),
  }
}
