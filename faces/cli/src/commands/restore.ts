import { restoreCell } from '@tandem/boot'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'Verifies a backup, restores it into an empty folder and compares every table with it.',
  args: {
    from: { type: 'string', valueHint: 'DIR', required: true, description: 'what "backup --to" made' },
    keys: { type: 'string', valueHint: 'DIR', required: true, description: 'what "backup --keys-to" made' },
    identity: {
      type: 'string',
      valueHint: 'FILE',
      description: 'age identity that opens the backup (default: the one among the keys)',
    },
    data: { type: 'string', valueHint: 'DIR', required: true, description: 'a new data folder' },
  },
  async run(args, output) {
    const restored = await restoreCell({
      from: args.from,
      keys: args.keys,
      ...(args.identity === undefined ? {} : { identity: args.identity }),
      data: args.data,
      progress: (what) => output.progress(what),
    })
    output.progress(null)
    if (!restored.ok) return output.fail(failure(exitCodes.refused, restored.error))
    const { name, mode, madeAt, dataFolder, tables } = restored.value
    if (output.json) {
      output.object(restored.value)
      return exitCodes.done
    }
    output.table(tables, [
      { title: 'TABLE', value: ({ table }) => table },
      { title: 'ROWS', value: ({ rows }) => rows, right: true },
      { title: 'SHA-256', value: ({ sha256 }) => sha256 },
    ])
    output.line('')
    output.line(
      `${name} (${mode}) is restored as of ${instantWords(madeAt)}; every table has the digest of the backup.`,
      'bold',
    )
    output.line(`Start it: tandem start --data ${dataFolder}`)
    return exitCodes.done
  },
})
