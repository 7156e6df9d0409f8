import type { createPurpose as route } from '@tandem/contract'
import { newId } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'

export const createPurpose: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(
    caller.credential,
    async (tx) => {
      mustBeAllowed(tx.standing.role, 'purpose.create')
      const id = newId()
      await tx.run('purpose/insert', { purpose_id: id, operation_id: body.operation, code: body.code, task: body.task })
      tx.record('purpose.create', { purpose: id, operation: body.operation })
      return { purpose: id }
    },
    { reach: 'frame' },
  )
