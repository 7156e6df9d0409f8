import { entryKind, routes } from '@tandem/contract'
import type { Result } from '@tandem/core'
import type { Client } from '../client.ts'
import { allOf, type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, usageFailure } from '../failure.ts'
import { findRun, type RunLine, runWords, shortRun } from '../find-run.ts'
import type { Output } from '../output.ts'
import { cellOptions, type Place, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

const run = { type: 'positional', required: true, description: 'id of the run, or the end of it' } as const
const reason = { type: 'string', required: true, valueHint: 'TEXT', description: 'why' } as const
const desk = {
  type: 'string',
  required: true,
  valueHint: 'TEXT',
  description: 'the desk that the other agency may talk to; no name of a person',
} as const

/** Finds the run, does one thing to it and says what came of it. */
async function onRun<T extends object>(
  args: Place & { readonly run: string },
  output: Output,
  act: (client: Client, run: RunLine) => Promise<Result<T, Failure>>,
  says: (done: T, run: RunLine) => string,
) {
  const client = await signedIn(args)
  if (!client.ok) return output.fail(client.error)
  const found = await findRun(client.value, args.run)
  if (!found.ok) return output.fail(found.error)
  const done = await act(client.value, found.value)
  if (!done.ok) return output.fail(done.error)
  if (output.json) output.object(done.value)
  else output.line(says(done.value, found.value))
  return exitCodes.done
}

export const list: Command = command({
  summary: 'Runs with other agencies: what this side asked, and what it was asked.',
  args: cellOptions,
  more: 'An answer without hits is not "clear", and no answer says nothing at all: docs/deconfliction.md.',
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.allRuns)
    if (!answer.ok) return output.fail(answer.error)
    const { runs, peers } = answer.value
    if (output.json) {
      for (const each of runs) output.object(each)
      output.object({ peers })
      return exitCodes.done
    }
    output.table(runs, [
      { title: 'RUN', value: ({ id }) => shortRun(id) },
      { title: 'SIDE', value: ({ side }) => (side === 'asker' ? 'we ask' : 'we are asked') },
      { title: 'OTHER AGENCY', value: ({ peer }) => peer },
      { title: 'STANDS', value: runWords },
      { title: 'KINDS', value: ({ kinds }) => kinds.join(' ') },
      { title: 'ENTRIES', value: ({ entries }) => entries ?? '', right: true },
      { title: 'BY', value: ({ by }) => by },
      { title: 'UNTIL', value: ({ expiresAt }) => instantWords(expiresAt) },
    ])
    output.note(peers.length === 0 ? 'No other agency can be asked.' : `Can be asked: ${labels(peers)}`)
    return exitCodes.done
  },
})

const labels = (peers: readonly { readonly label: string }[]): string => peers.map(({ label }) => label).join(', ')

export const request: Command = command({
  summary: 'Proposes to ask another agency which entries it holds too; a second person must approve.',
  args: {
    ...cellOptions,
    peer: { type: 'string', required: true, valueHint: 'AGENCY', description: 'the agency to ask' },
    kinds: { type: 'string', valueHint: 'KINDS', description: 'kinds of entries, with commas: phone,email' },
    value: { type: 'string', valueHint: 'VALUE', description: 'only this value of these kinds (again for more)' },
    event: {
      type: 'string',
      valueHint: 'EVENT',
      description: 'a planned event: "NAME;LATITUDE;LONGITUDE;FROM;TO" (again for more)',
    },
    reach: { type: 'string', valueHint: 'METRES', description: 'reach of events (default 500)' },
    slot: { type: 'string', valueHint: 'MINUTES', description: 'slot of time of events (default 30)' },
    purpose: { type: 'string', required: true, valueHint: 'TEXT', description: 'why; the other agency reads it' },
    hours: { type: 'string', valueHint: 'N', description: 'how long they may answer (default 24, at most 168)' },
    'most-held': { type: 'string', valueHint: 'N', description: 'greatest list of theirs (default 4096)' },
    desk,
  },
  async run(args, output, words) {
    const named = (args.kinds ?? '').split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
    const kinds = named.map((word) => entryKind.safeParse(word))
    const events = allOf(words, 'event').map(eventOf)
    const values = allOf(words, 'value')
    const numbers = [args.reach ?? '500', args.slot ?? '30', args.hours ?? '24', args['most-held'] ?? '4096'].map(
      Number,
    )
    const [reachMetres = 0, slotMinutes = 0, hours = 0, mostHeld = 0] = numbers
    if (!kinds.every((kind) => kind.success))
      return output.fail(usageFailure(`--kinds knows: ${entryKind.options.join(', ')}.`))
    if (!events.every((event) => event !== null))
      return output.fail(usageFailure('--event is "NAME;LATITUDE;LONGITUDE;FROM;TO", with instants as RFC 3339.'))
    if (!numbers.every((number) => Number.isInteger(number) && number > 0))
      return output.fail(usageFailure('--reach, --slot, --hours and --most-held are whole numbers.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const all = await client.value.call(routes.allRuns)
    if (!all.ok) return output.fail(all.error)
    const { peers } = all.value
    const peer = peers.find(({ name, label }) => name === args.peer || label.toLowerCase() === args.peer.toLowerCase())
    if (peer === undefined)
      return output.fail(failure(exitCodes.refused, `There is no such agency. Can be asked: ${labels(peers)}`))
    const done = await client.value.call(routes.proposeRun, {
      body: {
        peer: peer.name,
        kinds: kinds.flatMap((kind) => (kind.success ? [kind.data] : [])),
        ...(values.length === 0 ? {} : { values }),
        events,
        ...(events.length === 0 ? {} : { grid: { reachMetres, slotMinutes } }),
        purpose: args.purpose,
        hours,
        mostHeld,
        desk: args.desk,
      },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else {
      output.line(`Run ${shortRun(done.value.run)}: ${done.value.entries} entries. It waits for a second person.`)
      for (const { says, count } of done.value.left) output.note(`Left out, ${count}: ${says}`)
    }
    return exitCodes.done
  },
})

function eventOf(text: string) {
  const [name = '', latitude, longitude, from = '', to = ''] = text.split(';').map((part) => part.trim())
  const [north, east] = [Number(latitude), Number(longitude)]
  const isGood = name.length > 1 && Number.isFinite(north) && Number.isFinite(east)
  if (!isGood || Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to))) return null
  const instant = (given: string): string => new Date(given).toISOString()
  return { name, latitude: north, longitude: east, from: instant(from), to: instant(to) }
}

export const approve: Command = command({
  summary: 'Approves, as the second person, that the other agency is asked, and sends the request.',
  args: { run, reason, ...cellOptions },
  run: (args, output) =>
    onRun(
      args,
      output,
      (client, { id }) =>
        client.call(routes.decideRun, { params: { id }, body: { approve: true, reason: args.reason } }),
      (_, { id, peer }) => `Run ${shortRun(id)}: sent to ${peer}. Their people decide now.`,
    ),
})

export const accept: Command = command({
  summary: 'Lets another agency’s request meet what the operation holds.',
  args: {
    run,
    reason,
    desk,
    event: {
      type: 'string',
      valueHint: 'EVENT',
      description: 'an own planned event: "NAME;LATITUDE;LONGITUDE;FROM;TO" (again for more)',
    },
    ...cellOptions,
  },
  run(args, output, words) {
    const events = allOf(words, 'event').map(eventOf)
    if (!events.every((event) => event !== null))
      return Promise.resolve(output.fail(usageFailure('--event is "NAME;LATITUDE;LONGITUDE;FROM;TO".')))
    return onRun(
      args,
      output,
      (client, { id }) =>
        client.call(routes.acceptRun, { params: { id }, body: { reason: args.reason, desk: args.desk, events } }),
      ({ entries }, { id }) => `Run ${shortRun(id)}: accepted with ${entries} entries. The machines compare now.`,
    )
  },
})

export const refuse: Command = command({
  summary: 'Refuses: another agency’s request, or as second person what a colleague proposed to ask.',
  args: { run, reason, ...cellOptions },
  run: (args, output) =>
    onRun<object>(
      args,
      output,
      (client, { id, side }) =>
        side === 'holder'
          ? client.call(routes.refuseRun, { params: { id }, body: { reason: args.reason } })
          : client.call(routes.decideRun, { params: { id }, body: { approve: false, reason: args.reason } }),
      (_, { id }) => `Run ${shortRun(id)}: refused.`,
    ),
})

export const stop: Command = command({
  summary: 'Ends a run that waits or is at work. It has no answer then.',
  args: { run, ...cellOptions },
  run: (args, output) =>
    onRun(
      args,
      output,
      (client, { id }) => client.call(routes.stopRun, { params: { id } }),
      (_, { id }) => `Run ${shortRun(id)}: stopped. There is no answer.`,
    ),
})
