import { isHigher } from '@tandem/core'
import type { Transaction } from '@tandem/store'
import { lotsDrawn } from '@tandem/triage'
import { lockItem, parsePriority } from '../commands/referrals/decide.ts'
import {
  type Earlier,
  type Fresh,
  findEarlier,
  findFold,
  findViral,
  type Relation,
  waitingSupplements,
} from './fold.ts'
import { lotOfReferral, ranksLow } from './lot.ts'
import { effectiveOf, keepScores, rankAgain, rankAlone } from './rank.ts'
import type { StoredReferral } from './store-referral.ts'

/**
 * The referrals of one delivery take their places: each in the queue at its own rank, then folded, one after the
 * other, into what it belongs to. A bundle that was told something is ranked again, once. Those that rank low by their first
 * score are in the draw of the audit slice and come back.
 */
export async function placeOnDesk(tx: Transaction, referrals: readonly StoredReferral[]): Promise<ReadonlySet<string>> {
  const [first] = referrals
  if (first === undefined) return new Set()
  const operation = first.delivery.operation_id
  const [repeats, earlier] = await Promise.all([
    tx.run('fold/repeats', { referrals: referrals.map(({ id }) => id) }),
    findEarlier(tx, referrals),
  ])
  const others = new Map(repeats.map((row) => [row.referral_id, row.others]))
  const fresh = referrals.map((referral) => ({ referral, rank: rankAlone(tx, referral, others.get(referral.id) ?? 0) }))
  // In this order: a copy may stand in the same delivery, and has its place by then.
  const [, viral] = await Promise.all([
    takePlaces(tx, operation, first.delivery.received_at, fresh),
    findViral(tx, fresh, earlier.accounts),
  ])
  const folding = new Folding(tx, { ...earlier, viral })
  for (const each of fresh) await folding.add(each)
  await folding.finish(operation)
  return new Set(fresh.flatMap(({ referral, rank }) => (ranksLow(rank.score.untilConfirmed) ? [referral.id] : [])))
}

/** What the referrals of one delivery do to the bundles, gathered and written once. */
class Folding {
  readonly #tx: Transaction
  readonly #earlier: Earlier
  readonly #relations: Relation[] = []
  readonly #folded = new Map<string, string>()
  /** Bundles that were told something, and those that only count one more copy. */
  readonly #told = new Set<string>()
  readonly #counted = new Set<string>()
  readonly #own = new Set<string>()

  constructor(tx: Transaction, earlier: Earlier) {
    this.#tx = tx
    this.#earlier = earlier
  }

  async add(fresh: Fresh): Promise<void> {
    const { referral } = fresh
    this.#own.add(referral.id)
    const { fold, relations } = findFold(fresh, this.#earlier, (id) => this.#folded.has(id))
    this.#relations.push(...relations)
    const found = fold === null ? null : await this.#atWork(fold.into)
    const bundle = found !== null && (await this.#outranks(fresh, found)) ? null : found
    if (fold !== null && bundle !== null) this.#fold(referral.id, bundle, fold.kind === 'viral copy')
    // Supplements that came before their report are folded with it now, unless somebody works on them.
    const standsFor = bundle ?? referral.id
    for (const relation of waitingSupplements(referral, this.#earlier)) {
      this.#relations.push(relation)
      if (relation.from !== standsFor && (await this.#isUntouched(relation.from)))
        this.#fold(relation.from, standsFor, false)
    }
  }

  async finish(operation: string): Promise<void> {
    const tx = this.#tx
    const counted = [...this.#counted].filter((bundle) => !this.#told.has(bundle))
    await Promise.all([
      this.#relations.length > 0 &&
        tx.run('relation/insert', {
          operation_id: operation,
          from_ids: this.#relations.map(({ from }) => from),
          to_ids: this.#relations.map(({ into }) => into),
          kinds: this.#relations.map(({ kind }) => kind),
          because: this.#relations.map(({ because }) => because),
        }),
      this.#folded.size > 0 &&
        tx.run('item/fold', { referrals: [...this.#folded.keys()], intos: [...this.#folded.values()] }),
      ...counted.map((bundle) => tx.run('item/touch', { referral_id: bundle })),
      counted.length > 0 &&
        tx.run('outbox/add_many', {
          topic: 'referral',
          operations: counted.map(() => operation),
          subjects: counted,
        }),
    ])
    await rankAgain(tx, [...this.#told])
  }

  #fold(referral: string, bundle: string, onlyCounted: boolean): void {
    this.#folded.set(referral, bundle)
    // What it was told before goes on to where it now stands.
    const told = this.#told.delete(referral)
    if (this.#counted.delete(referral) || onlyCounted) this.#counted.add(bundle)
    if (told || !onlyCounted) this.#told.add(bundle)
  }

  /** Follows folds to the referral that stands for the bundle; null when its work has ended, so that new facts are seen. */
  async #atWork(start: string): Promise<string | null> {
    let id = start
    for (let hops = 0; hops < 20; hops++) {
      const here = this.#folded.get(id)
      if (here === undefined && this.#own.has(id)) return id
      const item = here === undefined ? await lockItem(this.#tx, id) : null
      const next = here ?? item?.merged_into ?? null
      if (next === null) return item?.state === 'open' || item?.state === 'taken' || item?.state === 'held' ? id : null
      id = next
    }
    return null
  }

  /** What is urgent and would not raise the bundle, because a person lowered the like of it before, stands by itself. */
  async #outranks({ rank }: Fresh, bundle: string): Promise<boolean> {
    if (this.#own.has(bundle)) return false
    const item = await lockItem(this.#tx, bundle)
    if (item.confirmed_priority === null) return false
    const raised = await effectiveOf(this.#tx, item, rank.score, parsePriority(item.effective_priority))
    return isHigher(rank.score.untilConfirmed, raised)
  }

  /** Nobody works on it, and nobody has judged it: a priority that a person set is never folded out of sight. */
  async #isUntouched(referral: string): Promise<boolean> {
    if (this.#folded.has(referral)) return false
    if (this.#own.has(referral)) return true
    const { state, confirmed_priority: confirmed } = await lockItem(this.#tx, referral)
    return state === 'open' && confirmed === null
  }
}

async function takePlaces(
  tx: Transaction,
  operation: string,
  receivedAt: string,
  fresh: readonly Fresh[],
): Promise<void> {
  const scores = fresh.map(({ rank }) => rank.score)
  const kept = keepScores(
    tx,
    fresh.map(({ referral, rank }) => ({ operation, referral: referral.id, rank })),
  )
  const placed = tx.run('item/insert', {
    operation_id: operation,
    received_at: receivedAt,
    referrals: fresh.map(({ referral }) => referral.id),
    declared_priorities: fresh.map(({ referral }) => referral.record.declaredPriority?.level ?? null),
    computed_priorities: scores.map(({ computedPriority }) => computedPriority),
    effective_priorities: scores.map(({ untilConfirmed }) => untilConfirmed),
    child_urgencies: scores.map(({ childUrgency }) => childUrgency.hundredths),
    offender_dangers: scores.map(({ offenderDanger }) => offenderDanger.hundredths),
    act_bys: fresh.map(({ rank }) => rank.actBy),
    hits: fresh.map(({ rank }) => rank.hits),
    lots: fresh.map(({ referral, rank }) =>
      ranksLow(rank.score.untilConfirmed) ? lotOfReferral(tx, referral.id) : null,
    ),
    lots_drawn: lotsDrawn,
  })
  await Promise.all([kept, placed])
}
