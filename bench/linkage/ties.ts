import { createHash } from 'node:crypto'
import { loadavg } from 'node:os'
import { writeUkCseaIrp } from '@tandem/formats'
import { worldBatches } from '@tandem/testkit'
import { handlers, receiveDelivery } from '@tandem/work'
import { type BenchCell, openBenchCell, streamOf } from '../cell.ts'
import { rounded, table } from '../figures.ts'

const REFERRALS = 2_000
const LOOKS = 200

/**
 * Pages and charts of subjects with their ties, in a cell that holds a generated flow and one ring: a person of 200
 * referrals who shares five files with 49 others.
 */
export async function benchTies(): Promise<void> {
  const bench = await openBenchCell()
  try {
    bench.worker.start()
    for (const { bytes, senderName } of worldBatches({ seed: 'bench ties', count: REFERRALS, size: 100 }))
      await deliver(bench, bytes, senderName)
    const { rows } = await bench.superuser.query<{ subject_id: string }>(
      `SELECT subject_id FROM tandem.appearance WHERE role = 'reported' GROUP BY 1 ORDER BY subject_id LIMIT $1`,
      [LOOKS],
    )
    const flow = rows.map(({ subject_id }) => subject_id)
    await deliver(bench, ring(), 'ring')
    const { rows: held } = await bench.superuser.query<{ subject_id: string }>(
      `SELECT subject_id FROM tandem.appearance GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    )
    const { rows: kept } = await bench.superuser.query(
      `SELECT (SELECT count(*) FROM tandem.appearance)::integer AS appearances,
              (SELECT count(*) FROM tandem.tie_value)::integer AS values, (SELECT count(*) FROM tandem.tie_contact)::integer AS contacts`,
    )
    const most = held.map(({ subject_id }) => subject_id)
    console.log(
      table([
        ['subjects', 'ties', 'page p50, p95 ms', 'chart p50, p95 ms'],
        [`${flow.length} of the flow`, ...(await look(bench, flow))],
        ['one of 200 referrals, in a ring', ...(await look(bench, [...most, ...most, ...most]))],
      ]),
    )
    console.log(`kept: ${JSON.stringify(kept[0])}; load of the machine: ${rounded(loadavg()[0] ?? 0)}`)
    if (bench.problems.length > 0) console.log(`tried again: ${bench.problems.length}, first: ${bench.problems[0]}`)
  } finally {
    await bench.close()
  }
}

async function deliver({ cell, founded, worker, senderOf }: BenchCell, bytes: Uint8Array, name: string): Promise<void> {
  const { command } = founded.national.lanes
  const idempotencyKey = `${name} ${performance.now()}`
  await receiveDelivery(
    cell,
    { lane: command, sender: await senderOf(name), idempotencyKey, name: 'bench' },
    streamOf(bytes),
  )
  worker.nudge()
  await worker.idle()
}

async function look(bench: BenchCell, subjects: readonly string[]): Promise<string[]> {
  const caller = await bench.as(bench.founded.national.triageAnalyst)
  const [pages, charts]: [number[], number[]] = [[], []]
  let ties = 0
  for (const id of subjects) {
    const begun = performance.now()
    const given = { params: { id }, query: undefined, body: undefined, stream: streamOf(new Uint8Array()) }
    ties += (await handlers.showSubject(bench.cell, caller, given)).ties.ties.length
    const between = performance.now()
    const params = { kind: 'subject' as const, id }
    await handlers.chartAround(bench.cell, caller, { ...given, params, query: { limit: 200 } })
    pages.push(between - begun)
    charts.push(performance.now() - between)
  }
  return [String(ties), percentiles(pages), percentiles(charts)]
}

function percentiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): string => rounded(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return `${at(0.5)}, ${at(0.95)}`
}

/** Invented. */
function ring(): Uint8Array {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const files = [1, 2, 3, 4, 5].map((each) => ({
    hashes: [{ algorithm: 'sha256' as const, value: sha256(`ring ${each}`) }],
  }))
  const report = (username: string, number: number) => ({
    urn: `BENCH-RING-${number}`,
    provider: { name: 'Test Provider', platform: 'Testgram' },
    priority: { level: 'P3' as const, reason: 'as stated' },
    detectedAt: '2026-05-04T09:00:00Z',
    contentSender: { role: 'reported' as const, username },
    content: [{ type: 'imagery' as const, files }],
  })
  return writeUkCseaIrp(
    [
      ...Array.from({ length: 200 }, (_, at) => report('ring.middle', at)),
      ...Array.from({ length: 49 }, (_, at) => report(`ring.other.${at}`, 200 + at)),
    ],
    'synthetic',
  )
}
