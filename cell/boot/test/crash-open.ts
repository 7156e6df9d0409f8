import assert from 'node:assert/strict'
import { Worker } from '@tandem/jobs'
import { jobKindsOf } from '@tandem/work'
import { dataFolder } from '../src/folders.ts'
import { type OpenCell, openCell } from '../src/open-cell.ts'
import { trainingAgencies } from '../src/training.ts'

export const issuer = 'crash-training'

export interface WorkingCell extends OpenCell {
  /** Instead of the cell's own: leases of a killed worker run out in seconds. */
  readonly quick: Worker
}

/** A training cell without faces and without the example, on this folder. */
export async function openWorkingCell(root: string, onProblem: (says: string) => void): Promise<WorkingCell> {
  const opened = await openCell({
    folder: dataFolder(root, 'training'),
    birth: {
      name: 'Crash cell',
      mode: 'training',
      settings: { origin: 'http://127.0.0.1:7373', port: 7373, passkeys: 'off', providers: [] },
      agencies: () => trainingAgencies(issuer, []),
    },
    onProblem,
  })
  assert.ok(opened.ok, opened.ok ? '' : opened.error)
  const { cell, close } = opened.value
  const quick = new Worker(cell.store, jobKindsOf(cell), {
    leaseSeconds: 8,
    pollMilliseconds: 200,
    onError: (job, error) => onProblem(`job "${job.kind}": ${error instanceof Error ? error.message : 'unknown'}`),
  })
  return {
    ...opened.value,
    quick,
    async close() {
      await quick.stop()
      await close()
    },
  }
}
