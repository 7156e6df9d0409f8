import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { openReferral } from '../find-referral.ts'
import { cellOptions, signedIn } from '../place.ts'

export default command({
  summary: 'Says which of two referrals goes first. Kept with the facts of both scores; no rank moves.',
  args: {
    one: { type: 'positional', required: true, description: 'number or id of one' },
    other: { type: 'positional', required: true, description: 'number or id of the other' },
    first: { type: 'string', valueHint: 'NUMBER', description: 'which of the two goes first' },
    'cannot-say': { type: 'boolean', description: 'neither goes before the other' },
    'take-back': { type: 'boolean', description: 'take back what you chose' },
    ...cellOptions,
  },
  async run(args, output) {
    const ways = [args.first !== undefined, args['cannot-say'] === true, args['take-back'] === true]
    if (ways.filter(Boolean).length !== 1)
      return output.fail(usageFailure('Say one of --first NUMBER, --cannot-say, --take-back.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const one = await openReferral(client.value, args.one)
    if (!one.ok) return output.fail(one.error)
    const other = await openReferral(client.value, args.other)
    if (!other.ok) return output.fail(other.error)
    const [left, right] = [one.value.item, other.value.item]
    if (args['take-back'] === true) {
      const told = await client.value.call(routes.choicesBetween, { params: { one: left.id, other: right.id } })
      if (!told.ok) return output.fail(told.error)
      const own = told.value.choices.filter(({ mine, withdrawnAt }) => mine && withdrawnAt === null).at(-1)
      if (own === undefined)
        return output.fail(failure(exitCodes.refused, 'You chose nothing between them that still stands.'))
      const done = await client.value.call(routes.withdrawChoice, { params: { id: own.id }, body: {} })
      if (!done.ok) return output.fail(done.error)
      if (output.json) output.object(done.value)
      else output.line(done.value.says)
      return exitCodes.done
    }
    const named = args.first?.replace(/^#/, '')
    const first =
      args['cannot-say'] === true
        ? 'cannot say'
        : named === String(left.number) || named === left.id
          ? 'one'
          : named === String(right.number) || named === right.id
            ? 'other'
            : null
    if (first === null) return output.fail(usageFailure('--first names one of the two.'))
    const done = await client.value.call(routes.chooseFirst, {
      body: {
        one: { referral: left.id, score: one.value.score.number },
        other: { referral: right.id, score: other.value.score.number },
        first,
      },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else
      output.line(
        `${first === 'cannot say' ? 'Noted that you cannot say.' : `Referral ${first === 'one' ? left.number : right.number} goes first.`} No rank moves.`,
      )
    return exitCodes.done
  },
})
