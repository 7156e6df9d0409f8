import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { people } from './million.ts'

/** `people.csv`, a line a record and its cells apart by commas, which no cell has; `truth.txt`, whose each record is. */
const [records = '', folder = ''] = process.argv.slice(2)
const { columns, truth } = people(Number(records))
const file = openSync(join(folder, 'people.csv'), 'w')
for (let from = 0; from < truth.length; from += 10_000) {
  const lines: string[] = []
  for (let record = from; record < Math.min(truth.length, from + 10_000); record++)
    lines.push(`${columns.map((column) => column[record] ?? '').join(',')}\n`)
  writeSync(file, lines.join(''))
}
closeSync(file)
writeFileSync(join(folder, 'truth.txt'), truth.join('\n'))
