import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'Hash lists with their versions, accounts and hits.',
  args: { ...cellOptions, all: { type: 'boolean', description: 'replaced and withdrawn versions too' } },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.allLists)
    if (!answer.ok) return output.fail(answer.error)
    const { lists } = answer.value
    if (output.json) {
      for (const list of lists) output.object(list)
      return exitCodes.done
    }
    const rows = lists.flatMap((list) =>
      list.versions
        .filter(({ state }) => args.all === true || state === 'current')
        .map((version) => ({ list, version })),
    )
    output.table(rows, [
      { title: 'LIST', value: ({ list }) => list.name },
      { title: 'PUBLISHER', value: ({ list }) => list.publisher },
      { title: 'VERSION', value: ({ version }) => version.version, right: true },
      { title: 'STATE', value: ({ version }) => version.state },
      { title: 'FORMAT', value: ({ version }) => version.format },
      { title: 'ACCEPTED', value: ({ version }) => version.accepted, right: true },
      { title: 'REMARKED', value: ({ version }) => version.remarked, right: true },
      { title: 'SET ASIDE', value: ({ version }) => version.setAside, right: true },
      { title: 'CHANGES', value: ({ version }) => version.changes.length, right: true },
      { title: 'HITS', value: ({ version }) => version.hits, right: true },
      { title: 'LOADED', value: ({ version }) => instantWords(version.loadedAt) },
      { title: 'BY', value: ({ version }) => version.loadedBy },
    ])
    return exitCodes.done
  },
})
