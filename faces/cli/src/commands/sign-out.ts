import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { cellOptions, folderOf, signedIn } from '../place.ts'
import { dropToken } from '../stored-session.ts'

export default command({
  summary: 'Ends the session, in the cell and here.',
  args: cellOptions,
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const ended = await client.value.call(routes.signOut, { body: {} })
    // A session that the cell no longer knows is over all the same.
    if (ended.ok || ended.error.code === 'TANDEM-AUTH-001') dropToken(folderOf(args), client.value.server)
    else return output.fail(ended.error)
    if (output.json) output.object({ signedOut: true })
    else output.line(`Signed out of ${client.value.server}.`)
    return exitCodes.done
  },
})
