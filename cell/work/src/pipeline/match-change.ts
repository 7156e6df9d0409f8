import type { Job } from '@tandem/jobs'
import type { Transaction } from '@tandem/store'
import { keepExact, matchExactAgain, matchPerceptualAgain } from './match-again.ts'
import { keepHits, onePerValue } from './matcher.ts'
import { perceptualLists } from './perceptual-lists.ts'
import { rankWithBundles } from './rank.ts'

const BATCH = 2_000
const LIKENESS_BATCH = 100

/**
 * A list changed entry by entry. New entries meet the referrals held; where an entry ended, another publisher may list the
 * same file still; and every referral that had a hit on an ended entry is ranked again.
 */
export async function matchChange(tx: Transaction, job: Job): Promise<void> {
  await tx.run('matcher/barrier', {})
  const change = await tx.one('list/change', { change_id: job.subject })
  const touched = new Map<string, string>()
  const ended = await tx.run('list/hits_ended_by', { change_id: job.subject })
  for (const row of ended) touched.set(row.referral_id, row.operation_id)
  let hits = await matchExactAgain(tx, change.version_id, touched, change.first)
  hits += await matchValuesAgain(tx, job.subject, change.version_id)
  if (change.perceptual) hits += await matchPerceptualAgain(tx, change.version_id, touched)
  else hits += await matchLikenessAgain(tx, ended, change.version_id)
  await rankWithBundles(tx, [...touched.keys()])
  tx.record('list.match', { version: change.version_id, change: change.number, hits, referrals: [...touched.keys()] })
}

async function matchValuesAgain(tx: Transaction, change: string, version: string): Promise<number> {
  let hits = 0
  for (;;) {
    const found = await tx.run('matcher/retro_values', { change_id: change, limit: BATCH })
    await keepExact(tx, version, found)
    hits += found.length
    if (found.length < BATCH) return hits
  }
}

interface Ended {
  readonly operation_id: string
  readonly referral_id: string
  readonly file: number
  readonly kind: string
  readonly value: Buffer
  readonly place: string
}

/** Files that were like an entry that ended may be like another one that stands. */
async function matchLikenessAgain(tx: Transaction, ended: readonly Ended[], version: string): Promise<number> {
  const perceptual = ended.filter(({ kind }) => kind === 'pdq')
  let hits = 0
  for (let at = 0; at < perceptual.length; at += LIKENESS_BATCH) {
    const page = perceptual.slice(at, at + LIKENESS_BATCH)
    const operations = new Map(page.map((row) => [row.referral_id, row.operation_id]))
    const wanted = page.map((row) => ({ ...row, referral: row.referral_id }))
    const found = onePerValue(await perceptualLists.lookup(tx, wanted, version))
    for (const [operation, ofOne] of Map.groupBy(found, ({ referral }) => operations.get(referral))) {
      if (operation !== undefined) await keepHits(tx, operation, ofOne)
    }
    hits += found.length
  }
  return hits
}
