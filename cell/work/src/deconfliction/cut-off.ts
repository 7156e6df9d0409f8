import type { JobKind } from '@tandem/jobs'
import { unanswered, writeEnding } from './parts.ts'

/**
 * A run's rights lie with the machine that works on it until its request expires. A worker gets them only when that
 * machine ended without ending the run: after a crash, say. Then there is no answer, and it is said.
 */
export const cutOff: JobKind = {
  run: (tx, job) => writeEnding(tx, job.subject, unanswered('stopped'), 'worker'),
  onAwaitingAuthority: (tx, job) => writeEnding(tx, job.subject, unanswered('stopped'), 'worker'),
}
