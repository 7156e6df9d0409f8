import type { JobKind } from '@tandem/jobs'
import { matchAgain, rankOneAgain } from './match-again.ts'
import { readDelivery } from './read-delivery.ts'

/** The automatic steps, by the name under which they wait in the queue. */
export const jobKinds: ReadonlyMap<string, JobKind> = new Map<string, JobKind>([
  [
    'read delivery',
    {
      run: readDelivery,
      async onAwaitingAuthority(tx, job) {
        await tx.run('delivery/await_authority', { delivery_id: job.subject })
        tx.record('delivery.await', { delivery: job.subject })
      },
    },
  ],
  ['match again', { run: matchAgain }],
  ['rank again', { run: rankOneAgain }],
])
