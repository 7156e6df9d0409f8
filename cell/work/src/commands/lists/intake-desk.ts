import { Refusal } from '@tandem/core'
import type { Transaction } from '@tandem/store'

/**
 * A change of a list must meet the referrals held. They belong to the operation that the lanes deliver to, and only who
 * works under it can reach them: under another operation the change would go by them unseen.
 */
export async function mustBeIntakeDesk(tx: Transaction, operation: string): Promise<void> {
  const { desk } = await tx.one('list/is_intake_desk', { operation_id: operation })
  if (!desk) {
    throw new Refusal(
      'TANDEM-STATE-002',
      'lists are changed under the operation of the intake desk: choose it and try again',
    )
  }
}
