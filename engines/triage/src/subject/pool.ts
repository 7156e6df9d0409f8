import type { Evidence } from '@tandem/core'
import { reachedStep } from '../reading.ts'
import type { Line } from '../tally.ts'
import { type Axis, axes, type FactorRule, type Hundredths, type WeightSet } from '../weight-set.ts'

/** Thousandths: 1000 is certain. */
export type Thousandths = number

export interface PoolMember {
  readonly id: string
  readonly link: Thousandths
  readonly lines: readonly Line[]
}

/** One factor over all referrals of a subject. The hundredths of all of them add up to the axis. */
export interface PooledLine {
  readonly rule: FactorRule
  readonly axis: Axis
  readonly hundredths: Hundredths
  /** The referrals that gave something, the strongest first. */
  readonly from: readonly { readonly id: string; readonly evidence: readonly Evidence[] }[]
  readonly because: string | null
}

/**
 * The first member counts as it stands. What the others add to each factor counts the less the more one look tells:
 * where it tells all, linking adds nothing that the look would not show. Among all of them the strongest counts whole, by
 * how sure its link is, a second one a half, a third a quarter: repetition supports, and never doubles. What calms counts
 * only when every referral says it.
 */
export function poolLines(
  members: readonly PoolMember[],
  weights: WeightSet,
  tells: Thousandths,
): readonly PooledLine[] {
  const pooled: PooledLine[] = []
  const [first] = members
  if (first === undefined) return pooled
  for (let at = 0; at < first.lines.length; at++) {
    const own = first.lines[at]
    if (own === undefined) continue
    const raising: Said[] = []
    const calming: Said[] = []
    for (const { id, link, lines } of members) {
      const line = lines[at]
      if (line === undefined || line.points === 0) continue
      const points = Math.trunc((line.points * link) / 1000)
      if (points > 0) raising.push({ id, line, points })
      else if (points < 0) calming.push({ id, line, points })
    }
    raising.sort((a, b) => b.points - a.points)
    const allCalm = raising.length === 0 && calming.length === members.length
    const speaking = allCalm ? calming : raising
    const repeated = repeats(own, members, tells)
    if (repeated !== null && repeated > added(raising)) {
      const from = members.map(({ id }) => ({ id, evidence: [] }))
      pooled.push({ rule: own.rule, axis: own.axis, hundredths: repeated, from, because: 'The referrals linked here.' })
      continue
    }
    const all = allCalm ? Math.max(...calming.map(({ points }) => points)) : added(raising)
    const others = Math.trunc(((all - own.points) * (1000 - tells)) / 1000)
    pooled.push({
      rule: own.rule,
      axis: own.axis,
      hundredths: own.points + others,
      from: speaking.map(({ id, line }) => ({ id, evidence: line.spoken.evidence })),
      because:
        members.length > 1 && others !== 0
          ? `${own.points} by the referral that says most, ${others} by what the others add.`
          : null,
    })
  }
  return saturated(pooled, weights, tells)
}

/** From here on a link is as good as the same account. */
const surely: Thousandths = 990

/** Linked referrals are repeated reports, counted by how sure each link is; null for any other factor. */
function repeats({ rule, axis }: Line, members: readonly PoolMember[], tells: Thousandths): Hundredths | null {
  if (rule.factor !== 'repeatReports' || rule.type !== 'number') return null
  const counted = members.reduce(
    (sum, { link }) => sum + (link >= surely ? link : Math.trunc((link * (1000 - tells)) / 1000)),
    0,
  )
  const others = Math.trunc(counted / 1000) - 1
  return others < 1 ? null : (reachedStep(rule, others)?.points[axis] ?? 0)
}

/** What one referral says, weighed by its link: towards zero, so that a link that is not sure never adds. */
interface Said {
  readonly id: string
  readonly line: Line
  readonly points: Hundredths
}

const added = (strongestFirst: readonly Said[]): Hundredths =>
  strongestFirst.reduce((sum, { points }, at) => sum + Math.trunc(points / 2 ** Math.min(at, 30)), 0)

/** As in one referral: facts of one type share a cap, up to half as high again when several referrals speak. */
function saturated(pooled: readonly PooledLine[], weights: WeightSet, tells: Thousandths): PooledLine[] {
  const given = [...pooled]
  for (const group of weights.groups) {
    for (const axis of axes) {
      const own = pooled
        .map((line, index) => ({ line, index }))
        .filter(({ line }) => line.rule.group === group.group && line.axis === axis && line.hundredths > 0)
        .sort((a, b) => b.line.hundredths - a.line.hundredths || a.index - b.index)
      const several = new Set(own.flatMap(({ line }) => line.from.map(({ id }) => id))).size > 1
      let left = Math.trunc(((group.caps[axis] ?? 0) * (several ? 3000 - tells : 2000)) / 2000)
      for (const { line, index } of own) {
        const counted = Math.min(line.hundredths, left)
        left -= counted
        if (counted === line.hundredths) continue
        const because = `Saturation: evidence of the type "${group.group}" counts up to its cap only.`
        given[index] = { ...line, hundredths: counted, because }
      }
    }
  }
  return given
}
