import { findRunning } from '@tandem/boot/attach'
import { routes } from '@tandem/contract'
import { Client } from '../client.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { cellOptions, folderOf, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'What runs on the data folder; with a session also its checks and counts.',
  args: cellOptions,
  async run(args, output) {
    const folder = folderOf(args)
    const running = args.server === undefined ? await findRunning(folder) : null
    const server = args.server ?? running?.url
    if (server === undefined)
      return output.fail(failure(exitCodes.unreachable, `No cell runs on ${folder.root}. Start it: tandem start`))
    const alive = await new Client(server, null).call(routes.alive)
    if (!alive.ok) return output.fail(alive.error)
    const client = await signedIn(args)
    const health = client.ok ? await client.value.call(routes.health) : null
    const isGood = alive.value.database
    if (output.json) {
      output.object({ server, ...alive.value, cell: running, health: health?.ok === true ? health.value : null })
      return isGood ? exitCodes.done : exitCodes.refused
    }
    if (running !== null) {
      output.line(
        `${running.name} (${running.mode}), ${running.url}, process ${running.pid}, since ${instantWords(running.startedAt)}`,
      )
      output.line(`${running.database}; data in ${running.dataFolder}; Tandem ${running.version}`)
    }
    output.line(
      isGood ? 'The cell answers and so does its database.' : 'The cell answers, but its database does not.',
      isGood ? 'plain' : 'red',
    )
    if (health?.ok !== true) {
      output.note('Sign in to see its checks and counts: tandem sign-in')
      return isGood ? exitCodes.done : exitCodes.refused
    }
    output.table(health.value.checks, [
      {
        title: 'STATE',
        value: ({ state }) => state,
        paint: ({ state }) => (state === 'bad' ? 'red' : state === 'warning' ? 'yellow' : 'green'),
      },
      { title: 'CHECK', value: ({ name }) => name },
      { title: 'SAYS', value: ({ says, remedy }) => (remedy === undefined ? says : `${says} ${remedy}`) },
    ])
    output.line('')
    output.table(health.value.counts, [
      { title: 'AGENCY', value: ({ agency }) => agency },
      { title: 'WHAT', value: ({ what }) => what },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'COUNT', value: ({ howMany }) => howMany, right: true },
    ])
    return isGood ? exitCodes.done : exitCodes.refused
  },
})
