import type { JobKind } from '@tandem/jobs'
import { cutOff } from '../deconfliction/cut-off.ts'
import { grantOver } from '../deconfliction/lookups/ending.ts'
import { linkDelivery } from '../linkage/arrive.ts'
import type { LinkContext } from '../linkage/context.ts'
import { rankSubjects } from '../linkage/rank-again.ts'
import { reviewShared } from '../linkage/review.ts'
import { matchAgain, rankAfterWithdrawal, rankOneAgain } from './match-again.ts'
import { matchChange } from './match-change.ts'
import { readDelivery } from './read-delivery.ts'

/** The automatic steps, by the name under which they wait in the queue. */
export const jobKindsOf = (context: LinkContext): ReadonlyMap<string, JobKind> =>
  new Map<string, JobKind>([
    [
      'read delivery',
      {
        run: readDelivery,
        async onAwaitingAuthority(tx, job) {
          await tx.run('delivery/await_authority', { delivery_id: job.subject })
          tx.record('delivery.await', { delivery: job.subject })
        },
        async onFailed(tx, job, reason) {
          const delivery = await tx.one('delivery/for_reading', { delivery_id: job.subject })
          const says = 'The file could not be read after several tries. It is kept; tell the administrator.'
          const whole = { operation_id: delivery.operation_id, delivery_id: job.subject }
          await tx.run('delivery/add_set_aside', {
            ...whole,
            numbers: [0],
            places: ['whole file'],
            codes: ['reading-failed'],
            says: [says],
          })
          await tx.run('delivery/finish', {
            delivery_id: job.subject,
            state: 'read',
            format: null,
            records: 1,
            accepted: 0,
            remarked: 0,
            set_aside: 1,
            reason_code: 'reading-failed',
            reason: says,
          })
          tx.record('delivery.fail', { delivery: job.subject, reason })
        },
      },
    ],
    ['deconfliction', cutOff],
    ['lookup grant', grantOver],
    ['match again', { run: matchAgain }],
    ['match change', { run: matchChange }],
    ['rank after withdrawal', { run: rankAfterWithdrawal }],
    ['rank again', { run: rankOneAgain }],
    ['link', { run: linkDelivery(context), onFailed: notLinked }],
    ['review shared values', { run: reviewShared, onFailed: notLinked }],
    ['rank subjects', { run: rankSubjects, onFailed: notLinked }],
  ])

/** Health counts the job as failed; the ledger says what it was about. */
const notLinked: NonNullable<JobKind['onFailed']> = async (tx, job, reason) => {
  tx.record('subject.fail', { job: job.kind, about: job.subject, reason })
}
