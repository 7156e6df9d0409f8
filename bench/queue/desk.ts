import { handlers } from '@tandem/work'
import { type BenchCell, streamOf } from '../cell.ts'

/** The two things an officer opens all day, as the server runs them. */
export async function desk(
  bench: BenchCell,
): Promise<{ queue: () => Promise<unknown>; show: (id: string) => Promise<unknown> }> {
  const caller = await bench.as(bench.founded.national.triageAnalyst)
  const empty = { params: undefined, query: undefined, body: undefined, stream: streamOf(new Uint8Array()) }
  return {
    queue: () => handlers.queue(bench.cell, caller, { ...empty, query: { view: 'queue', limit: 200 } }),
    show: (id) => handlers.show(bench.cell, caller, { ...empty, params: { id } }),
  }
}
