import { routes } from '@tandem/contract'
import { ask } from '../ask.ts'
import { Client } from '../client.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { trainingToken } from '../open-id-walk.ts'
import { cellOptions, folderOf, serverOf } from '../place.ts'
import { storeToken } from '../stored-session.ts'

export default command({
  summary: 'Signs in to a training cell as one of its people and keeps the session for the next commands.',
  args: {
    ...cellOptions,
    as: { type: 'string', valueHint: 'SUBJECT', description: 'who, as in the table that "tandem start" prints' },
    pin: { type: 'string', description: 'the PIN (better typed when asked, or set as TANDEM_PIN)' },
  },
  more: `A live cell is signed in to at its own OpenID provider: set TANDEM_TOKEN to the session there.
The session is kept in the data folder, readable by you alone, one a server.`,
  async run(args, output) {
    const server = await serverOf(args)
    if (!server.ok) return output.fail(server.error)
    if (args.as === undefined) return output.fail(usageFailure('Say who: --as SUBJECT.'))
    const pin = args.pin ?? process.env['TANDEM_PIN'] ?? (await ask('PIN: '))
    if (pin === null) return output.fail(usageFailure('Give the PIN: --pin PIN, or TANDEM_PIN.'))
    const token = await trainingToken(server.value, args.as, pin)
    if (!token.ok) return output.fail(token.error)
    const standing = await new Client(server.value, token.value).call(routes.standing)
    if (!standing.ok) return output.fail(standing.error)
    storeToken(folderOf(args), server.value, token.value, args.as)
    const { person, agency, authority, purpose } = standing.value
    if (output.json) output.object({ server: server.value, person, agency, authority, purpose })
    else {
      output.line(`Signed in to ${server.value} as ${person.name}, ${person.role}, ${agency.shortName}.`)
      output.line(
        authority === null
          ? 'No authority is chosen.'
          : `Under ${authority.act} ${authority.section}${authority.inForce ? '' : ' (not in force)'}${purpose === null ? '' : `, for: ${purpose.task}`}.`,
      )
    }
    return exitCodes.done
  },
})
