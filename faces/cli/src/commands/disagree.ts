import { routes } from '@tandem/contract'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { openReferral, type Referral } from '../find-referral.ts'
import type { Output } from '../output.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords } from '../words.ts'

export default command({
  summary: 'Says that a referral should stand higher or lower than its score; alone, how often people did.',
  args: {
    referral: { type: 'positional', required: false, description: 'number or id; left out: all that stands' },
    higher: { type: 'boolean', description: 'it should stand higher' },
    lower: { type: 'boolean', description: 'it should stand lower' },
    'take-back': { type: 'boolean', description: 'take back what you said of it' },
    reason: { type: 'string', description: 'why, if you want to say so: nobody asks for it' },
    ...cellOptions,
  },
  more: 'No rank moves by it. It is kept with the score and the weight set that gave it, for whoever judges the weights.',
  async run(args, output) {
    const ways = [args.higher, args.lower, args['take-back']].filter((way) => way === true).length
    if (args.referral === undefined && (ways > 0 || args.reason !== undefined))
      return output.fail(usageFailure('Of which referral? tandem disagree NUMBER --higher'))
    if (args.referral !== undefined && ways !== 1)
      return output.fail(usageFailure('Say one of --higher, --lower, --take-back.'))
    if (args['take-back'] === true && args.reason !== undefined)
      return output.fail(usageFailure('--reason goes with --higher or --lower.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.referral === undefined) return list(client.value, output)
    const open = await openReferral(client.value, args.referral)
    if (!open.ok) return output.fail(open.error)
    if (args['take-back'] === true) return takeBack(client.value, output, open.value)
    const { id, number, score } = open.value.item
    const done = await client.value.call(routes.disagree, {
      params: { id },
      body: { score, direction: args.higher === true ? 'higher' : 'lower', reason: args.reason },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object({ number, ...done.value })
    else output.line(`Referral ${number}: ${done.value.says} Take back: tandem disagree ${number} --take-back`)
    return exitCodes.done
  },
})

async function takeBack(client: Client, output: Output, { item, disagreements }: Referral) {
  const own = disagreements.filter(({ mine, withdrawnAt }) => mine && withdrawnAt === null).at(-1)
  if (own === undefined)
    return output.fail(failure(exitCodes.refused, `You said nothing of referral ${item.number} that still stands.`))
  const done = await client.call(routes.withdrawDisagreement, { params: { id: own.id }, body: {} })
  if (!done.ok) return output.fail(done.error)
  if (output.json) output.object({ number: item.number, ...done.value })
  else output.line(`Referral ${item.number}: ${done.value.says}`)
  return exitCodes.done
}

async function list(client: Client, output: Output) {
  const answer = await client.call(routes.allDisagreements, { query: {} })
  if (!answer.ok) return output.fail(answer.error)
  const { counts, factors, disagreements } = answer.value
  if (output.json) {
    for (const one of disagreements) output.object(one)
    output.object({ counts, factors })
    return exitCodes.done
  }
  output.table(disagreements, [
    { title: 'NUMBER', value: ({ number }) => number, right: true },
    { title: 'SHOULD BE', value: ({ direction }) => direction },
    { title: 'P', value: ({ priority }) => priority.effective },
    { title: 'SCORE', value: ({ score }) => score, right: true },
    { title: 'WEIGHTS', value: ({ weightSet }) => weightSet },
    { title: 'BY', value: ({ by }) => by },
    { title: 'AT', value: ({ at }) => instantWords(at) },
    { title: 'REASON', value: ({ reason }) => reason ?? '' },
  ])
  for (const each of counts) {
    output.note(
      `${each.weightSet}: ${each.higher} times "should be higher", ${each.lower} times "should be lower", of ${count(each.referrals, 'referral')}; people decided on ${each.decided} that it ranked.`,
    )
  }
  const most = factors.slice(0, 5).map(({ factor, higher, lower }) => `${factor} (${higher} up, ${lower} down)`)
  if (most.length > 0) output.note(`Factors in those ranks: ${most.join(', ')}.`)
  return exitCodes.done
}
