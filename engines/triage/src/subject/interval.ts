import { createHash } from 'node:crypto'
import type { Hundredths } from '../weight-set.ts'
import { type LookModel, usualLook } from './look.ts'
import { type LinkedReferral, rankSubject } from './subject-score.ts'

export interface RankInterval {
  /** Nine of ten of the ranks drawn lie between these, both included. */
  readonly low: Hundredths
  readonly high: Hundredths
  readonly draws: number
}

const draws = 100
/** Each factor's points are varied by up to a quarter: nobody knows them better. */
const spread = 25

/**
 * How far a rank hangs on links that are not sure and on weights nobody has measured: links are drawn by how sure they
 * are, points are varied. The draws follow from the ids, so the same subject has the same interval on every machine.
 */
export function rankInterval(referrals: readonly LinkedReferral[], look: LookModel = usualLook): RankInterval {
  const ids = referrals.map(({ id }) => id).sort()
  const { places, factors } = placesOf(referrals)
  const ranks: Hundredths[] = []
  for (let draw = 0; draw < draws; draw++) {
    const next = stream(JSON.stringify([draw, ids]))
    const kept = [...referrals.keys()].filter((at) => next(1000) < (referrals[at]?.link ?? 0))
    const shares = new Int32Array(factors).fill(-1)
    const varied = (kept.length > 0 ? kept : [0]).flatMap((at): LinkedReferral[] => {
      const referral = referrals[at]
      if (referral === undefined) return []
      const lines = referral.evidence.lines.map((line, number) => {
        const place = places[at]?.[number] ?? 0
        let share = shares[place] ?? -1
        if (share < 0) {
          share = 100 - spread + next(2 * spread + 1)
          shares[place] = share
        }
        if (line.points === 0 && line.counted === 0) return line
        const times = (value: Hundredths): Hundredths => Math.trunc((value * share) / 100)
        return { ...line, points: times(line.points), counted: times(line.counted) }
      })
      return [{ ...referral, evidence: { ...referral.evidence, lines } }]
    })
    ranks.push(rankSubject(varied, look).rank)
  }
  ranks.sort((a, b) => a - b)
  return { low: ranks[5] ?? 0, high: ranks[draws - 6] ?? 0, draws }
}

/** One number for each factor and axis, whichever line it stands on: they vary together. */
function placesOf(referrals: readonly LinkedReferral[]): { readonly places: number[][]; readonly factors: number } {
  const numbers = new Map<string, number>()
  const places = referrals.map(({ evidence }) =>
    evidence.lines.map(({ rule, axis }) => {
      const key = `${rule.factor}|${axis}`
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      return number
    }),
  )
  return { places, factors: numbers.size }
}

/** Marsaglia's xorshift32, begun from a digest: whole numbers alone. */
function stream(seed: string): (limit: number) => number {
  let state = createHash('sha256').update(seed, 'utf8').digest().readUInt32BE(0) | 1
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}
