import { type Candidates, candidatesOf } from './blocking/candidates.ts'
import { type Rule, rulesOf } from './blocking/rules.ts'
import { type Calibration, calibrate } from './cluster/calibrate.ts'
import { clustersAt, type Dendrogram, dendrogramOf } from './cluster/dendrogram.ts'
import { type Comparison, comparisonOf } from './compare/comparison.ts'
import { estimate } from './model/estimate.ts'
import type { Model } from './model/model.ts'
import { Scorer } from './model/scorer.ts'
import { columnsOf } from './table/columns.ts'
import type { Table } from './table/field.ts'

export interface Linkage {
  /** The cluster of each record, named by its smallest member. */
  readonly clusters: Int32Array
  readonly bar: number
  readonly calibration: Calibration
  readonly model: Model
  readonly comparisons: readonly Comparison[]
  readonly rules: readonly Rule[]
  readonly candidates: Candidates
  readonly dendrogram: Dendrogram
  readonly scorer: Scorer
}

/** A block of more records says nothing about who somebody is. */
const mostInBlock = 30

/** Who is who in a table, with nothing learned but from the table itself. */
export function link(table: Table): Linkage {
  const records = table.records.length
  const columns = columnsOf(table)
  const comparisons = columns.map(comparisonOf)
  const rules = rulesOf(columns, records, mostInBlock)
  const candidates = candidatesOf(rules)
  const model = estimate(comparisons, records, rules, candidates)
  const calibration = calibrate(comparisons, model, rules, records)
  const scorer = new Scorer(comparisons, model)
  const dendrogram = dendrogramOf(records, candidates, scorer)
  const clusters = clustersAt(records, dendrogram, calibration.bar)
  return { clusters, bar: calibration.bar, calibration, model, comparisons, rules, candidates, dendrogram, scorer }
}
