import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { referralId } from '../find-referral.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count, instantWords } from '../words.ts'

export default command({
  summary: 'Ledger entries that you may open, newest first. Each opening is checked against its leaf.',
  args: {
    ...cellOptions,
    referral: { type: 'string', valueHint: 'NUMBER', description: 'only what concerns this referral' },
    limit: { type: 'string', valueHint: 'N', description: 'how many (default 50, at most 500)' },
    before: { type: 'string', valueHint: 'MARK', description: 'go on before this mark' },
  },
  more: 'Exit code 1 when an opening does not fit its leaf.',
  async run(args, output) {
    const limit = Number(args.limit ?? '50')
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      return output.fail(usageFailure('--limit is a number from 1 to 500.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const referral = args.referral === undefined ? null : await referralId(client.value, args.referral)
    if (referral !== null && !referral.ok) return output.fail(referral.error)
    const answer = await client.value.call(routes.entries, {
      query: { before: args.before, referral: referral?.value, limit },
    })
    if (!answer.ok) return output.fail(answer.error)
    const { entries, next } = answer.value
    const broken = entries.filter(({ fits }) => !fits).length
    if (output.json) {
      for (const entry of entries) output.object(entry)
      output.object({ next, broken })
    } else {
      output.table(entries, [
        { title: 'AT', value: ({ at }) => instantWords(at) },
        { title: 'WHO', value: ({ who }) => who },
        { title: 'VERB', value: ({ verb }) => verb },
        { title: 'FITS', value: ({ fits }) => (fits ? 'yes' : 'NO'), paint: ({ fits }) => (fits ? 'plain' : 'red') },
        { title: 'PLACE', value: ({ place }) => place ?? 'waits', right: true },
        { title: 'ENTRY', value: ({ id }) => id },
        { title: 'OBJECT', value: ({ object }) => JSON.stringify(object).slice(0, 120) },
      ])
      if (next !== null) output.note(`More: tandem ledger --before ${next}`)
    }
    if (broken === 0) return exitCodes.done
    if (output.json) return exitCodes.refused
    return output.fail(
      failure(exitCodes.refused, `${count(broken, 'opening')} do not fit their leaf: tell the inspector.`),
    )
  },
})
