import {
  clustersAt,
  evaluate,
  gathered,
  type Inferred,
  type Linkage,
  link,
  type Table,
  tableOfCells,
} from '@tandem/linkage'
import { type KnownTruth, knownTruths } from '../../engines/linkage/test/known-truth.ts'
import { shakenScores } from '../../engines/linkage/test/shaken-beliefs.ts'
import { benchCasework } from './casework.ts'
import { benchGraph } from './graph.ts'
import { benchLive } from './live.ts'
import { benchMillion, benchScoring } from './million.ts'
import { benchTies } from './ties.ts'

/** Aims for pairs and B-cubed, then the peer's figures; null: none was set or measured. */
type Peer = readonly [number, number | null, number, number | null]

/**
 * One of the sets, or `casework`, `scoring`, `graph`, `million`, `live`, `ties`; all of them without a name. Linkage of published sets with a known truth, each at its own bar and without labels. Beside it stands what other tools
 * reached on the same sets when they were measured for the design: Splink 4, its best threshold read against the truth.
 */
const peers: Readonly<Record<keyof typeof knownTruths, Peer>> = {
  // Splink's best over all thresholds; for Senzing the rival result that comes with the set.
  'Febrl 3': [0.9988, 0.9993, 0.9979, 0.9988],
  'Febrl 4': [0.9997, 0.9997, 0.9995, 0.9997],
  'fake 1000': [0.935, 0.95, 0.922, 0.94],
  'historical 50k': [0.86, 0.88, 0.832, 0.867],
  Senzing: [0.985, null, 0.9725, null],
}

const asked = process.argv.slice(2).join(' ')
const isName = (name: string): name is keyof typeof knownTruths => name in knownTruths
const four = (value: number | null): string => value?.toFixed(4) ?? '  none'

const isMeant = (name: string): boolean => asked === '' || asked === name
if (asked === '' || isName(asked)) {
  console.log(
    '                  pairs F1 (aim, peer)          B3 (aim, peer)           precision  largest  bar   CPU s',
  )
  for (const name of Object.keys(knownTruths).filter(isName)) if (isMeant(name)) await show(name, knownTruths[name]())
}
if (isMeant('casework')) benchCasework()
if (isMeant('scoring')) await benchScoring()
if (isMeant('graph')) benchGraph()
if (isMeant('million')) await benchMillion(1_000_000)
if (isMeant('live')) await benchLive(1_000_000)
if (isMeant('ties')) await benchTies()

async function show(name: keyof typeof knownTruths, known: KnownTruth): Promise<void> {
  const { table, truth } = known
  const before = process.cpuUsage()
  const linked = await link(table)
  const { user, system } = process.cpuUsage(before)
  const { pairs, bCubed, largest, largestTrue } = evaluate(linked.clusters, truth)
  const [aimPairs, aimCubed, peerPairs, peerCubed] = peers[name]
  const met =
    pairs.f1 >= aimPairs && bCubed.f1 >= (aimCubed ?? 0) && pairs.precision >= 0.97 && largest <= 2 * largestTrue
  console.log(
    `${name.padEnd(16)} ${four(pairs.f1)} (${four(aimPairs)}, ${four(peerPairs)})  ${four(bCubed.f1)} (${four(aimCubed)}, ${four(peerCubed)})` +
      `  ${four(pairs.precision)}  ${String(largest).padStart(3)}/${largestTrue}  ${String(linked.bar).padStart(3)}  ${((user + system) / 1e6).toFixed(1).padStart(6)}  ${met ? 'met' : 'MISSED'}`,
  )
  const steps = linked.calibration.steps.filter(
    ({ weight, pairs: seen }) => seen >= 50 && Math.abs(weight - linked.bar) <= 4,
  )
  if (steps.length > 0)
    under(
      `right, as the witnesses say: ${steps.map(({ weight, right }) => `${weight}: ${right.toFixed(2)}`).join('  ')}`,
    )
  const best = bestOver(linked, truth)
  under(`F1 at its own bar over the best at any bar: ${(pairs.f1 / best).toFixed(4)} (aim 0.985)`)
  if (name === 'Senzing') {
    const scores = await shakenScores(known, 100)
    const at = (share: number): string => four(scores[Math.floor(share * scores.length)] ?? 0)
    under(
      `every belief wrong by up to a factor of two, 100 times: median ${at(0.5)}, one of ten below ${at(0.1)}, worst ${at(0)}`,
    )
  }
  const whole = withWholeNames(table)
  if (whole !== null) {
    const together = evaluate((await link(whole)).clusters, truth)
    under(
      `family and given name as one, as the command takes them: ${four(together.pairs.f1)}, ${four(together.bCubed.f1)}`,
    )
  }
}

function under(text: string): void {
  console.log(`${''.padEnd(16)} ${text}`)
}

/** Read against the truth, to know what the choice of the bar cost. */
function bestOver({ dendrogram, bar }: Linkage, truth: readonly string[]): number {
  const bars = [bar, ...Array.from({ length: 53 }, (_, step) => step - 12)]
  return Math.max(...bars.map((each) => evaluate(clustersAt(truth.length, dendrogram, each), truth).pairs.f1))
}

/** Null where the command leaves the columns as they are. */
function withWholeNames(table: Table): Table | null {
  const columns = table.fields.map((field): Inferred => ({ ...field, because: 'told' }))
  const names = table.fields.map((field) => field.name)
  const cells = gathered({ names, rows: table.records.map(({ values }) => values), columns })
  return cells.names.includes('whole name') && !names.includes('whole name') ? tableOfCells(cells) : null
}
