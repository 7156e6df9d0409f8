import type { Job } from '@tandem/jobs'
import { newId, type Transaction } from '@tandem/store'
import { loadComponents } from './load.ts'
import { settle } from './settle.ts'

/** Something of these referrals is other than it was: whoever they tell of is ranked again, later. */
export async function rankSubjectsLater(tx: Transaction, referrals: readonly string[]): Promise<void> {
  if (referrals.length === 0) return
  await tx.run('job/insert_many', {
    ids: referrals.map(() => newId()),
    kind: 'rank subjects',
    subjects: [...referrals],
  })
}

export async function rankSubjects(tx: Transaction, job: Job): Promise<void> {
  await tx.run('link/turn', {})
  const rows = await tx.run('appearance/of_referrals', { referrals: [job.subject] })
  const components = rows.map(({ component_id }) => component_id)
  const subjects = await settle(tx, await loadComponents(tx, components), 'its referrals were ranked again')
  tx.record('subject.rank', { referral: job.subject, subjects })
}
