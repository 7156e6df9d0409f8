import type { IpEvent, ReferralRecord } from '@tandem/formats'
import type { Job } from '@tandem/jobs'
import { kindRules, type ObservedKind } from '@tandem/linkage'
import { newId, type Row, type Transaction } from '@tandem/store'
import { openRecord } from '../sealed-record.ts'
import { act } from './acts.ts'
import type { LinkContext } from './context.ts'
import { type KeptGround, listGrounds } from './generic.ts'
import { isObserved, loadComponents } from './load.ts'
import { sealParticulars } from './particulars.ts'
import { settle } from './settle.ts'
import { tellOldTies } from './ties/before.ts'
import { keepTies } from './ties/keep.ts'

/** So many referrals of one delivery are linked together. */
const AT_ONCE = 200
/** Uses of one address by one person that are kept: the first ones; more of them say no more. */
const MOST_USES = 50

/** The people of one delivery find their places among those known: under the authority of the lane. */
export const linkDelivery =
  (context: LinkContext) =>
  async (tx: Transaction, job: Job): Promise<void> => {
    const referrals = (await tx.run('delivery/referrals_of', { delivery_id: job.subject })).map(
      (row) => row.referral_id,
    )
    let people = 0
    for (let at = 0; at < referrals.length; at += AT_ONCE) {
      await tellOldTies(tx, context, referrals.slice(at, at + AT_ONCE))
      people += await linkReferrals(tx, context, referrals.slice(at, at + AT_ONCE))
    }
    tx.record('subject.link', { delivery: job.subject, referrals, people })
  }

interface Told {
  readonly id: string
  readonly referral: Row<'referral/for_ranking'>
  readonly record: ReferralRecord
  readonly person: number
  readonly values: readonly ToldValue[]
}

interface ToldValue {
  readonly kind: ObservedKind
  readonly normal: string
  readonly uses: readonly IpEvent[]
}

async function linkReferrals(tx: Transaction, context: LinkContext, referrals: readonly string[]): Promise<number> {
  await tx.run('link/turn', {})
  const [linked, rows] = await Promise.all([
    tx.run('appearance/linked', { referrals: [...referrals] }),
    tx.run('referral/for_ranking', { referrals: [...referrals] }),
    tx.vault.unlock(referrals),
  ])
  const done = new Set(linked.map(({ referral_id }) => referral_id))
  const fresh = rows.filter(({ referral_id }) => !done.has(referral_id) && !tx.vault.isErased(referral_id))
  const people = fresh.flatMap((row) => peopleOf(row, openRecord(tx, row.referral_id, row.record_sealed)))
  const [first] = people
  if (first === undefined) return 0
  const observables = await observablesOf(tx, people)
  await insert(tx, first.referral.operation_id, people, observables)
  const listed = await suppressListed(tx, context, first.referral.operation_id, people, observables)
  await keepTies(tx, context, first.referral.operation_id, placed(people))
  const wanted = [...new Set(observables.values())]
  const aside = new Set((await tx.run('link/suppressed', { observables: wanted })).flatMap(standing))
  // What a list sets aside only now may hold people together who came before: they are told anew too.
  const near = await tx.run('appearance/near', {
    observables: wanted.filter((each) => !aside.has(each) || listed.has(each)),
  })
  const components = [...near.map(({ component_id }) => component_id), ...people.map(({ id }) => id)]
  await settle(tx, await loadComponents(tx, components), 'referrals arrived')
  await askForReview(
    tx,
    wanted.filter((each) => !aside.has(each)),
    fresh,
  )
  return people.length
}

const placed = (people: readonly Told[]) =>
  [...Map.groupBy(people, ({ record }) => record)].map(([record, all]) => ({
    record,
    referral: all[0]?.referral.referral_id ?? '',
    appearances: new Map(all.map(({ person, id }) => [person, id])),
  }))

const standing = (row: Row<'link/suppressed'>): string[] => (row.over ? [] : [row.observable_id])

function peopleOf(referral: Row<'referral/for_ranking'>, record: ReferralRecord): Told[] {
  return record.people.map(({ ipEvents }, person) => {
    const values = new Map<string, ToldValue>()
    for (const mention of record.mentions) {
      const { kind, normal } = mention.identifier
      if (mention.person !== person || !isObserved(kind)) continue
      const key = `${kind} ${normal}`
      const before = values.get(key)
      const uses =
        kind === 'ip' ? ipEvents.filter(({ address }) => address === mention.original || address === normal) : []
      values.set(key, { kind, normal, uses: before === undefined ? uses : [...new Set([...before.uses, ...uses])] })
    }
    return { id: newId(), referral, record, person, values: [...values.values()] }
  })
}

/** The mentions of these people were stored with their observables, so each is there. */
async function observablesOf(tx: Transaction, people: readonly Told[]): Promise<Map<string, string>> {
  const values = new Map(people.flatMap(({ values }) => values.map((each) => [nameOf(each), each])))
  const wanted = [...values].map(([name, { kind, normal }]) => ({ name, kind, token: tx.vault.token(kind, normal) }))
  const rows = await tx.run('observable/find', {
    kinds: wanted.map(({ kind }) => kind),
    tokens: wanted.map(({ token }) => token),
  })
  const ids = new Map(rows.map((row) => [`${row.kind} ${row.token.toString('hex')}`, row.observable_id]))
  return new Map(
    wanted.flatMap(({ name, kind, token }) => {
      const id = ids.get(`${kind} ${token.toString('hex')}`)
      return id === undefined ? [] : [[name, id]]
    }),
  )
}

const nameOf = ({ kind, normal }: ToldValue): string => `${kind} ${normal}`

async function insert(
  tx: Transaction,
  operation: string,
  people: readonly Told[],
  observables: ReadonlyMap<string, string>,
): Promise<void> {
  const values = people.flatMap(({ id, values }) =>
    values
      .flatMap((each) => {
        const observable = observables.get(nameOf(each))
        if (observable === undefined) return []
        const uses = each.uses.length === 0 ? [null] : each.uses.slice(0, MOST_USES)
        return uses.map((use) => ({ id, observable, kind: each.kind, use }))
      })
      .map((each, number) => ({ ...each, number })),
  )
  await tx.run('appearance/insert', {
    operation_id: operation,
    ids: people.map(({ id }) => id),
    referrals: people.map(({ referral }) => referral.referral_id),
    people: people.map(({ person }) => person),
    roles: people.map(({ record, person }) => record.people[person]?.role ?? 'other'),
    particulars: people.map(({ id, referral, record, person }) => {
      const told = record.people[person]
      if (told === undefined) throw new Error('a person of a record is not there')
      return sealParticulars(tx, referral.referral_id, id, told)
    }),
  })
  await tx.run('appearance/insert_values', {
    operation_id: operation,
    appearances: values.map(({ id }) => id),
    numbers: values.map(({ number }) => number),
    observables: values.map(({ observable }) => observable),
    kinds: values.map(({ kind }) => kind),
    used_ats: values.map(({ use }) => use?.time?.instant ?? null),
    ports: values.map(({ use }) => use?.port ?? null),
  })
}

/**
 * What a published list calls shared by many is set aside as it comes; a person who took that back is not overruled. The
 * values that are set aside only now.
 */
async function suppressListed(
  tx: Transaction,
  context: LinkContext,
  operation: string,
  people: readonly Told[],
  observables: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const grounds = new Map<string, KeptGround>()
  for (const { values } of people) {
    for (const value of values) {
      const observable = observables.get(nameOf(value))
      if (observable === undefined) continue
      for (const ground of listGrounds(context, value.kind, value.normal, value.uses))
        grounds.set(`${observable} ${ground.by === 'list' ? `${ground.list} ${ground.version}` : ''}`, ground)
    }
  }
  const listed = new Set<string>()
  if (grounds.size === 0) return listed
  const wanted = [...grounds].map(([name, ground]) => ({ observable: name.split(' ')[0] ?? '', ground }))
  const known = await tx.run('link/suppressed', { observables: wanted.map(({ observable }) => observable) })
  const isKnown = new Set(known.flatMap((row) => (!row.over || row.overruled ? [row.observable_id] : [])))
  for (const { observable, ground } of wanted) {
    if (isKnown.has(observable)) continue
    isKnown.add(observable)
    listed.add(observable)
    await act(tx, { operation, kind: 'suppress', acts: [{ observable }], ground })
  }
  return listed
}

/** A value that just became one of many, and again whenever their number doubled, is looked at with everything else. */
async function askForReview(
  tx: Transaction,
  observables: readonly string[],
  fresh: readonly Row<'referral/for_ranking'>[],
): Promise<void> {
  const [first] = fresh
  if (observables.length === 0 || first === undefined) return
  const rows = await tx.run('appearance/holders', {
    observables: [...observables],
    referrals: fresh.map(({ referral_id }) => referral_id),
  })
  const isDue = rows.some(({ kind, before, now }) => {
    if (!isObserved(kind)) return false
    return isReviewDue(before, now, kindRules[kind].most)
  })
  if (isDue)
    await tx.run('job/insert', { job_id: newId(), kind: 'review shared values', subject_id: first.operation_id })
}

/** As many as can own it are not too many yet: the first one more is. */
export const isReviewDue = (before: number, now: number, most: number): boolean =>
  now > most && (before <= most || Math.floor(Math.log2(now / most)) > Math.floor(Math.log2(before / most)))
