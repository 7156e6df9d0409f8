import type { ReferralRecord } from '@tandem/formats'
import { newId, type Transaction } from '@tandem/store'
import { sealText } from '../../sealed.ts'
import { act } from '../acts.ts'
import type { LinkContext } from '../context.ts'
import { type KeptGround, listGrounds } from '../generic.ts'
import { isObserved } from '../load.ts'
import { type ToldHolding, tiesTold } from './told.ts'

/** A referral whose people have their places: the appearance of each, by its number. */
export interface Placed {
  readonly referral: string
  readonly record: ReferralRecord
  readonly appearances: ReadonlyMap<number, string>
}

interface Kept extends ToldHolding {
  readonly referral: string
  readonly appearance: string
  readonly key: string
  readonly token: Buffer
}

/** What referrals say of ties is kept beside their people: what each holds, and who was in touch with whom. */
export async function keepTies(
  tx: Transaction,
  context: LinkContext,
  operation: string,
  placed: readonly Placed[],
): Promise<void> {
  const told = placed.map((each) => ({ ...each, ...tiesTold(each.record) }))
  const holdings = told.flatMap(({ referral, appearances, holdings: all }) =>
    all.flatMap((each): Kept[] => {
      const appearance = appearances.get(each.person)
      const token = tx.vault.token(each.kind, each.normal)
      return appearance === undefined
        ? []
        : [{ ...each, referral, appearance, token, key: `${each.kind} ${token.toString('hex')}` }]
    }),
  )
  const contacts = told.flatMap(({ referral, appearances, contacts: all, crowds }) =>
    [
      ...all.flatMap(({ one, other, ...rest }) => {
        const ends = [appearances.get(one), appearances.get(other)] as const
        return ends[0] === undefined || ends[1] === undefined
          ? []
          : [{ referral, one: ends[0], other: ends[1], parties: null, ...rest }]
      }),
      ...crowds.flatMap(({ person, how, parties }) => {
        const one = appearances.get(person)
        const crowd = { how, other: null, times: 1, first: null, last: null } as const
        return one === undefined ? [] : [{ ...crowd, referral, one, parties }]
      }),
    ].map((each, number) => ({ ...each, number })),
  )
  if (contacts.length > 0)
    await tx.run('tie/insert_contacts', {
      operation_id: operation,
      referrals: contacts.map(({ referral }) => referral),
      numbers: contacts.map(({ number }) => number),
      hows: contacts.map(({ how }) => how),
      ones: contacts.map(({ one }) => one),
      others: contacts.map(({ other }) => other),
      parties: contacts.map(({ parties }) => parties),
      times: contacts.map(({ times }) => times),
      first_ats: contacts.map(({ first }) => first),
      last_ats: contacts.map(({ last }) => last),
    })
  if (holdings.length > 0) await keepHoldings(tx, context, operation, holdings)
}

async function keepHoldings(
  tx: Transaction,
  context: LinkContext,
  operation: string,
  holdings: readonly Kept[],
): Promise<void> {
  const observables = await observablesOf(tx, holdings)
  const rows = [...Map.groupBy(holdings, ({ appearance }) => appearance).values()].flatMap((own) =>
    own.map((each, number) => {
      const observable = observables.get(each.key)
      if (observable === undefined) throw new Error('an observable that was just added is not there')
      return { ...each, number, observable }
    }),
  )
  await tx.run('tie/insert_values', {
    operation_id: operation,
    appearances: rows.map(({ appearance }) => appearance),
    numbers: rows.map(({ number }) => number),
    relations: rows.map(({ relation }) => relation),
    hows: rows.map(({ how }) => how),
    observables: rows.map(({ observable }) => observable),
    kinds: rows.map(({ kind }) => kind),
    files: rows.map(({ file }) => file),
    held_ats: rows.map(({ at }) => at),
    writtens: rows.map(({ referral, appearance, number, written }) =>
      sealText(tx, referral, 'tie_value', 'written_sealed', `${appearance} ${number}`, written),
    ),
  })
  await suppressListed(tx, context, operation, rows)
}

/** What a published list calls shared by many ties nobody, by the same lists as for links; nobody is overruled. */
async function suppressListed(
  tx: Transaction,
  context: LinkContext,
  operation: string,
  rows: readonly { readonly kind: string; readonly normal: string; readonly observable: string }[],
): Promise<void> {
  const grounds = new Map<string, KeptGround>()
  for (const { kind, normal, observable } of rows) {
    // Lists hold the digits of a hash alone.
    const plain = kind === 'hash' ? normal.slice(normal.indexOf('/') + 1) : normal
    const [ground] = isObserved(kind) ? listGrounds(context, kind, plain, []) : []
    if (ground !== undefined) grounds.set(observable, ground)
  }
  if (grounds.size === 0) return
  const known = await tx.run('link/suppressed', { observables: [...grounds.keys()] })
  for (const row of known) if (!row.over || row.overruled) grounds.delete(row.observable_id)
  for (const [observable, ground] of grounds)
    await act(tx, { operation, kind: 'suppress', acts: [{ observable }], ground })
}

/**
 * Made where they are new, in one order for everyone, so that two that ask at once do not wait in a circle. A delivery that asks
 * several times may still: the database then ends one, and its job is tried again.
 */
async function observablesOf(tx: Transaction, holdings: readonly Kept[]): Promise<Map<string, string>> {
  const distinct = [...new Map(holdings.map((each) => [each.key, each])).values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  )
  const wanted = { kinds: distinct.map(({ kind }) => kind), tokens: distinct.map(({ token }) => token) }
  const known = new Map<string, string>()
  const remember = (
    rows: readonly { readonly kind: string; readonly token: Buffer; readonly observable_id: string }[],
  ): void => {
    for (const row of rows) known.set(`${row.kind} ${row.token.toString('hex')}`, row.observable_id)
  }
  remember(await tx.run('observable/find', wanted))
  const fresh = distinct.filter(({ key }) => !known.has(key))
  if (fresh.length === 0) return known
  const made = { kinds: fresh.map(({ kind }) => kind), tokens: fresh.map(({ token }) => token) }
  remember(await tx.run('observable/add', { ids: fresh.map(() => newId()), ...made }))
  // Somebody else was faster with some of them.
  if (fresh.some(({ key }) => !known.has(key))) remember(await tx.run('observable/find', made))
  return known
}
