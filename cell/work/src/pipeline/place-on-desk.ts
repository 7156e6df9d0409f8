import type { Transaction } from '@tandem/store'
import { type Item, lockItem } from '../commands/referrals/decide.ts'
import { type Earlier, findEarlier, findFold, waitingSupplements } from './fold.ts'
import { type Ranked, rankAgain, rankAlone } from './rank.ts'
import type { StoredReferral } from './store-referral.ts'

/**
 * Fresh referrals take their places: each in the queue at its own rank, then folded, one after the other, into what it
 * belongs to. A bundle that got something is ranked again, once.
 */
export async function placeOnDesk(tx: Transaction, referrals: readonly StoredReferral[]): Promise<void> {
  const [first] = referrals
  if (first === undefined) return
  const operation = first.delivery.operation_id
  const repeats = await tx.run('fold/repeats', { referrals: referrals.map(({ id }) => id) })
  const others = new Map(repeats.map((row) => [row.referral_id, row.others]))
  const ranked = referrals.map((referral) => ({
    referral,
    rank: rankAlone(tx, referral, others.get(referral.id) ?? 0),
  }))
  await takePlaces(tx, operation, first.delivery.received_at, ranked)
  const earlier = await findEarlier(tx, referrals)
  const told = new Set<string>()
  const counted = new Set<string>()
  for (const { referral, rank } of ranked) await foldInto(tx, referral, rank, earlier, told, counted)
  for (const bundle of [...told].sort()) await rankAgain(tx, bundle)
  // A viral copy is counted and says nothing new.
  for (const bundle of counted) if (!told.has(bundle)) await tx.run('item/touch', { referral_id: bundle })
  if (counted.size > 0)
    await tx.run('outbox/add_many', { operation_id: operation, topic: 'referral', subjects: [...counted] })
}

/** Where a referral goes, and which bundles were told something by it. */
async function foldInto(
  tx: Transaction,
  referral: StoredReferral,
  rank: Ranked,
  earlier: Earlier,
  told: Set<string>,
  counted: Set<string>,
): Promise<void> {
  const fold = await findFold(tx, referral, rank.score, earlier)
  const target = fold === null ? null : await rootAtWork(tx, fold.into)
  const standsFor = target?.referral_id ?? referral.id
  if (target !== null) {
    await tx.run('item/fold', { referral_id: referral.id, merged_into: standsFor })
    if (fold?.kind === 'viral copy') counted.add(standsFor)
    else told.add(standsFor)
    // What was told to it before goes on to where it now stands.
    if (told.delete(referral.id)) told.add(standsFor)
  }
  // Supplements that came before their report are folded with it now, unless somebody works on them.
  for (const supplement of await waitingSupplements(tx, referral, earlier)) {
    const item = await lockItem(tx, supplement)
    if (item.state !== 'open' || supplement === standsFor) continue
    await tx.run('item/fold', { referral_id: supplement, merged_into: standsFor })
    told.add(standsFor)
    if (told.delete(supplement)) told.add(standsFor)
  }
}

async function takePlaces(
  tx: Transaction,
  operation: string,
  receivedAt: string,
  ranked: readonly { readonly referral: StoredReferral; readonly rank: Ranked }[],
): Promise<void> {
  const scores = ranked.map(({ rank }) => rank.score)
  const ids = ranked.map(({ referral }) => referral.id)
  await tx.run('score/first', {
    operation_id: operation,
    weight_set: scores[0]?.weightSetId ?? '',
    referrals: ids,
    because: ranked.map(({ rank }) => rank.because),
    scores: scores.map((score) => JSON.stringify(score)),
    facts: ranked.map(({ rank }) => JSON.stringify(rank.facts)),
  })
  await tx.run('item/insert', {
    operation_id: operation,
    received_at: receivedAt,
    referrals: ids,
    declared_priorities: ranked.map(({ referral }) => referral.record.declaredPriority?.level ?? null),
    computed_priorities: scores.map(({ computedPriority }) => computedPriority),
    effective_priorities: scores.map(({ untilConfirmed }) => untilConfirmed),
    child_urgencies: scores.map(({ childUrgency }) => childUrgency.hundredths),
    offender_dangers: scores.map(({ offenderDanger }) => offenderDanger.hundredths),
    act_bys: ranked.map(({ rank }) => rank.actBy),
    hits: ranked.map(({ rank }) => rank.hits),
  })
}

/** Follows folds to the referral that stands for the bundle; null when its work has ended, so that new facts are seen. */
async function rootAtWork(tx: Transaction, start: string): Promise<Item | null> {
  let item = await lockItem(tx, start)
  for (let hops = 0; item.merged_into !== null && hops < 20; hops++) item = await lockItem(tx, item.merged_into)
  return item.state === 'open' || item.state === 'taken' || item.state === 'held' ? item : null
}
