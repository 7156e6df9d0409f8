import { columnOfCells, type LinkEvent, Live, linkColumns, Subjects } from '@tandem/linkage'
import { people } from './million.ts'

/**
 * A new record into versioned subjects with `held` records held: compared, clustered, told as a version. The model is
 * learned from part of them, as a cell would learn from what it has.
 */
export async function benchLive(held: number, news = 2000): Promise<void> {
  const { fields, columns } = people(held + news, 7)
  const sample = Math.min(held, 250_000)
  const learnedColumns = fields.map((field, at) => columnOfCells(field, (columns[at] ?? []).slice(0, sample)))
  const { model, rules } = await linkColumns(learnedColumns, sample)
  const live = new Live({ name: 'people', revision: 1, columns: learnedColumns, model, rules })
  const valuesOf = (record: number): string[][] =>
    columns.map((column) => (column[record] === '' ? [] : [column[record] ?? '']))
  const log: LinkEvent[] = []
  for (let record = 0; record < held; record++) {
    live.hold(`r${record}`, valuesOf(record))
    log.push({ kind: 'record added', id: `a${record}`, at: record, record: `r${record}`, received: record })
  }
  const { subjects } = Subjects.open(log)
  const times: number[] = []
  const cpu: number[] = []
  let joined = 0
  for (let record = held; record < held + news; record++) {
    const arrival = { record: `r${record}`, at: record, values: valuesOf(record) }
    const before = process.cpuUsage()
    const begun = performance.now()
    live.add(arrival, subjects)
    times.push(performance.now() - begun)
    const { user, system } = process.cpuUsage(before)
    cpu.push((user + system) / 1000)
    if ((subjects.subjectOf(`r${record}`)?.records.length ?? 0) > 1) joined++
  }
  const at = (list: number[], share: number): string =>
    ([...list].sort((a, b) => a - b)[Math.floor(share * list.length)] ?? 0).toFixed(2)
  console.log(
    `\nnew record into versioned subjects, ${held} held, ${news} new (${joined} joined a subject): ` +
      `p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms; CPU p50 ${at(cpu, 0.5)} ms, p99 ${at(cpu, 0.99)} ms ` +
      '(aim p50 1, p99 10; Splink 4 pair look-up at 50,000: 239 ms)',
  )
}
