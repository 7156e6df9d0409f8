import { type ResponseOf, routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { cellOptions, signedIn } from '../place.ts'
import { accountWords, bytesWords, instantWords } from '../words.ts'

export default command({
  summary: 'Recent deliveries with their exact account; with an id, one of them and what was set aside.',
  args: {
    delivery: { type: 'positional', required: false, description: 'id of one delivery' },
    ...cellOptions,
    limit: { type: 'string', valueHint: 'N', description: 'how many (default 50, at most 500)' },
  },
  async run(args, output) {
    const limit = Number(args.limit ?? '50')
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      return output.fail(usageFailure('--limit is a number from 1 to 500.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.delivery !== undefined) {
      const one = await client.value.call(routes.showDelivery, { params: { id: args.delivery } })
      if (!one.ok) return output.fail(one.error)
      if (output.json) output.object(one.value)
      else showOne(one.value, output)
      return exitCodes.done
    }
    const answer = await client.value.call(routes.allDeliveries, { query: { limit } })
    if (!answer.ok) return output.fail(answer.error)
    if (output.json) for (const delivery of answer.value.deliveries) output.object(delivery)
    else {
      output.table(answer.value.deliveries, [
        { title: 'RECEIVED', value: ({ receivedAt }) => instantWords(receivedAt) },
        { title: 'STATE', value: ({ state }) => state, paint: ({ state }) => (state === 'refused' ? 'red' : 'plain') },
        { title: 'SENDER', value: ({ sender }) => sender },
        { title: 'FORMAT', value: ({ format }) => format ?? '' },
        { title: 'RECORDS', value: ({ account }) => account.records, right: true },
        { title: 'ACCEPTED', value: ({ account }) => account.accepted, right: true },
        { title: 'REMARKED', value: ({ account }) => account.remarked, right: true },
        { title: 'SET ASIDE', value: ({ account }) => account.setAside, right: true },
        { title: 'ID', value: ({ id }) => id },
        { title: 'NAME', value: ({ name }) => name },
      ])
    }
    return exitCodes.done
  },
})

function showOne({ delivery, setAside, referrals }: ResponseOf<typeof routes.showDelivery>, output: Output): void {
  output.line(`${delivery.name}  ${delivery.state}`, 'bold')
  output.line(
    `From ${delivery.sender} by ${delivery.lane}, ${instantWords(delivery.receivedAt)}; ${bytesWords(delivery.length)}, sha256 ${delivery.sha256}`,
  )
  output.line(
    `${delivery.format ?? 'unknown format'}: ${accountWords(delivery.account)}; ${delivery.stripped.length} pieces of media taken out`,
  )
  if (delivery.reason !== null) output.line(`Reason: ${delivery.reason.says} [${delivery.reason.code}]`, 'yellow')
  for (const { place, says, code } of setAside) output.line(`  ${place}: set aside: ${says} [${code}]`, 'yellow')
  if (referrals.length > 0) output.line(`Referrals ${referrals.map(({ number }) => number).join(', ')}`)
}
