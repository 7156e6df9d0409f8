import { newId, type Transaction } from '@tandem/store'
import { addLines, type Line, linesOf } from './entry-lines.ts'
import type { ListBeingRead } from './read-list.ts'
import { type ReadThrough, readThrough } from './read-through.ts'

const BATCH = 5_000

export interface WholeLoaded extends ReadThrough {
  readonly version: string
  readonly perceptual: number
}

/** Entries go in under a version row that is completed later; its account is not known before the end. */
export async function addVersionAndEntries(
  tx: Transaction,
  list: string,
  number: number,
  being: ListBeingRead,
): Promise<WholeLoaded> {
  const version = newId()
  await tx.run('list/add_version', { list_id: list, version_id: version, version: number, format: being.format })
  let batch: Line[] = []
  let perceptual = 0
  let line = 0
  const read = await readThrough(being.reading, async (record) => {
    // A row that the sender marks as withdrawn is counted and never matched.
    if (record.flags['withdrawn'] !== 'yes') {
      const lines = linesOf(line, record, being.isKeyed)
      perceptual += lines.filter(({ kind }) => kind === 'pdq').length
      batch.push(...lines)
    }
    line++
    if (batch.length < BATCH) return
    await addLines(tx, version, batch)
    batch = []
  })
  await addLines(tx, version, batch)
  return { ...read, version, perceptual }
}
