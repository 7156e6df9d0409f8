import { routes } from '@tandem/contract'
import type { Result } from '@tandem/core'
import type { ArgsDef } from 'citty'
import type { Client } from '../client.ts'
import { type Command, command } from '../command.ts'
import { decisionWords } from '../decision-words.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, usageFailure } from '../failure.ts'
import { openReferral, type Referral, referralId } from '../find-referral.ts'
import type { Output } from '../output.ts'
import { cellOptions, type Place, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

const referral = { type: 'positional', required: true, description: 'number or id' } as const
const reason = { type: 'string', required: true, description: 'why' } as const
const base = {
  referral,
  ...cellOptions,
  version: {
    type: 'string',
    valueHint: 'N',
    description: 'the version you decided on; refused if it has changed (default: as it is now)',
  },
} as const satisfies ArgsDef

interface Asked extends Place {
  readonly referral: string
  readonly version?: string | undefined
}

type Decided = Parameters<typeof decisionWords>[1]

/** Opens the referral as it is now, decides on that version, tells where it stands. */
async function decide(
  args: Asked,
  output: Output,
  act: (client: Client, open: Referral, version: number) => Promise<Result<Decided, Failure>>,
) {
  const given = args.version === undefined ? null : Number(args.version)
  if (given !== null && !(Number.isInteger(given) && given > 0))
    return output.fail(usageFailure('--version is a number.'))
  const client = await signedIn(args)
  if (!client.ok) return output.fail(client.error)
  const open = await openReferral(client.value, args.referral)
  if (!open.ok) return output.fail(open.error)
  const done = await act(client.value, open.value, given ?? open.value.item.version)
  if (!done.ok) return output.fail(done.error)
  if (output.json) output.object({ number: open.value.item.number, ...done.value })
  else output.line(decisionWords(open.value.item.number, done.value))
  return exitCodes.done
}

export const take: Command = command({
  summary: 'Takes a referral: you work it, others see that.',
  args: base,
  run: (args, output) =>
    decide(args, output, (client, { item }, version) =>
      client.call(routes.take, { params: { id: item.id }, body: { version } }),
    ),
})

export const release: Command = command({
  summary: 'Puts a taken or held referral back into the queue.',
  args: base,
  run: (args, output) =>
    decide(args, output, (client, { item }, version) =>
      client.call(routes.release, { params: { id: item.id }, body: { version } }),
    ),
})

export const hold: Command = command({
  summary: 'Holds a referral until an instant; it comes back by itself.',
  args: {
    ...base,
    until: {
      type: 'string',
      valueHint: 'INSTANT',
      required: true,
      description: 'RFC 3339 with zone, or hours from now such as 4h',
    },
    reason,
  },
  async run(args, output) {
    const until = instantOrHours(args.until)
    if (until === null)
      return output.fail(
        usageFailure('--until is an instant with its zone (2027-01-01T08:00:00Z) or hours from now (4h).'),
      )
    return decide(args, output, (client, { item }, version) =>
      client.call(routes.hold, { params: { id: item.id }, body: { version, until, reason: args.reason } }),
    )
  },
})

export const merge: Command = command({
  summary: 'Merges a referral into another as a duplicate.',
  args: {
    ...base,
    into: { type: 'string', valueHint: 'NUMBER', required: true, description: 'the referral that stays' },
    reason,
  },
  run: (args, output) =>
    decide(args, output, async (client, { item }, version) => {
      const into = await referralId(client, args.into)
      if (!into.ok) return into
      return client.call(routes.merge, {
        params: { id: item.id },
        body: { version, into: into.value, reason: args.reason },
      })
    }),
})

export const decline: Command = command({
  summary: 'Declines a referral with a reason.',
  args: { ...base, reason },
  run: (args, output) =>
    decide(args, output, (client, { item }, version) =>
      client.call(routes.decline, { params: { id: item.id }, body: { version, reason: args.reason } }),
    ),
})

const outcomes = [
  'passed to a force',
  'passed to another agency',
  'no further action',
  'not an offence',
  'added to an operation',
] as const

export const close: Command = command({
  summary: 'Closes a referral with its outcome. A safeguarding track stays open.',
  args: {
    ...base,
    outcome: { type: 'enum', options: [...outcomes], required: true, description: 'what came of it' },
    reason,
  },
  async run(args, output) {
    const outcome = outcomes.find((each) => each === args.outcome)
    if (outcome === undefined) return output.fail(usageFailure(`--outcome is one of: ${outcomes.join(', ')}.`))
    return decide(args, output, (client, { item }, version) =>
      client.call(routes.close, { params: { id: item.id }, body: { version, outcome, reason: args.reason } }),
    )
  },
})

const priorities = ['P1', 'P2', 'P3'] as const

export const priority: Command = command({
  summary: 'Confirms a priority. Lowering from P1 waits for a second person.',
  args: {
    ...base,
    to: { type: 'enum', options: [...priorities], required: true, description: 'the priority' },
    reason,
  },
  async run(args, output) {
    const to = priorities.find((each) => each === args.to)
    if (to === undefined) return output.fail(usageFailure('--to is P1, P2 or P3.'))
    return decide(args, output, (client, { item }, version) =>
      client.call(routes.setPriority, { params: { id: item.id }, body: { version, to, reason: args.reason } }),
    )
  },
})

export const safeguard: Command = command({
  summary: 'Refers to safeguarding: a track with its own clock, which the referral cannot close.',
  args: { referral, ...cellOptions, need: { type: 'string', required: true, description: 'what the child needs' } },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const id = await referralId(client.value, args.referral)
    if (!id.ok) return output.fail(id.error)
    const done = await client.value.call(routes.safeguard, { params: { id: id.value }, body: { need: args.need } })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line(`Referred to safeguarding; first contact is due ${instantWords(done.value.dueAt)}.`)
    return exitCodes.done
  },
})

export const note: Command = command({
  summary: 'Adds a note. Notes are never edited.',
  args: { referral, ...cellOptions, text: { type: 'string', required: true, description: 'the note' } },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const id = await referralId(client.value, args.referral)
    if (!id.ok) return output.fail(id.error)
    const done = await client.value.call(routes.note, { params: { id: id.value }, body: { text: args.text } })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line('Noted.')
    return exitCodes.done
  },
})

function instantOrHours(given: string): string | null {
  const hours = /^(\d{1,4})h$/.exec(given)?.[1]
  if (hours !== undefined) return new Date(Date.now() + Number(hours) * 3_600_000).toISOString()
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given)
  return isInstant && !Number.isNaN(Date.parse(given)) ? new Date(given).toISOString() : null
}
