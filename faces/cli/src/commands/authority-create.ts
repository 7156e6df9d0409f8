import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

const text = (description: string) => ({ type: 'string', required: true, description }) as const

export default command({
  summary: 'Enters an authority in the register, for an operation of yours.',
  args: {
    operation: text('name or id of the operation'),
    kind: text('what kind of authority'),
    act: text('the Act'),
    section: text('its section'),
    issuer: text('who issued it'),
    scope: text('what it covers'),
    necessity: text('why it is necessary'),
    proportionality: text('why it is proportionate'),
    starts: {
      type: 'string',
      valueHint: 'INSTANT',
      description: 'RFC 3339, such as 2027-01-01T00:00:00Z (default: now)',
    },
    expires: {
      type: 'string',
      valueHint: 'INSTANT',
      required: true,
      description: 'RFC 3339; access dies at that second',
    },
    ...cellOptions,
  },
  async run(args, output) {
    const startsAt = instantOf(args.starts ?? new Date().toISOString())
    const expiresAt = instantOf(args.expires)
    if (startsAt === null || expiresAt === null)
      return output.fail(usageFailure('An instant needs date, time and zone: 2027-01-01T00:00:00Z.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const standing = await client.value.call(routes.standing)
    if (!standing.ok) return output.fail(standing.error)
    const { operations } = standing.value.choices
    const operation = operations.find(
      ({ id, name }) => id === args.operation || name.toLowerCase() === args.operation.toLowerCase(),
    )
    if (operation === undefined)
      return output.fail(
        failure(
          exitCodes.refused,
          `You have no operation of that name. Yours: ${operations.map(({ name }) => `"${name}"`).join(', ') || 'none'}.`,
        ),
      )
    const { kind, act, section, issuer, scope, necessity, proportionality } = args
    const created = await client.value.call(routes.createAuthority, {
      body: {
        operation: operation.id,
        kind,
        act,
        section,
        issuer,
        scope,
        necessity,
        proportionality,
        startsAt,
        expiresAt,
      },
    })
    if (!created.ok) return output.fail(created.error)
    if (output.json) output.object(created.value)
    else
      output.line(
        `Entered: ${act} ${section} for ${operation.name}, until ${instantWords(expiresAt)}. Id ${created.value.authority}`,
      )
    return exitCodes.done
  },
})

/** With a zone, or not at all: a deadline in an unknown zone is none. */
const instantOf = (given: string): string | null =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given) && !Number.isNaN(Date.parse(given))
    ? new Date(given).toISOString()
    : null
