import { type Candidates, candidatesOf } from './blocking/candidates.ts'
import { fewRulesOf, type Rule, rulesOf } from './blocking/rules.ts'
import { type Calibration, calibrate } from './cluster/calibrate.ts'
import { clustersAt, type Dendrogram, dendrogramOf } from './cluster/dendrogram.ts'
import { entitiesOf } from './cluster/entities.ts'
import { comparedOf, comparisonsOf } from './compare/compared.ts'
import type { Comparison } from './compare/comparison.ts'
import type { Belief } from './model/beliefs.ts'
import { estimate } from './model/estimate.ts'
import type { Model } from './model/model.ts'
import { Scorer } from './model/scorer.ts'
import { smallModel } from './model/small.ts'
import { WholeScorer } from './model/whole-scorer.ts'
import type { Share } from './share/share.ts'
import { alone } from './share/work.ts'
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
  readonly scorer: PairScorer
}

/** What tells of two records how much speaks for one person, and why. */
export type PairScorer = Pick<Scorer, 'prior' | 'weight' | 'explain'>

/** A block of more records says nothing about who somebody is. */
const mostInBlock = 30
/** From so many records on blocks are chosen, the model is learned from samples, and the bar is the model's own. */
const largeFrom = 200_000

/** Up to so many records every pair of a table with whole names is compared, to see whether it can teach a model. */
const smallTo = 1000
/**
 * So many pairs of one person it must have, as beliefs count them, or it is linked by what is believed of each kind: a way
 * to differ that one pair of thirty shows is then seen ten times.
 */
const teaching = 300
/**
 * The bar of a small table. There are too few pairs to measure how often a merge is right, so the rule of the calibrated
 * bar is taken at the model's word: at least two of three.
 */
const smallBar = 1

/** Who is who in a table, with nothing learned but from the table itself. */
export const link = (table: Table, share: Share = alone): Promise<Linkage> =>
  linkColumns(columnsOf(table), table.records.length, share)

/** The same from columns. Whoever shares the work, the result is the same to the last bit. */
export async function linkColumns(columns: readonly Column[], records: number, share: Share = alone): Promise<Linkage> {
  if (records <= smallTo && columns.some(({ field }) => field.kind === 'full name')) {
    const small = await linkSmall(columns, records)
    if (small !== null) return small
  }
  const isLarge = records >= largeFrom
  const table = comparedOf(columns)
  const rules = await (isLarge ? fewRulesOf : rulesOf)(columns, mostInBlock, share)
  const candidates = await candidatesOf(rules, records, share)
  const model = await estimate(table, records, rules, candidates, share, isLarge ? 'large' : 'usual')
  const calibration = await calibrate(table, model, rules, records, share, isLarge ? 0 : 3)
  const dendrogram = await dendrogramOf(candidates, { table, model, left: -1 }, share)
  const clusters = clustersAt(records, dendrogram, calibration.bar)
  const [comparisons, scorer] = [comparisonsOf(table), new Scorer(table, model)]
  return { clusters, bar: calibration.bar, calibration, model, comparisons, rules, candidates, dendrogram, scorer }
}

/** By beliefs; null where the table has enough to teach. */
export async function linkSmall(
  columns: readonly Column[],
  records: number,
  beliefs?: readonly Belief[],
): Promise<Linkage | null> {
  const table = comparedOf(columns)
  const comparisons = comparisonsOf(table)
  const model = smallModel(table, records, beliefs)
  if ((model.prior * records * (records - 1)) / 2 >= teaching) return null
  const rules = await rulesOf(columns, mostInBlock, alone)
  const scorer = new WholeScorer(comparisons, model)
  const dendrogram = entitiesOf(records, scorer)
  const calibration: Calibration = { bar: smallBar, steps: [] }
  return {
    ...{ clusters: clustersAt(records, dendrogram, smallBar), bar: smallBar, calibration, model, comparisons, rules },
    ...{ candidates: await candidatesOf(rules, records, alone), dendrogram, scorer },
  }
}
