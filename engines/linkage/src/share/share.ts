import type { Block, BlocksAsked } from '../blocking/blocks.ts'
import type { Candidates, CandidatesAsked } from '../blocking/candidates.ts'
import type { ColumnKeys } from '../blocking/key-numbers.ts'
import type { MergesAsked, WeightsAsked } from '../cluster/dendrogram.ts'
import type { Counted, SamplesAsked } from '../model/estimate.ts'
import type { FileCells } from '../table/cells.ts'
import type { Column } from '../table/columns.ts'

/** What of linkage can be cut into items that know nothing of each other: what is asked, and what an item gives. */
export interface Jobs {
  readonly columns: { readonly asked: FileCells; readonly given: Column }
  readonly keys: { readonly asked: { readonly columns: readonly Column[] }; readonly given: ColumnKeys }
  readonly blocks: { readonly asked: BlocksAsked; readonly given: Block }
  readonly candidates: { readonly asked: CandidatesAsked; readonly given: Candidates }
  readonly samples: { readonly asked: SamplesAsked; readonly given: Counted }
  readonly weights: { readonly asked: WeightsAsked; readonly given: null }
  readonly merges: { readonly asked: MergesAsked; readonly given: null }
}
export type JobName = keyof Jobs

/** Who does the items of a job: one thread or several. What they give stands in the order of the items. */
export interface Share {
  all<N extends JobName>(job: N, asked: Jobs[N]['asked'], items: number): Promise<readonly Jobs[N]['given'][]>
}
