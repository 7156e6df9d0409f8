import { routes } from '@tandem/contract'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { cellOptions, type Place, signedIn } from '../place.ts'

const args = {
  number: { type: 'positional', required: true, description: 'number of the referral, typed as a check' },
  reason: { type: 'string', required: true, valueHint: 'TEXT', description: 'your own reason, as second person' },
  proposal: { type: 'string', valueHint: 'ID', description: 'which one, where several wait' },
  ...cellOptions,
} as const

/** The second person: typing the number is the check that the right referral is meant. */
async function settle(
  given: Place & { number: string; reason: string; proposal?: string | undefined },
  isApproved: boolean,
  output: Output,
) {
  const number = /^#?\d{1,15}$/.test(given.number) ? Number(given.number.replace('#', '')) : null
  if (number === null) return output.fail(usageFailure('Type the number of the referral.'))
  const client = await signedIn(given)
  if (!client.ok) return output.fail(client.error)
  const pending = await client.value.call(routes.pending)
  if (!pending.ok) return output.fail(pending.error)
  const waiting = pending.value.proposals.filter(
    (each) => each.number === number && (given.proposal === undefined || each.id === given.proposal),
  )
  const [proposal] = waiting
  if (proposal === undefined)
    return output.fail(failure(exitCodes.refused, `Nothing waits for a second person at referral ${number}.`))
  if (waiting.length > 1) {
    return output.fail(
      failure(
        exitCodes.refused,
        `Several wait: name one with --proposal: ${waiting.map(({ id, verb }) => `${id} (${verb})`).join(', ')}`,
      ),
    )
  }
  const done = await client.value.call(routes.settle, {
    params: { id: proposal.id },
    body: { approve: isApproved, number, reason: given.reason },
  })
  if (!done.ok) return output.fail(done.error)
  if (output.json) output.object({ number, ...done.value })
  else {
    const { effectivePriority } = done.value
    const now = effectivePriority === null ? '' : ` It is ${effectivePriority} now.`
    output.line(`Referral ${number}: "${proposal.verb}" by ${proposal.by} is ${done.value.state}.${now}`)
  }
  return exitCodes.done
}

export const approve: Command = command({
  summary: 'Approves, as the second person, what another proposed.',
  args,
  run: (given, output) => settle(given, true, output),
})

export const refuse: Command = command({
  summary: 'Refuses, as the second person, what another proposed.',
  args,
  run: (given, output) => settle(given, false, output),
})
