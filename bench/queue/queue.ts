import { loadavg } from 'node:os'
import { openBenchCell } from '../cell.ts'
import { rounded, secondsOf, type Timing, table, timeEach } from '../figures.ts'
import { processorSeconds } from '../processor-time.ts'
import { desk } from './desk.ts'
import { fill } from './fill.ts'

/** Opening the queue and one referral among very many, beside bare SELECTs of the same rows in the same run. */
const size = Number(process.argv[2] ?? 100_000)

const bench = await openBenchCell()
try {
  const load = loadavg()[0] ?? 0
  const seconds = await secondsOf(() => fill(bench, size))
  const { queue, drawn, show, slice } = await desk(bench)
  const { rows: ids } = await bench.superuser.query<{ id: string }>(
    'SELECT referral_id AS id FROM tandem.referral ORDER BY random() LIMIT 300',
  )
  const idAt = (index: number): string => ids[index % ids.length]?.id ?? ''
  const { agency } = bench.founded.national
  const { operation } = bench.founded.national.desk
  const bareQueue = {
    name: 'bare queue',
    text: `SELECT * FROM tandem.triage_item WHERE agency_id = $1 AND operation_id = $2 AND state IN ('open', 'taken', 'held')
            ORDER BY effective_priority, act_by, -child_urgency, -offender_danger, received_at, referral_id LIMIT 200`,
    values: [agency, operation],
  }
  const bareOne = (id: string) => ({
    name: 'bare one',
    text: 'SELECT * FROM tandem.referral WHERE agency_id = $1 AND referral_id = $2',
    values: [agency, id],
  })
  const bareDrawn = {
    name: 'bare drawn',
    text: `SELECT * FROM tandem.triage_item WHERE agency_id = $1 AND operation_id = $2 AND by_lot
              AND state IN ('open', 'taken', 'held')
            ORDER BY effective_priority, act_by, -child_urgency, -offender_danger, received_at, referral_id LIMIT 200`,
    values: [agency, operation],
  }
  const bareCounts = {
    name: 'bare counts',
    text: 'SELECT by_lot, state, count(*) FROM tandem.triage_item WHERE agency_id = $1 AND operation_id = $2 GROUP BY 1, 2',
    values: [agency, operation],
  }
  await timeEach(20, queue)
  await timeEach(20, drawn)
  await timeEach(20, (index) => show(idAt(index)))
  const costs: string[] = []
  /** Timed, and what it costs: a busy machine changes how long a call takes, but hardly its processor time. */
  const timed = async (name: string, count: number, work: (index: number) => Promise<unknown>): Promise<Timing> => {
    const from = processorSeconds()
    const timing = await timeEach(count, work)
    const to = processorSeconds()
    if (from !== null && to !== null) {
      const each = (seconds: number): string => rounded((seconds * 1000) / count, 2)
      costs.push(`${name} ${each(to.own - from.own)} ms here, ${each(to.started - from.started)} ms in the database`)
    }
    return timing
  }
  const measured: readonly (readonly [string, Timing, Timing])[] = [
    [
      'queue, first 200',
      await timed('queue', 200, queue),
      await timed('bare queue', 200, () => bench.superuser.query(bareQueue)),
    ],
    [
      'drawn by lot, first 200',
      await timed('drawn', 100, drawn),
      await timed('bare drawn', 100, () => bench.superuser.query(bareDrawn)),
    ],
    [
      'what became of the slice',
      await timed('slice', 20, slice),
      await timed('bare counts', 20, () => bench.superuser.query(bareCounts)),
    ],
    [
      'one referral',
      await timed('referral', 300, (index) => show(idAt(index))),
      await timed('bare referral', 300, (index) => bench.superuser.query(bareOne(idAt(index)))),
    ],
  ]
  console.log(
    table([
      ['milliseconds', 'p50', 'p95', 'bare SELECT p50', 'p95', 'ratio of p50'],
      ...measured.map(([name, ours, bare]) => [
        name,
        rounded(ours.p50),
        rounded(ours.p95),
        rounded(bare.p50, 2),
        rounded(bare.p95, 2),
        rounded(ours.p50 / bare.p50),
      ]),
    ]),
  )
  console.log(`processor time a call: ${costs.join('; ')}`)
  const { rows } = await bench.superuser.query<{ count: string }>('SELECT count(*) FROM tandem.triage_item')
  console.log(`${rows[0]?.count} referrals on the desk, made in ${rounded(seconds, 0)} s; ${bench.cell.database}`)
  console.log(`load of the machine before: ${rounded(load)}`)
} finally {
  await bench.close()
}
