import { evaluate, link } from '@tandem/linkage'
import { type KnownTruth, knownTruths } from '../../engines/linkage/test/known-truth.ts'
import { benchCasework } from './casework.ts'
import { benchGraph } from './graph.ts'
import { benchLive } from './live.ts'
import { benchMillion, benchScoring } from './million.ts'

/**
 * One of the sets, or `casework`, `scoring`, `graph`, `million`, `live`; all of them without a name. Linkage of published sets with a known truth, each at its own bar and without labels. Beside it stands what other tools
 * reached on the same sets when they were measured for the design: Splink 4, its best threshold read against the truth.
 */
const peers: Readonly<Record<keyof typeof knownTruths, readonly [number, number, number, number]>> = {
  // Aim for pairs and B-cubed, then Splink's best over all thresholds.
  'Febrl 3': [0.9988, 0.9993, 0.9979, 0.9988],
  'Febrl 4': [0.9997, 0.9997, 0.9995, 0.9997],
  'fake 1000': [0.935, 0.95, 0.922, 0.94],
  'historical 50k': [0.86, 0.88, 0.832, 0.867],
}

const asked = process.argv.slice(2).join(' ')
const isName = (name: string): name is keyof typeof knownTruths => name in knownTruths
const four = (value: number): string => value.toFixed(4)

const isMeant = (name: string): boolean => asked === '' || asked === name
if (asked === '' || isName(asked)) {
  console.log(
    '                  pairs F1 (aim, Splink)        B3 (aim, Splink)         precision  largest  bar   CPU s',
  )
  for (const name of Object.keys(knownTruths).filter(isName)) if (isMeant(name)) show(name, knownTruths[name]())
}
if (isMeant('casework')) benchCasework()
if (isMeant('scoring')) benchScoring()
if (isMeant('graph')) benchGraph()
if (isMeant('million')) benchMillion(1_000_000)
if (isMeant('live')) benchLive(1_000_000)

function show(name: keyof typeof knownTruths, { table, truth }: KnownTruth): void {
  const before = process.cpuUsage()
  const linked = link(table)
  const { user, system } = process.cpuUsage(before)
  const { pairs, bCubed, largest, largestTrue } = evaluate(linked.clusters, truth)
  const [aimPairs, aimCubed, peerPairs, peerCubed] = peers[name]
  const met = pairs.f1 >= aimPairs && bCubed.f1 >= aimCubed && pairs.precision >= 0.97 && largest <= 2 * largestTrue
  console.log(
    `${name.padEnd(16)} ${four(pairs.f1)} (${four(aimPairs)}, ${four(peerPairs)})  ${four(bCubed.f1)} (${four(aimCubed)}, ${four(peerCubed)})` +
      `  ${four(pairs.precision)}  ${String(largest).padStart(3)}/${largestTrue}  ${String(linked.bar).padStart(3)}  ${((user + system) / 1e6).toFixed(1).padStart(6)}  ${met ? 'met' : 'MISSED'}`,
  )
  const steps = linked.calibration.steps.filter(
    ({ weight, pairs: seen }) => seen >= 50 && Math.abs(weight - linked.bar) <= 4,
  )
  console.log(
    `${''.padEnd(16)} right, as the witnesses say: ${steps.map(({ weight, right }) => `${weight}: ${right.toFixed(2)}`).join('  ')}`,
  )
}
