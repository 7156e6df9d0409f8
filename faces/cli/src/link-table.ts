import { availableParallelism } from 'node:os'
import { type Linkage, link, type Table } from '@tandem/linkage'
import { LinkagePool } from '@tandem/linkage/pool'

/** From so many records on, threads save more than they cost. */
const sharedFrom = 5000
const mostThreads = 8

/** Who is who in a table, by as many threads as the machine has; their number changes nothing in the result. */
export async function linkTable(table: Table): Promise<Linkage> {
  if (table.records.length < sharedFrom) return link(table)
  const pool = new LinkagePool(Math.min(mostThreads, availableParallelism()))
  try {
    return await link(table, pool)
  } finally {
    await pool.close()
  }
}
