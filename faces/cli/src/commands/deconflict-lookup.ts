import { lookupKind, type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import { ask as askLine, linesOfInput } from '../ask.ts'
import type { Client } from '../client.ts'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, usageFailure } from '../failure.ts'
import { shortRun } from '../find-run.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

type Lookups = ResponseOf<typeof routes.allLookups>
type Grant = Lookups['grants'][number]

/** A grant by its id, or by the end of it that a list shows. */
export async function findGrant(client: Client, given: string): Promise<Result<Grant, Failure>> {
  if (!/^[0-9a-f-]{4,36}$/.test(given)) return err(usageFailure('Name the grant by the id that the list shows.'))
  const all = await client.call(routes.allLookups)
  if (!all.ok) return all
  const found = all.value.grants.filter(({ id }) => id.endsWith(given))
  const [grant] = found
  if (grant === undefined) return err(failure(exitCodes.refused, 'There is no such grant, or it is not for you.'))
  return found.length === 1 ? ok(grant) : err(usageFailure('Several grants end like this: give more of the id.'))
}

/** Where a grant stands, in one word more than its state where that could be misread. */
function grantWords({ side, state, expired, left, lookups, why }: Grant): string {
  if (state === 'in force') return `in force, ${left} of ${lookups} left`
  if (expired && state !== 'refused' && state !== 'ended') return `${state}, expired`
  if (state === 'waiting') return 'sent, waits for their people: take'
  if (state === 'received') return 'received: decide'
  if (state === 'ended' && why !== null) return `ended: ${why}`
  return side === 'asker' && state === 'proposed' ? 'proposed: waits for a second person' : state
}

export const list: Command = command({
  summary: 'Grants of single lookups, asked for and given, and what was looked up last.',
  args: cellOptions,
  more: 'A miss is not "clear", and no answer says nothing at all: docs/deconfliction.md.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.allLookups)
    if (!answer.ok) return output.fail(answer.error)
    const { grants, lookups, peers } = answer.value
    if (output.json) {
      for (const each of grants) output.object({ grant: each })
      for (const each of lookups) output.object({ lookup: each })
      output.object({ peers })
      return exitCodes.done
    }
    output.table(grants, [
      { title: 'GRANT', value: ({ id }) => shortRun(id) },
      { title: 'SIDE', value: ({ side }) => (side === 'asker' ? 'we ask' : 'we are asked') },
      { title: 'OTHER AGENCY', value: ({ peer }) => peer },
      { title: 'STANDS', value: grantWords },
      { title: 'KINDS', value: ({ kinds }) => kinds.join(' ') },
      { title: 'UNTIL', value: ({ expiresAt }) => instantWords(expiresAt) },
    ])
    for (const { answer: said, kind, value, peer, by, at } of lookups.slice(0, 20))
      output.note(`${said}: ${kind} ${value}, asked of ${peer}, ${by}, ${instantWords(at)}`)
    return exitCodes.done
  },
})

export const ask: Command = command({
  summary: 'Asks about one value, which comes from the terminal or from the first line of the input, not as a word.',
  args: {
    grant: {
      type: 'positional',
      required: false,
      description: 'id of the grant; left out: the one that speaks for it',
    },
    kind: { type: 'string', required: true, valueHint: 'KIND', description: 'what the value is: phone, email, ...' },
    reason: { type: 'string', required: true, valueHint: 'TEXT', description: 'why now; it stays on this side' },
    ...cellOptions,
  },
  more: 'Exit code 0 with an answer, held or not in their list; 5 without one: nothing may be concluded then.',
  async run(args, output) {
    const kind = lookupKind.safeParse(args.kind)
    if (!kind.success) return output.fail(usageFailure(`--kind knows: ${lookupKind.options.join(', ')}.`))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const grant = await grantFor(client.value, args.grant, kind.data)
    if (!grant.ok) return output.fail(grant.error)
    // Words of a command stand in the list of processes and in the memory of the shell.
    const value = (await askLine('Value: ')) ?? (await linesOfInput())[0] ?? ''
    if (value === '')
      return output.fail(usageFailure('Give the value at the terminal, or as the first line of the input.'))
    const body = { grant: grant.value.id, kind: kind.data, value, reason: args.reason }
    const done = await client.value.call(routes.lookUp, { body })
    if (!done.ok) return output.fail(done.error)
    const { answer, says, desk, inRecord } = done.value
    if (output.json) output.object(done.value)
    else {
      output.line(says)
      if (desk !== null) output.line(`Their desk: ${desk}`)
      if (!inRecord) output.note('No referral of this operation mentions it; oversight sees that.')
    }
    return answer === 'held' || answer === 'not in their list' ? exitCodes.done : exitCodes.partly
  },
})

async function grantFor(client: Client, given: string | undefined, kind: string): Promise<Result<Grant, Failure>> {
  if (given !== undefined) return findGrant(client, given)
  const all = await client.call(routes.allLookups)
  if (!all.ok) return all
  const open = all.value.grants.filter(
    ({ side, state, kinds }) => side === 'asker' && state === 'in force' && kinds.some((each) => each === kind),
  )
  const [grant] = open
  if (grant === undefined)
    return err(failure(exitCodes.refused, 'No grant in force speaks for this kind: tandem deconflict lookup request'))
  return open.length === 1 ? ok(grant) : err(usageFailure('Several grants speak for it: name one.'))
}
