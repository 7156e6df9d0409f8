import { handlers } from '@tandem/work'
import { type BenchCell, streamOf } from '../cell.ts'

interface Desk {
  readonly queue: () => Promise<unknown>
  /** Of the queue, what was drawn by lot. */
  readonly drawn: () => Promise<unknown>
  readonly show: (id: string) => Promise<unknown>
  /** What became of all that ranked low. */
  readonly slice: () => Promise<unknown>
}

/** What an officer opens all day, and what a duty manager opens now and then, as the server runs it. */
export async function desk(bench: BenchCell): Promise<Desk> {
  const caller = await bench.as(bench.founded.national.triageAnalyst)
  const manager = await bench.as(bench.founded.national.dutyManager)
  const empty = { params: undefined, query: undefined, body: undefined, stream: streamOf(new Uint8Array()) }
  return {
    queue: () => handlers.queue(bench.cell, caller, { ...empty, query: { view: 'queue', limit: 200 } }),
    drawn: () => handlers.queue(bench.cell, caller, { ...empty, query: { view: 'queue', limit: 200, lot: 'drawn' } }),
    show: (id) => handlers.show(bench.cell, caller, { ...empty, params: { id } }),
    slice: () => handlers.auditSlice(bench.cell, manager, empty),
  }
}
