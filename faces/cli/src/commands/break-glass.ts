import { askHidden, linesOfInput } from '../ask.ts'
import { allOf, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { askCell } from '../key-cell.ts'
import { dataOption } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'Opens named referrals of a sealed agency for an hour at most, by officers of two agencies together.',
  args: {
    ...dataOption,
    agency: { type: 'string', valueHint: 'NAME', description: 'whose records are opened' },
    with: { type: 'string', valueHint: 'NAME', description: 'the other agency, whose officers agree' },
    referral: { type: 'string', valueHint: 'NUMBER', description: 'which referral; once for each' },
    reason: { type: 'string', description: 'why now, in a sentence' },
    minutes: { type: 'string', valueHint: 'N', description: 'how long, 1 to 60' },
  },
  more: `Needs the break-glass shares of both agencies, a quorum of each; from a pipe: one share a line. The opening is signed
for both, stands in both ledgers, and raises an alarm on the health page that cannot be muted. Review it within 72 hours.`,
  async run(args, output, words) {
    const numbers = allOf(words, 'referral').map(Number)
    const minutes = Number(args.minutes ?? '60')
    if (args.agency === undefined || args.with === undefined || args.reason === undefined || numbers.length === 0)
      return output.fail(usageFailure('Say --agency, --with, --referral NUMBER (once for each) and --reason.'))
    if (!numbers.every((each) => Number.isSafeInteger(each) && each > 0) || !Number.isInteger(minutes))
      return output.fail(usageFailure('--referral is a number such as 1042, and --minutes a whole number.'))
    const shares = process.stdin.isTTY === true ? await typed() : await linesOfInput()
    if (shares.length === 0) return output.fail(usageFailure('Give the shares at a terminal, or one a line in a pipe.'))
    const asked = { agency: args.agency, with: args.with, numbers, reason: args.reason, minutes, shares }
    const answer = await askCell(args, { ask: 'break-glass', ...asked })
    if (!answer.ok) return output.fail(answer.error)
    if (answer.value.answer !== 'opened') return exitCodes.refused
    if (output.json) output.object(answer.value)
    else {
      const { agency, records, until, officers, opening } = answer.value
      output.line(
        `${records} referrals of ${agency} are open until ${instantWords(until)}, and nothing else of it.`,
        'bold',
      )
      output.line(`By ${officers.join(', ')}. Opening ${opening} stands in both ledgers. Review it within 72 hours.`)
    }
    return exitCodes.done
  },
})

async function typed(): Promise<string[]> {
  const shares: string[] = []
  for (;;) {
    const share = await askHidden('Break-glass share of either agency (not shown, empty when all are given): ')
    if (share === null || share === '') return shares
    shares.push(share)
  }
}
