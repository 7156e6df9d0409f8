import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'Cancels an authority. Work under it stops at once, automatic work too.',
  args: {
    authority: { type: 'positional', required: true, description: 'its id, from: tandem authority list' },
    reason: { type: 'string', required: true, description: 'why' },
    ...cellOptions,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const cancelled = await client.value.call(routes.cancelAuthority, {
      params: { id: args.authority },
      body: { reason: args.reason },
    })
    if (!cancelled.ok) return output.fail(cancelled.error)
    if (output.json) output.object(cancelled.value)
    else output.line(`Cancelled at ${instantWords(cancelled.value.cancelledAt)}.`)
    return exitCodes.done
  },
})
