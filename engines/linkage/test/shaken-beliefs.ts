import { comparedOf } from '../src/compare/compared.ts'
import { levelsOf } from '../src/compare/levels.ts'
import { clustersAt, columnsOf, evaluate } from '../src/index.ts'
import { linkSmall } from '../src/link.ts'
import { type Belief, beliefOf } from '../src/model/beliefs.ts'
import type { KnownTruth } from './known-truth.ts'

/** Of every figure that is believed: up to twice as much or half of it, and a bit more or less for what a kind may say. */
const factor = 2

/** Pair F1 of a small table at its bar when each belief is wrong by some factor at random, worst first. */
export async function shakenScores({ table, truth }: KnownTruth, times: number): Promise<number[]> {
  let state = 2463534242
  const even = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const off = (share: number): number => share * factor ** (2 * even() - 1)
  const whole = (shares: readonly number[]): number[] => {
    const total = shares.reduce((sum, share) => sum + share, 0)
    return shares.map((share) => share / total)
  }
  const columns = columnsOf(table)
  const beliefs = columns.map((column) =>
    beliefOf(column.field.kind, levelsOf(column.field.kind, column.letters).names.length),
  )
  const scores: number[] = []
  for (let time = 0; time < times; time++) {
    const shaken = beliefs.map(
      (belief): Belief => ({
        ...belief,
        one: whole(belief.one.map(off)),
        household: belief.household?.map((share) => (share === null ? null : Math.min(0.99, off(share)))) ?? null,
        strangers: belief.strangers === null ? null : whole(belief.strangers.map(off)),
        unseen: off(belief.unseen),
        most: typeof belief.most === 'number' ? belief.most + 2 * even() - 1 : belief.most,
      }),
    )
    const linked = await linkSmall(comparedOf(columns), truth.length, shaken)
    scores.push(linked === null ? 0 : evaluate(clustersAt(truth.length, linked.dendrogram, linked.bar), truth).pairs.f1)
  }
  return scores.sort((a, b) => a - b)
}
