import { type Candidates, candidatesOf } from './blocking/candidates.ts'
import { fewRulesOf, type Rule, rulesOf } from './blocking/rules.ts'
import { type Calibration, calibrate } from './cluster/calibrate.ts'
import { clustersAt, type Dendrogram, dendrogramOf } from './cluster/dendrogram.ts'
import { type Comparison, comparisonOf } from './compare/comparison.ts'
import { estimate } from './model/estimate.ts'
import type { Model } from './model/model.ts'
import { Scorer } from './model/scorer.ts'
import { type Column, columnsOf } from './table/columns.ts'
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
/** From so many records on blocks are chosen, the model is learned from samples, and the bar is the model's own. */
const largeFrom = 200_000

/** Who is who in a table, with nothing learned but from the table itself. */
export const link = (table: Table): Linkage => linkColumns(columnsOf(table), table.records.length)

/** The same from columns. */
export function linkColumns(columns: readonly Column[], records: number): Linkage {
  const isLarge = records >= largeFrom
  const comparisons = columns.map(comparisonOf)
  const rules = (isLarge ? fewRulesOf : rulesOf)(columns, records, mostInBlock)
  const candidates = candidatesOf(rules, records)
  const model = estimate(comparisons, records, rules, candidates, isLarge ? 'large' : 'usual')
  const calibration = calibrate(comparisons, model, rules, records, isLarge ? 0 : 3)
  const scorer = new Scorer(comparisons, model)
  const dendrogram = dendrogramOf(records, candidates, scorer)
  const clusters = clustersAt(records, dendrogram, calibration.bar)
  return { clusters, bar: calibration.bar, calibration, model, comparisons, rules, candidates, dendrogram, scorer }
}
