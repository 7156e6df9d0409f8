import type { Job } from '@tandem/jobs'
import { newId, type Transaction } from '@tandem/store'
import { rankWithBundles } from './rank.ts'

const BATCH = 2_000

/** A new list version meets the referrals held already: under the authority of whoever loaded the list. */
export async function matchAgain(tx: Transaction, job: Job): Promise<void> {
  await tx.run('matcher/barrier', {})
  const touched = new Map<string, string>()
  let hits = 0
  for (;;) {
    const found = await tx.run('matcher/retro', { version_id: job.subject, limit: BATCH })
    if (found.length === 0) break
    for (const operation of new Set(found.map((row) => row.operation_id))) {
      const rows = found.filter((row) => row.operation_id === operation)
      await tx.run('hit/insert', {
        operation_id: operation,
        ids: rows.map(() => newId()),
        referrals: rows.map((row) => row.referral_id),
        files: rows.map((row) => row.file),
        kinds: rows.map((row) => row.kind),
        values: rows.map((row) => row.value),
        places: rows.map((row) => row.place),
        lists: rows.map((row) => row.list_id),
        versions: rows.map(() => job.subject),
        numbers: rows.map((row) => row.number),
        schemes: rows.map((row) => row.category_scheme),
        categories: rows.map((row) => row.category),
      })
      for (const row of rows) touched.set(row.referral_id, operation)
    }
    hits += found.length
    if (found.length < BATCH) break
  }
  // What the publisher took off the list no longer counts.
  for (const row of await tx.run('list/hits_before', { version_id: job.subject })) {
    touched.set(row.referral_id, row.operation_id)
  }
  await rankWithBundles(tx, [...touched.keys()])
  tx.record('list.match', { version: job.subject, hits, referrals: [...touched.keys()] })
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
