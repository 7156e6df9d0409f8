import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'The register: what may be done, under which law, until when.',
  args: { ...cellOptions, all: { type: 'boolean', description: 'expired and cancelled ones too' } },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.allAuthorities)
    if (!answer.ok) return output.fail(answer.error)
    const rows = answer.value.authorities.filter(
      ({ state }) => args.all === true || state === 'in force' || state === 'future',
    )
    if (output.json) {
      for (const authority of rows) output.object(authority)
      return exitCodes.done
    }
    output.table(rows, [
      { title: 'STATE', value: ({ state }) => state, paint: ({ state }) => (state === 'in force' ? 'green' : 'dim') },
      { title: 'UNTIL', value: ({ expiresAt, cancelledAt }) => instantWords(cancelledAt ?? expiresAt) },
      { title: 'LAW', value: ({ act, section }) => `${act} ${section}` },
      { title: 'KIND', value: ({ kind }) => kind },
      { title: 'OPERATION', value: ({ operation }) => operation.name },
      { title: 'LANES', value: ({ lanes }) => lanes.map(({ name }) => name).join(', ') },
      { title: 'ID', value: ({ id }) => id },
    ])
    return exitCodes.done
  },
})
