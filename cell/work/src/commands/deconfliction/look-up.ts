import { canonicalForms, type EntryKind, readEntry } from '@tandem/blind'
import type { lookUp as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { readAccount } from '@tandem/identifiers'
import { newId, type Transaction } from '@tandem/store'
import { askAll, type LookupEnd, questionsOf } from '../../deconfliction/lookups/asker.ts'
import { checkOffer, openBytes, readRequest, type TakenOffer } from '../../deconfliction/lookups/grants.ts'
import { hex, notifyRun } from '../../deconfliction/parts.ts'
import type { Handler } from '../../handler.ts'
import type { PeerAgency } from '../../peers/peers.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { askedText, presentLookup } from '../../presenters/lookups.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { sealText } from '../../sealed.ts'
import { readPossibleIdentifiers } from '../search/understand.ts'

export type LookupKind = Exclude<EntryKind, 'event'>

export interface TakenGrant {
  readonly id: string
  readonly operation: string
  readonly peer: PeerAgency
  readonly taken: TakenOffer
}

/**
 * One officer, one value. That it was asked stands in the record and in the ledger before anything leaves, so that no
 * question can be forgotten; the answer is shown only once it stands there too.
 */
export const lookUp: Handler<typeof route> = async (cell, caller, { body }) => {
  const { peers } = cell.deconfliction
  const { store } = cell
  const entry = readEntry(body.kind, body.value, '')
  if (!entry.ok) throw new Refusal('TANDEM-INPUT-001', entry.error.says)
  const { inputs } = entry.value
  const lookup = newId()
  const { peer, taken, questions, operation } = await store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'deconfliction.lookup')
    const { id, operation, peer, taken } = await grantInForce(tx, body.grant, peers)
    if (!taken.offer.grant.kinds.includes(body.kind))
      throw new Refusal('TANDEM-INPUT-001', 'the grant does not speak for this kind')
    const [numbers] = await tx.run('lookup/take_numbers', { grant_id: id, count: inputs.length, state: 'in force' })
    const questions = numbers === undefined ? null : questionsOf(taken, numbers.first, inputs)
    if (numbers === undefined || questions === null)
      throw new Refusal('TANDEM-STATE-002', 'no lookup is left under this grant: ask for another one')
    const in_record = await isMentioned(tx, body.kind, body.value)
    const scalars = questions.map(({ blinded }) => hex(blinded.scalar))
    await tx.run('lookup/ask', {
      operation_id: operation,
      lookup_id: lookup,
      grant_id: id,
      number: numbers.first,
      kind: body.kind,
      asked_sealed: sealText(
        tx,
        id,
        'lookup',
        'asked_sealed',
        lookup,
        askedText({ value: body.value, reason: body.reason, scalars }),
      ),
      in_record,
      elements: Buffer.concat(questions.map(({ blinded }) => blinded.element)),
    })
    const elements = questions.map(({ blinded }) => hex(blinded.element))
    tx.record('deconfliction.lookup.ask', {
      lookup,
      grant: id,
      kind: body.kind,
      number: numbers.first,
      elements,
      inRecord: in_record,
    })
    return { peer, taken, questions, operation }
  })
  const end = await askAll(peers, peer, taken, questions)
  return store.within(caller.credential, async (tx) => {
    await writeEnd(tx, lookup, end)
    await notifyRun(tx, operation, body.grant)
    const row = await tx.one('lookup/one', { lookup_id: lookup })
    await tx.vault.unlock([body.grant])
    return presentLookup(tx, cell.deconfliction, row, await namesOfPeople(tx))
  })
}

async function writeEnd(tx: Transaction, lookup: string, end: LookupEnd): Promise<void> {
  await tx.run('lookup/answered', {
    lookup_id: lookup,
    state: end.is === 'no answer' ? 'no answer' : 'answered',
    held: end.is === 'no answer' ? null : end.is === 'held',
    outcome: end.is === 'no answer' ? JSON.stringify(end.outcome) : null,
  })
  tx.record('deconfliction.lookup.end', {
    lookup,
    ...(end.is === 'no answer' ? { outcome: end.outcome } : { is: end.is }),
  })
}

async function grantInForce(
  tx: Transaction,
  id: string,
  peers: { peersOf(agency: string): readonly PeerAgency[] },
): Promise<TakenGrant> {
  const row = await tx.one('lookup/to_ask', { grant_id: id })
  if (row.state !== 'in force' || row.list_sealed === null || row.request_sealed === null)
    throw new Refusal('TANDEM-STATE-002', `the grant is ${row.state}`)
  if (row.expired === true) throw new Refusal('TANDEM-STATE-002', 'the grant has expired: ask for another one')
  const peer = peers.peersOf(tx.standing.agency).find(({ name }) => name === row.peer)
  if (peer === undefined) throw new Refusal('TANDEM-STATE-002', 'the agreement with the other agency has ended')
  await tx.vault.unlock([id])
  const asked = readRequest(openBytes(tx, id, 'request_sealed', row.request_sealed), () => true)
  // Checked again at each use: a peer whose keys were taken out meanwhile is believed no more.
  const taken =
    typeof asked === 'string'
      ? asked
      : checkOffer(openBytes(tx, id, 'list_sealed', row.list_sealed), asked, peer, Date.now())
  if (typeof taken === 'string')
    throw new Refusal('TANDEM-STATE-002', 'what the other agency gave cannot be used any more')
  return { id, operation: row.operation_id, peer, taken }
}

/**
 * Told to oversight: an officer may ask about what stands at the door now, and in no referral yet. By every form that a
 * referral may have it in: as it was written, as it is compared, and as the search understands it.
 */
export async function isMentioned(tx: Transaction, kind: LookupKind, value: string): Promise<boolean> {
  const compared = canonicalForms(kind, value)
  const searched = readPossibleIdentifiers(value).identifiers.filter((each) => each.kind === kind)
  const forms = new Set([
    value.trim(),
    ...(compared.ok ? compared.value : []),
    ...searched.map(({ normal }) => normal),
    ...(kind === 'account' ? accountForms(value) : []),
  ])
  const rows = await tx.run('search/by_token', {
    kinds: [...forms].map(() => kind),
    tokens: [...forms].map((form) => tx.vault.token(kind, form)),
  })
  return rows.length > 0
}

/** On a platform without a known form a referral keeps the name's letters as they were; they are compared in lower case. */
function accountForms(value: string): string[] {
  const [, platform = '', by = '', name = ''] = /^([^|]+)\|(username|id)\/(.+)$/.exec(value.trim()) ?? []
  const reading = readAccount(platform, by === 'id' ? 'id' : 'username', name)
  return reading.ok ? [reading.value.identifier.normal] : []
}
