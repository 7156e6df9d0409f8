import type { Job } from '@tandem/jobs'
import { genericValues, type Observed } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import { act } from './acts.ts'
import { isObserved, loadComponents } from './load.ts'
import { settle } from './settle.ts'

const PAGE = 5_000

/**
 * Which values more people name than can own them, over everything that is observed in the operation: what hung on them
 * comes apart, also where it was linked long ago; what no longer stands is taken back. What a person decided holds.
 */
export async function reviewShared(tx: Transaction, job: Job): Promise<void> {
  await tx.run('link/turn', {})
  const observed = await everything(tx)
  const acts = await tx.run('link/suppressions', {})
  const open = acts.filter(({ over }) => !over)
  const byEvidence = open.filter(({ ground }) => groundOf(ground) === 'evidence')
  const spared = new Set(acts.filter(({ overruled }) => overruled).map((row) => row.observable_id))
  const aside = new Set(
    open.filter(({ ground }) => groundOf(ground) !== 'evidence').map((row) => `${row.kind} ${row.observable_id}`),
  )
  const found = genericValues(observed, aside).filter(({ ask }) => !ask)
  const wanted = new Map(found.map((each) => [each.value.slice(each.value.indexOf(' ') + 1), each]))
  const standing = new Set(byEvidence.map((row) => row.observable_id))
  const touched: string[] = []
  for (const [observable, { identities, most, records }] of wanted) {
    if (standing.has(observable) || spared.has(observable)) continue
    const ground = { by: 'evidence', identities, most, records } as const
    await act(tx, { operation: job.subject, kind: 'suppress', acts: [{ observable }], ground })
    touched.push(observable)
  }
  for (const { act_id, observable_id } of byEvidence) {
    if (wanted.has(observable_id)) continue
    await act(tx, { operation: job.subject, kind: 'undo', acts: [{ undoes: act_id }] })
    touched.push(observable_id)
  }
  const near = await tx.run('appearance/near', { observables: touched })
  await settle(
    tx,
    await loadComponents(
      tx,
      near.map(({ component_id }) => component_id),
    ),
    'a value turned out to be shared by many, or no longer is',
  )
  tx.record('subject.review', { operation: job.subject, values: touched, observed: observed.length })
}

async function everything(tx: Transaction): Promise<Observed[]> {
  const observed: Observed[] = []
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await tx.run('appearance/all_values', { after, limit: PAGE })
    for (const { appearance_id: record, observable_id: value, kind } of page)
      if (isObserved(kind)) observed.push({ record, kind, value })
    const last = page.at(-1)
    if (last === undefined) return observed
    after = last.appearance_id
  }
}

export const groundOf = (ground: unknown): string | null =>
  typeof ground === 'object' && ground !== null && 'by' in ground && typeof ground.by === 'string' ? ground.by : null
