import type { JobKind } from '@tandem/jobs'
import type { Transaction } from '@tandem/store'
import { notifyRun } from '../parts.ts'

/** A grant ends once: its key is gone then, and no question under it has an answer any more. False: it had ended. */
export async function endGrant(tx: Transaction, grant: string, why: string): Promise<boolean> {
  const [ended] = await tx.run('lookup/end', { grant_id: grant, why })
  tx.record('deconfliction.grant.end', { grant, why, before: ended === undefined })
  if (ended !== undefined) await notifyRun(tx, ended.operation_id, grant)
  return ended !== undefined
}

/** A worker gets the rights of a grant when it has expired: there is nothing to do but to end it. */
export const grantOver: JobKind = {
  run: async (tx, job) => void (await endGrant(tx, job.subject, 'it has expired')),
  onAwaitingAuthority: async (tx, job) => void (await endGrant(tx, job.subject, 'the authority has ended')),
}
