import {
  mostFindable,
  type Outcome,
  type Policy,
  policies,
  prepare,
  referralStream,
  scale,
  simulate,
} from '@tandem/testkit/referral-stream'
import { rounded, table } from '../figures.ts'

/** How often one look at one referral shows a danger that is there, in thousandths: the whole range, since nobody knows. */
const tells = [200, 350, 500, 650, 800, 1000]
/** What a further referral of the same person costs in the same look, in thousandths of the first. */
const costs = [100, 300, 1000]
const base: Policy = 'log-odds, single'
const ours: Policy = 'log-odds, linked'

type Key = `${number} ${number} ${Policy}`

/** Beside the main comparison, which is made everywhere: what takes long stands at two points, unless the whole is asked for. */
const points = new Set([350, 1000])

/** Persons whose harm is near, found before it, by policy: on seeds that were never looked at while the rules were made. */
export function order(seeds: number, whole: boolean): void {
  const results = new Map<Key, Outcome[]>()
  const findable = tells.map((): number[] => [])
  const keep = (cost: number, tell: number, policy: Policy, outcome: Outcome): void => {
    const key: Key = `${cost} ${tell} ${policy}`
    results.set(key, [...(results.get(key) ?? []), outcome])
  }
  for (let seed = 1; seed <= seeds; seed++) {
    const prepared = prepare(referralStream(`judge ${seed}`))
    for (const [at, tell] of tells.entries()) {
      findable[at]?.push(mostFindable(prepared.stream, { tells: tell, furtherCost: 0 }))
      for (const policy of policies) {
        if (!whole && policy === 'log-odds, true links' && !points.has(tell)) continue
        if (!whole && policy === 'log-odds, linked by any value') continue
        keep(100, tell, policy, simulate(prepared, policy, { tells: tell, furtherCost: 100 }))
      }
      for (const cost of costs.slice(1)) {
        if (whole || points.has(tell))
          keep(cost, tell, ours, simulate(prepared, ours, { tells: tell, furtherCost: cost }))
      }
    }
    console.error(`seed ${seed} of ${seeds}`)
  }
  const of = (cost: number, tell: number, policy: Policy): Outcome[] => results.get(`${cost} ${tell} ${policy}`) ?? []
  console.log(
    `${scale.days} days, ${seeds} seeds ("judge 1" and on), medians. Exigent persons found before their harm:`,
  )
  const given = policies.filter((policy) => of(100, 350, policy).length > 0)
  const shown = (policy: Policy) => [
    policy,
    ...tells.map((tell) => {
      const own = of(100, tell, policy)
      return own.length === 0 ? '' : rounded(median(own.map(({ exigent }) => exigent)), 3)
    }),
  ]
  const known = ['known beforehand, looks without end', ...findable.map((own) => rounded(median(own), 3))]
  console.log(table([['one look tells', ...tells.map((tell) => rounded(tell / 1000, 2))], ...given.map(shown), known]))
  console.log(
    `\n"${ours}" against "${base}": ratio of medians (aim 1.35 at 0.35, nowhere below 1), and seeds where it found no fewer`,
  )
  const rows = costs.map((cost) => [
    `a further referral costs ${cost / 1000}`,
    ...tells.map((tell) => {
      const [mine, theirs] = [of(cost, tell, ours), of(100, tell, base)]
      if (mine.length === 0) return ''
      const ratio = median(mine.map(({ exigent }) => exigent)) / median(theirs.map(({ exigent }) => exigent))
      const wins = mine.filter(({ exigent }, at) => exigent >= (theirs[at]?.exigent ?? 0)).length
      return `${rounded(ratio, 2)} (${wins})`
    }),
  ])
  console.log(table([['one look tells', ...tells.map((tell) => rounded(tell / 1000, 2))], ...rows]))
  console.log('\nAt 0.35: all dangerous found, found a look, looks, largest cluster')
  console.log(
    table([
      ['', 'dangerous', 'a look', 'looks', 'largest'],
      ...given.map((policy) => {
        const own = of(100, 350, policy)
        return [
          policy,
          rounded(median(own.map(({ dangerous }) => dangerous)), 3),
          rounded(median(own.map(({ precision }) => precision)), 3),
          rounded(median(own.map(({ looks }) => looks)), 0),
          rounded(median(own.map(({ largest }) => largest)), 0),
        ]
      }),
    ]),
  )
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
