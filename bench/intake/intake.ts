import { loadavg } from 'node:os'
import { worldBatches, worldReferrals } from '@tandem/testkit'
import { receiveDelivery } from '@tandem/work'
import { type BenchCell, openBenchCell, streamOf } from '../cell.ts'
import { atOnce, rounded, secondsOf, table } from '../figures.ts'
import { type ProcessorTime, processorSeconds } from '../processor-time.ts'

/**
 * Durable referrals a second, end to end: receipt on disk, read, matched, folded, ranked. The same payload bytes go by
 * bare INSERT into one table of the same server in the same run, so that the ratio holds on any machine.
 */
const singles = Number(process.argv[2] ?? 600)
const batched = Number(process.argv[3] ?? 4000)
const SENDERS = 8
const BATCH = 100

const bench = await openBenchCell()
try {
  bench.worker.start()
  const load = loadavg()[0] ?? 0
  await bench.superuser.query('CREATE TABLE public.bare (number bigserial PRIMARY KEY, payload bytea NOT NULL)')
  const one = [...worldReferrals({ seed: 'bench intake', count: singles })]
  const many = [...worldBatches({ seed: 'bench batches', count: batched, size: BATCH })]
  // A first one warms connections, plans and the reading process up.
  await deliverAll(bench, [...worldReferrals({ seed: 'warm', count: 40 })], 4)
  const begun = processorSeconds()
  const single = one.length / (await secondsOf(() => deliverAll(bench, one, SENDERS)))
  const between = processorSeconds()
  const bareSingle = one.length / (await secondsOf(() => insertEach(bench, one)))
  const before = processorSeconds()
  const batches = batched / (await secondsOf(() => deliverAll(bench, many, 2)))
  const after = processorSeconds()
  const bareBatches = batched / (await secondsOf(() => insertBatches(bench, many)))
  const { rows } = await bench.superuser.query<{ state: string; count: string }>(
    'SELECT state, count(*) FROM tandem.triage_item GROUP BY 1 ORDER BY 1',
  )
  console.log(
    table([
      ['referrals a second', 'end to end', 'bare INSERT', 'ratio'],
      [`single, ${SENDERS} senders`, rounded(single), rounded(bareSingle), rounded(single / bareSingle, 3)],
      [`in batches of ${BATCH}`, rounded(batches), rounded(bareBatches), rounded(batches / bareBatches, 3)],
    ]),
  )
  console.log(`fsync, synchronous_commit and full_page_writes are on; ${bench.cell.database}`)
  console.log(`on the desk: ${rows.map(({ state, count }) => `${count} ${state}`).join(', ')}`)
  sayCost('single', begun, between, one.length)
  sayCost('in batches', before, after, batched)
  console.log(`load of the machine before: ${rounded(load)}`)
  if (bench.problems.length > 0) console.log(`tried again: ${bench.problems.length}, first: ${bench.problems[0]}`)
} finally {
  await bench.close()
}

/** What a referral costs, which a busy machine changes less than how long it takes. */
function sayCost(how: string, from: ProcessorTime | null, to: ProcessorTime | null, referrals: number): void {
  if (from === null || to === null) return
  const each = (seconds: number): string => rounded((seconds * 1000) / referrals, 2)
  const [own, started] = [each(to.own - from.own), each(to.started - from.started)]
  console.log(`processor time a referral, ${how}: ${own} ms here, ${started} ms in database and readers`)
}

interface File {
  readonly senderName: string
  readonly bytes: Uint8Array
}

/** Sends every file and waits until the last one is read and ranked. */
async function deliverAll(
  { cell, founded, worker, senderOf }: BenchCell,
  files: readonly File[],
  width: number,
): Promise<void> {
  for (const name of new Set(files.map(({ senderName }) => senderName))) await senderOf(name)
  await atOnce(width, [...files.entries()], async ([index, { bytes, senderName }]) => {
    const sender = await senderOf(senderName)
    const idempotencyKey = `${performance.now()} ${index}`
    const { command } = founded.national.lanes
    await receiveDelivery(cell, { lane: command, sender, idempotencyKey, name: 'bench' }, streamOf(bytes))
    worker.nudge()
  })
  await worker.idle()
}

async function insertEach({ connect }: BenchCell, files: readonly File[]): Promise<void> {
  const clients = await Promise.all(Array.from({ length: SENDERS }, connect))
  await atOnce(SENDERS, files, async ({ bytes }, slot) => {
    await clients[slot]?.query({ name: 'bare', text: 'INSERT INTO public.bare (payload) VALUES ($1)', values: [bytes] })
  })
}

/** One statement and one commit a batch; each row takes its share of the bytes. */
async function insertBatches({ connect }: BenchCell, files: readonly File[]): Promise<void> {
  const clients = await Promise.all([connect(), connect()])
  await atOnce(2, files, async ({ bytes }, slot) => {
    const share = Math.ceil(bytes.length / BATCH)
    const rows = Array.from({ length: BATCH }, (_, at) => Buffer.from(bytes.subarray(at * share, (at + 1) * share)))
    const text = 'INSERT INTO public.bare (payload) SELECT * FROM unnest($1::bytea[])'
    await clients[slot]?.query({ name: 'bare batch', text, values: [rows] })
  })
}
