import type { Job } from '@tandem/jobs'
import type { Row, Transaction } from '@tandem/store'
import { keepHits, onePerValue } from './matcher.ts'
import { perceptualLists } from './perceptual-lists.ts'
import { rankWithBundles } from './rank.ts'

const BATCH = 2_000
/** A poisoned list may answer each with thousands. */
const LIKENESS_BATCH = 100

/** A new list version meets the referrals held already: under the authority of whoever loaded the list. */
export async function matchAgain(tx: Transaction, job: Job): Promise<void> {
  await tx.run('matcher/barrier', {})
  const touched = new Map<string, string>()
  const exact = await matchExactAgain(tx, job.subject, touched)
  const perceptual = await matchPerceptualAgain(tx, job.subject, touched)
  const hits = exact + perceptual
  // What the publisher took off the list no longer counts.
  for (const row of await tx.run('list/hits_before', { version_id: job.subject })) {
    touched.set(row.referral_id, row.operation_id)
  }
  await rankWithBundles(tx, [...touched.keys()])
  tx.record('list.match', { version: job.subject, hits, referrals: [...touched.keys()] })
}

/** Hits on entries from `first` on; a change brings new ones, a new version all. */
export async function matchExactAgain(
  tx: Transaction,
  version: string,
  touched: Map<string, string>,
  first = 0,
): Promise<number> {
  let hits = 0
  for (;;) {
    const found = await tx.run('matcher/retro', { version_id: version, first, limit: BATCH })
    await keepExact(tx, version, found)
    for (const row of found) touched.set(row.referral_id, row.operation_id)
    hits += found.length
    if (found.length < BATCH) return hits
  }
}

/** Keeps hits by equal values, operation by operation. */
export async function keepExact(
  tx: Transaction,
  version: string,
  found: readonly Row<'matcher/retro'>[],
): Promise<void> {
  for (const [operation, rows] of Map.groupBy(found, (row) => row.operation_id)) {
    const held = rows.map((row) => ({
      referral: row.referral_id,
      file: row.file,
      kind: row.kind,
      value: row.value,
      place: row.place,
      distance: 0,
      threshold: 0,
      row: { ...row, version_id: version, quality: null },
    }))
    await keepHits(tx, operation, held)
  }
}

/** Perceptual hashes have no equality to join on: those held are looked up page by page. */
export async function matchPerceptualAgain(
  tx: Transaction,
  version: string,
  touched: Map<string, string>,
): Promise<number> {
  let after: { after_referral: string; after_file: number; after_value: Buffer } = {
    after_referral: '00000000-0000-0000-0000-000000000000',
    after_file: -1,
    after_value: Buffer.alloc(0),
  }
  let hits = 0
  for (;;) {
    const page = await tx.run('matcher/perceptual_held', { ...after, limit: LIKENESS_BATCH })
    const wanted = page.map((row) => ({ ...row, referral: row.referral_id }))
    const operations = new Map(page.map((row) => [row.referral_id, row.operation_id]))
    const found = onePerValue(await perceptualLists.lookup(tx, wanted, version))
    for (const [operation, ofOne] of Map.groupBy(found, ({ referral }) => operations.get(referral))) {
      if (operation === undefined) continue
      await keepHits(tx, operation, ofOne)
      for (const { referral } of ofOne) touched.set(referral, operation)
    }
    hits += found.length
    const last = page.at(-1)
    if (last === undefined || page.length < LIKENESS_BATCH) return hits
    after = { after_referral: last.referral_id, after_file: last.file, after_value: last.value }
  }
}

/** A list was withdrawn: every reading that still saw it has ended before its hits are looked for. */
export async function rankAfterWithdrawal(tx: Transaction, job: Job): Promise<void> {
  await tx.run('matcher/barrier', {})
  const versions = await tx.run('list/versions_of', { list_id: job.subject })
  const hits = await tx.run('list/hits_of', { versions: versions.map(({ version_id }) => version_id) })
  const referrals = hits.map(({ referral_id }) => referral_id)
  await rankWithBundles(tx, referrals)
  tx.record('list.rank', { list: job.subject, referrals })
}

/** One referral whose hits, or what stands behind it, changed. */
export async function rankOneAgain(tx: Transaction, job: Job): Promise<void> {
  await rankWithBundles(tx, [job.subject])
  tx.record('referral.rank', { referral: job.subject })
}
