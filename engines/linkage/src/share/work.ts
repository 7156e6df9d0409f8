import { blocksOf } from '../blocking/blocks.ts'
import { candidatesOfPart } from '../blocking/candidates.ts'
import { columnKeys } from '../blocking/key-numbers.ts'
import { mergedPart, weighedPart } from '../cluster/dendrogram.ts'
import { countedSample } from '../model/estimate.ts'
import { columnOfFile } from '../table/cells.ts'
import type { JobName, Jobs, Share } from './share.ts'

const works: { readonly [N in JobName]: (asked: Jobs[N]['asked']) => (item: number) => Jobs[N]['given'] } = {
  columns: columnOfFile,
  keys: columnKeys,
  blocks: blocksOf,
  candidates: candidatesOfPart,
  samples: countedSample,
  weights: weighedPart,
  merges: mergedPart,
}

/** What all items of a job need is made once; each is then asked for by its number. */
export const workOf = <N extends JobName>(job: N, asked: Jobs[N]['asked']): ((item: number) => Jobs[N]['given']) =>
  works[job](asked)

/** All in this thread. */
export const alone: Share = {
  all(job, asked, items) {
    const work = workOf(job, asked)
    return Promise.resolve(Array.from({ length: items }, (_, item) => work(item)))
  },
}
