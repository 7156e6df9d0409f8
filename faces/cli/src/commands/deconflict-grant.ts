import { lookupKind, routes } from '@tandem/contract'
import type { Result } from '@tandem/core'
import type { Client } from '../client.ts'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure, usageFailure } from '../failure.ts'
import { shortRun } from '../find-run.ts'
import type { Output } from '../output.ts'
import { cellOptions, type Place, signedIn } from '../place.ts'
import { findGrant } from './deconflict-lookup.ts'

const grant = { type: 'positional', required: true, description: 'id of the grant, or the end of it' } as const
const reason = { type: 'string', required: true, valueHint: 'TEXT', description: 'why' } as const

type Grant = Extract<Awaited<ReturnType<typeof findGrant>>, { ok: true }>['value']

/** Finds the grant, does one thing to it and says what came of it. */
async function onGrant<T extends object>(
  args: Place & { readonly grant: string },
  output: Output,
  act: (client: Client, grant: Grant) => Promise<Result<T, Failure>>,
  says: (done: T, grant: Grant) => string,
) {
  const client = await signedIn(args)
  if (!client.ok) return output.fail(client.error)
  const found = await findGrant(client.value, args.grant)
  if (!found.ok) return output.fail(found.error)
  const done = await act(client.value, found.value)
  if (!done.ok) return output.fail(done.error)
  if (output.json) output.object(done.value)
  else output.line(`Grant ${shortRun(found.value.id)}: ${says(done.value, found.value)}`)
  return exitCodes.done
}

export const request: Command = command({
  summary: 'Proposes to ask another agency for single lookups; a second person must approve.',
  args: {
    ...cellOptions,
    peer: { type: 'string', required: true, valueHint: 'AGENCY', description: 'the agency to ask' },
    kinds: { type: 'string', required: true, valueHint: 'KINDS', description: 'kinds, with commas: phone,email' },
    lookups: { type: 'string', valueHint: 'N', description: 'how many (default 20, at most 1000)' },
    hours: { type: 'string', valueHint: 'N', description: 'for how long, from now (default 72, at most 168)' },
    purpose: { type: 'string', required: true, valueHint: 'TEXT', description: 'why; the other agency reads it' },
  },
  async run(args, output) {
    const kinds = args.kinds.split(',').map((word) => lookupKind.safeParse(word.trim()))
    const [lookups = 0, hours = 0] = [args.lookups ?? '20', args.hours ?? '72'].map(Number)
    if (!kinds.every((kind) => kind.success))
      return output.fail(usageFailure(`--kinds knows: ${lookupKind.options.join(', ')}.`))
    if (![lookups, hours].every((number) => Number.isInteger(number) && number > 0))
      return output.fail(usageFailure('--lookups and --hours are whole numbers.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const all = await client.value.call(routes.allLookups)
    if (!all.ok) return output.fail(all.error)
    const { peers } = all.value
    const peer = peers.find(({ name, label }) => name === args.peer || label.toLowerCase() === args.peer.toLowerCase())
    if (peer === undefined) {
      const labels = peers.map(({ label }) => label).join(', ')
      return output.fail(failure(exitCodes.refused, `There is no such agency. Can be asked: ${labels}`))
    }
    const named = kinds.flatMap((kind) => (kind.success ? [kind.data] : []))
    const body = { peer: peer.name, kinds: named, lookups, hours, purpose: args.purpose }
    const done = await client.value.call(routes.proposeGrant, { body })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line(`Grant ${shortRun(done.value.grant)}: ${lookups} lookups. It waits for a second person.`)
    return exitCodes.done
  },
})

export const approve: Command = command({
  summary: 'Approves, as the second person, that the other agency is asked for lookups, and sends the request.',
  args: { grant, reason, ...cellOptions },
  run: (args, output) =>
    onGrant(
      args,
      output,
      (client, { id }) =>
        client.call(routes.decideGrant, { params: { id }, body: { approve: true, reason: args.reason } }),
      ({ says }, { peer }) =>
        says === null ? `sent to ${peer}. Their people decide now.` : `not sent yet. ${says} "take" sends it again.`,
    ),
})

export const accept: Command = command({
  summary: 'Lets another agency look up single values in what the operation holds now.',
  args: {
    grant,
    reason,
    desk: {
      type: 'string',
      required: true,
      valueHint: 'TEXT',
      description: 'the desk that they may call whatever an answer says; no name of a person',
    },
    ...cellOptions,
  },
  run: (args, output) =>
    onGrant(
      args,
      output,
      (client, { id }) =>
        client.call(routes.acceptGrant, { params: { id }, body: { reason: args.reason, desk: args.desk } }),
      ({ entries }) => `accepted; ${entries} entries can be met.`,
    ),
})

export const refuse: Command = command({
  summary: 'Refuses: another agency’s request for lookups, or as second person what a colleague proposed.',
  args: { grant, reason, ...cellOptions },
  run: (args, output) =>
    onGrant<object>(
      args,
      output,
      (client, { id, side }) =>
        side === 'holder'
          ? client.call(routes.refuseGrant, { params: { id }, body: { reason: args.reason } })
          : client.call(routes.decideGrant, { params: { id }, body: { approve: false, reason: args.reason } }),
      () => 'refused.',
    ),
})

export const take: Command = command({
  summary: 'Looks whether the other agency has decided; what it gave is checked and tested before it counts.',
  args: { grant, ...cellOptions },
  run: (args, output) =>
    onGrant(
      args,
      output,
      (client, { id }) => client.call(routes.takeGrant, { params: { id } }),
      ({ says }) => says,
    ),
})

export const end: Command = command({
  summary: 'Ends a grant, on either side. Where this side answers, its key is destroyed.',
  args: { grant, ...cellOptions },
  run: (args, output) =>
    onGrant(
      args,
      output,
      (client, { id }) => client.call(routes.endGrant, { params: { id } }),
      () => 'ended. No lookup under it has an answer any more.',
    ),
})

export const inspect: Command = command({
  summary: 'For the inspector: how much was looked up under each grant of every agency.',
  args: cellOptions,
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.inspectLookups)
    if (!answer.ok) return output.fail(answer.error)
    const { grants } = answer.value
    if (output.json) for (const each of grants) output.object(each)
    else
      output.table(grants, [
        { title: 'GRANT', value: ({ id }) => shortRun(id) },
        { title: 'AGENCY', value: ({ agency }) => agency },
        { title: 'SIDE', value: ({ side }) => (side === 'asker' ? 'asks' : 'is asked') },
        { title: 'STATE', value: ({ state }) => state },
        { title: 'KINDS', value: ({ kinds }) => kinds.join(' ') },
        { title: 'AGREED', value: ({ lookups }) => lookups, right: true },
        { title: 'DONE', value: (each) => (each.side === 'asker' ? each.asked : each.answered), right: true },
        { title: 'HELD', value: ({ side, held }) => (side === 'asker' ? held : ''), right: true },
        { title: 'NO ANSWER', value: ({ side, unanswered }) => (side === 'asker' ? unanswered : ''), right: true },
        {
          title: 'IN NO REFERRAL',
          value: ({ side, notInRecord }) => (side === 'asker' ? notInRecord : ''),
          right: true,
        },
      ])
    return exitCodes.done
  },
})

export const audit: Command = command({
  summary: 'Oversight of lookups: the inspector draws some, a duty manager opens them.',
  args: {
    grant: { type: 'positional', required: false, description: 'full id of the grant of the agency that asks' },
    count: { type: 'string', valueHint: 'N', description: 'how many to draw (default 20)' },
    open: { type: 'string', valueHint: 'AUDIT', description: 'open what was drawn: the values are shown once' },
    ...cellOptions,
  },
  async run(args, output) {
    const count = Number(args.count ?? '20')
    if ((args.grant === undefined) === (args.open === undefined))
      return output.fail(usageFailure('Name a grant to draw from, or --open and the audit.'))
    if (!Number.isInteger(count) || count < 1) return output.fail(usageFailure('--count is a whole number.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.open !== undefined) {
      const opened = await client.value.call(routes.openLookupAudit, { params: { id: args.open } })
      if (!opened.ok) return output.fail(opened.error)
      if (output.json) output.object(opened.value)
      else {
        for (const { number, kind, value, inRecord } of opened.value.shown)
          output.line(`${number}: ${kind} ${value}${inRecord ? '' : ' (in no referral)'}`)
        output.line(`${opened.value.audit.result?.findings.length ?? 0} findings in ${opened.value.shown.length}`)
      }
      return exitCodes.done
    }
    const drawn = await client.value.call(routes.askLookupAudit, { params: { id: args.grant ?? '' }, body: { count } })
    if (!drawn.ok) return output.fail(drawn.error)
    if (output.json) output.object(drawn.value)
    else output.line(`Audit ${drawn.value.audit}: ${drawn.value.drawn} drawn. The agency opens them.`)
    return exitCodes.done
  },
})
