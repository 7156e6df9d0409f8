import type { Job } from '@tandem/jobs'
import { newId, type Transaction } from '@tandem/store'
import { loadComponents } from './load.ts'
import { settle } from './settle.ts'

/**
 * Something of these referrals is other than it was: whoever they tell of is ranked again, later, once for all that hang
 * together. Those that are not linked yet are ranked when they are.
 */
export async function rankSubjectsLater(tx: Transaction, referrals: readonly string[]): Promise<void> {
  if (referrals.length === 0) return
  const rows = await tx.run('appearance/of_referrals', { referrals: [...referrals] })
  const components = [...new Set(rows.map(({ component_id }) => component_id))]
  if (components.length === 0) return
  await tx.run('job/insert_many', { ids: components.map(() => newId()), kind: 'rank subjects', subjects: components })
}

/** A component is called after one of its appearances: where that one is now, the others are too or were ranked since. */
export async function rankSubjects(tx: Transaction, job: Job): Promise<void> {
  await tx.run('link/turn', {})
  const places = await tx.run('appearance/places', { appearances: [job.subject] })
  const components = places.map(({ component_id }) => component_id)
  const subjects = await settle(tx, await loadComponents(tx, components), 'its referrals were ranked again')
  tx.record('subject.rank', { component: job.subject, subjects })
}
