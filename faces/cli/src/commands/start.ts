import { findRunning, type Serving, start } from '@tandem/boot'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import type { Output } from '../output.ts'
import { dataOption, folderOf } from '../place.ts'
import { databaseOption, portOf, portOption } from '../start-options.ts'
import { stopSignal } from '../stop-signal.ts'

export default command({
  summary: 'Starts the cell of the data folder. An empty folder becomes a training cell with an example operation.',
  args: {
    ...dataOption,
    ...portOption,
    ...databaseOption,
    'ip-context': {
      type: 'string',
      valueHint: 'DIR',
      description: 'folder with Tor files and range lists (default: TANDEM_IP_CONTEXT), see tandem ip',
    },
    example: { type: 'boolean', default: true, negativeDescription: 'a training cell without the example operation' },
  },
  more: 'Ctrl-C stops cleanly; a second one at once. Everything is kept.',
  async run(args, output) {
    const port = portOf(args.port)
    if (!port.ok) return output.fail(port.error)
    const folder = folderOf(args)
    const running = await findRunning(folder)
    if (running !== null) {
      const says = `A cell runs on ${folder.root} already: ${running.url}, process ${running.pid}. Use that one, stop it, or name another folder with --data.`
      return output.fail(failure(exitCodes.refused, says))
    }
    const stop = stopSignal()
    output.progress('starting')
    const started = await start({
      data: folder.root,
      ...(port.value === undefined ? {} : { port: port.value }),
      ...(args.database === undefined ? {} : { databaseUrl: args.database }),
      ...(args['ip-context'] === undefined ? {} : { ipContext: args['ip-context'] }),
      withoutExample: args.example === false,
      tell: (line) => output.note(line),
      // A machine waits for the whole; a person may sign in while the example still comes in.
      serving: (cell) => {
        if (!output.json) announce(cell, output)
      },
      progress: (done, all, what) => output.progress(`example operation ${done}/${all} ${what}`),
    })
    output.progress(null)
    if (!started.ok) return output.fail(failure(exitCodes.refused, started.error))
    if (output.json) announce(started.value, output)
    await stop
    output.note('Stopping. Everything is kept.')
    await started.value.close()
    return exitCodes.done satisfies ExitCode
  },
})

function announce(cell: Serving, output: Output): void {
  const { url, mode, dataFolder, people, senders } = cell
  if (output.json) {
    output.object({ url, mode, dataFolder, pid: process.pid, people, senders })
    return
  }
  output.line(`The desk: ${url}`, 'bold')
  if (mode === 'training') {
    output.line('A training cell: invented people and records only. Sign in as one of them:')
    output.line('')
    output.table(people, [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'ROLE', value: ({ role }) => role },
      { title: 'AGENCY', value: ({ agency }) => agency },
      { title: 'SUBJECT', value: ({ subject }) => subject },
      { title: 'PIN', value: ({ pin }) => pin },
    ])
    output.line('')
    if (senders.length > 0) {
      output.line(`Senders, who deliver with an API key to ${url}/api/deliveries (docs/intake.md):`)
      output.table(senders, [
        { title: 'SENDER', value: ({ sender }) => sender },
        { title: 'TO', value: ({ agency }) => agency },
        { title: 'API KEY', value: ({ key }) => key },
      ])
      output.line('')
    }
  } else {
    output.line(
      'An agency whose keys are sealed is opened by its officers: tandem unseal --agency NAME (tandem keys show)',
    )
  }
  output.line(`Data in ${dataFolder}. Ctrl-C stops; everything is kept.`)
}
