import { dumpReaders, type Reader, readers } from '@tandem/formats'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'

interface Row {
  readonly id: string
  readonly title: string
  readonly known: 'by its content' | 'when --format says so'
  readonly size: 'any size' | 'up to 64 MiB'
}

const rowOf =
  (known: Row['known']) =>
  ({ id, title, stream }: Reader): Row => ({
    id,
    title,
    known,
    size: stream === undefined ? 'up to 64 MiB' : 'any size',
  })

export default command({
  summary: 'Lists the formats that are read, and how each is recognised.',
  args: {},
  async run(_, output) {
    const rows = [...readers.map(rowOf('by its content')), ...dumpReaders.map(rowOf('when --format says so'))]
    if (output.json) for (const row of rows) output.object(row)
    else {
      output.table(rows, [
        { title: 'Format', value: ({ id }) => id },
        { title: 'Recognised', value: ({ known }) => known },
        { title: 'Read', value: ({ size }) => size },
        { title: 'What it is', value: ({ title }) => title },
      ])
    }
    return exitCodes.done
  },
})
