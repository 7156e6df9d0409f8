import { type Candidates, candidatesOf } from './blocking/candidates.ts'
import { fewRulesOf, type Rule, rulesOf } from './blocking/rules.ts'
import { type Calibration, calibrate } from './cluster/calibrate.ts'
import { clustersAt, type Dendrogram, dendrogramOf } from './cluster/dendrogram.ts'
import { entitiesOf } from './cluster/entities.ts'
import { type Compared, comparedOf, comparisonsOf } from './compare/compared.ts'
import { columnOf, type SameRows, sameRows } from './compare/same-rows.ts'
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
  /** By what records were brought together to be compared. */
  readonly rules: readonly Omit<Rule, 'next'>[]
  readonly candidates: Candidates
  readonly dendrogram: Dendrogram
  readonly scorer: PairScorer
  /** Records in the same words as an earlier one, if they are many. */
  readonly same: SameRows
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
  const table = comparedOf(columns)
  const same = sameRows(table, mostInBlock)
  if (same.standing.length === records) return { ...(await linkDistinct(table, records, share)), same }
  const distinct = comparedOf(columns.map((column) => columnOf(column, same.standing)))
  return withSame(await linkDistinct(distinct, same.standing.length, share), same)
}

type Distinct = Omit<Linkage, 'same'>

async function linkDistinct(table: Compared, records: number, share: Share): Promise<Distinct> {
  const { columns } = table
  if (records <= smallTo && columns.some(({ field }) => field.kind === 'full name')) {
    const small = await linkSmall(table, records)
    if (small !== null) return small
  }
  const isLarge = records >= largeFrom
  const rules = await (isLarge ? fewRulesOf : rulesOf)(columns, mostInBlock, share)
  const candidates = await candidatesOf(rules, records, share)
  const model = await estimate(table, records, rules, candidates, share, isLarge ? 'large' : 'usual')
  const calibration = await calibrate(table, model, rules, records, share, isLarge ? 0 : 3)
  const dendrogram = await dendrogramOf(candidates, { table, model, left: -1 }, share)
  const clusters = clustersAt(records, dendrogram, calibration.bar)
  const scorer = new Scorer(table, model)
  return { clusters, bar: calibration.bar, calibration, model, rules: rules.map(told), candidates, dendrogram, scorer }
}

/** A large table holds on to no blocks. */
const told = ({ next: _, ...rule }: Rule): Omit<Rule, 'next'> => rule

/** Records in the same words are compared as the one that stood for them, and join it where that is likely enough. */
function withSame(distinct: Distinct, same: SameRows): Linkage {
  const { bar, candidates, dendrogram, scorer } = distinct
  const { firsts, standing } = same
  const places = new Int32Array(firsts.length)
  standing.forEach((record, place) => {
    places[record] = place
  })
  const placeOf = (record: number): number => places[firsts[record] ?? 0] ?? 0
  const recordOf = (place: number): number => standing[place] ?? 0
  const all: PairScorer = {
    prior: scorer.prior,
    weight: (one, other) => scorer.weight(placeOf(one), placeOf(other)),
    explain: (one, other) => scorer.explain(placeOf(one), placeOf(other)),
  }
  const merges = dendrogram.merges.map(({ into, from, weight }) => ({
    ...{ into: recordOf(into), from: recordOf(from), weight },
  }))
  firsts.forEach((first, record) => {
    if (first !== record) merges.push({ into: first, from: record, weight: all.weight(first, record) })
  })
  return {
    ...distinct,
    same,
    scorer: all,
    dendrogram: { merges },
    clusters: clustersAt(firsts.length, { merges }, bar),
    candidates: {
      count: candidates.count,
      ones: candidates.ones.map(recordOf),
      others: candidates.others.map(recordOf),
    },
  }
}

/** By beliefs; null where the table has enough to teach. */
export async function linkSmall(
  table: Compared,
  records: number,
  beliefs?: readonly Belief[],
): Promise<Distinct | null> {
  const comparisons = comparisonsOf(table)
  const model = smallModel(table, records, beliefs)
  if ((model.prior * records * (records - 1)) / 2 >= teaching) return null
  const rules = await rulesOf(table.columns, mostInBlock, alone)
  const scorer = new WholeScorer(comparisons, model)
  const dendrogram = entitiesOf(records, scorer)
  const calibration: Calibration = { bar: smallBar, steps: [] }
  return {
    ...{
      clusters: clustersAt(records, dendrogram, smallBar),
      bar: smallBar,
      calibration,
      model,
      rules: rules.map(told),
    },
    ...{ candidates: await candidatesOf(rules, records, alone), dendrogram, scorer },
  }
}
