import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { testLogs } from '@tandem/testkit'
import { LogFolder, Sequencer } from '@tandem/work'
import { diskAt } from '../../cell/boot/src/ledger/disk.ts'
import { openBenchCell } from '../cell.ts'

/** Entries a second on disk, beside bare commits of the same bytes on the same server: eight clients each way. */
const CLIENTS = 8
const SECONDS = 6

const row = (what: string, figure: string, beside: string): void =>
  console.log(`${what.padEnd(62)}${figure.padStart(14)}   ${beside}`)
const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')} /s`

/** How many of these are done in a second by all clients together, after a second of warming up. */
async function rate(one: (client: number) => Promise<number>): Promise<number> {
  const run = async (seconds: number): Promise<number> => {
    const until = performance.now() + 1000 * seconds
    const begun = performance.now()
    const done = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        let sum = 0
        while (performance.now() < until) sum += await one(client)
        return sum
      }),
    )
    return (1000 * done.reduce((a, b) => a + b, 0)) / (performance.now() - begun)
  }
  await run(1)
  return run(SECONDS)
}

const bench = await openBenchCell()
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-log-'))
try {
  const { founded, superuser } = bench
  const { store } = bench.cell
  const session = await founded.session(founded.national.triageAnalyst)
  await superuser.query('CREATE TABLE public.raw (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bytes bytea)')
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => bench.connect()))
  const bytes = Buffer.alloc(900, 7)
  const raw = await rate(async (client) => {
    await clients[client]?.query({ name: 'raw', text: 'INSERT INTO public.raw (bytes) VALUES ($1)', values: [bytes] })
    return 1
  })
  row('peer: bare INSERT of 900 bytes, one a commit', perSecond(raw), 'fsync on')
  const write = (entries: number) => () =>
    store.within(session, async (tx) => {
      for (let at = 0; at < entries; at++) tx.record('bench.act', { at })
      return entries
    })
  const single = await rate(write(1))
  row('whole business transaction, one entry', perSecond(single), `${(single / raw).toFixed(2)} of bare commits`)
  const many = await rate(write(100))
  row('entries, a hundred a transaction', perSecond(many), `${(many / raw).toFixed(1)} times bare commits`)

  const logs = testLogs(founded)
  for (const { agency, name, origin } of logs)
    await store.log((run) => run('log/add', { cell_id: founded.cell, agency_id: agency, name, origin }))
  const sequencer = new Sequencer({
    store,
    logs,
    folderOf: ({ name }) => new LogFolder(diskAt(join(folder, name))),
    everyMilliseconds: 1_000,
  })
  for (const { name } of logs) await diskAt(folder).makeFolder(name)
  const begun = performance.now()
  await sequencer.turn()
  const waited = (performance.now() - begun) / 1000
  const { rows } = await superuser.query<{ size: number }>('SELECT max(size)::int AS size FROM ledger.log')
  const size = rows[0]?.size ?? 0
  if (size < single) throw new Error(`only ${size} entries were sequenced`)
  row(
    `sequencer: ${size.toLocaleString('en')} waiting entries placed, tiled, signed, cosigned`,
    perSecond(size / waited),
    `${(size / waited / raw).toFixed(1)} times bare commits`,
  )

  sequencer.start()
  const beside = await rate(write(1))
  await sequencer.stop()
  row(
    'whole business transaction, the sequencer at work beside it',
    perSecond(beside),
    `${(beside / single).toFixed(2)} of the same without`,
  )
  await sequencer.turn()
  const left = sequencer.standing().reduce((sum, { waiting }) => sum + waiting, 0)
  row('entries without a place at the end', String(left), `load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
}
