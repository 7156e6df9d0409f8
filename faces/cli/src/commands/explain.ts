import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { openSubject, personOf } from '../find-subject.ts'
import { cellOptions, signedIn } from '../place.ts'

export default command({
  summary: 'What an officer can read out: why a subject is one, or why two people of referrals are, or are not, one.',
  args: {
    subject: { type: 'positional', required: true, description: 'S-1042.1, or the number of a referral' },
    and: { type: 'string', valueHint: 'R-1042.1', description: 'one person of another referral: the line for the two' },
    person: { type: 'string', valueHint: 'N', description: 'which person of the referral (default 1)' },
    ...cellOptions,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const person = Number(args.person ?? '1')
    if (args.and === undefined) {
      const subject = await openSubject(client.value, args.subject, person)
      if (!subject.ok) return output.fail(subject.error)
      if (output.json) output.object({ inWords: subject.value.inWords, held: subject.value.held })
      else output.text(subject.value.inWords)
      return exitCodes.done
    }
    const one = await personOf(client.value, args.subject, person)
    if (!one.ok) return output.fail(one.error)
    const other = await personOf(client.value, args.and, 1)
    if (!other.ok) return output.fail(other.error)
    const ends = { one: one.value.appearance, other: other.value.appearance }
    const pair = await client.value.call(routes.explainPair, { params: ends })
    if (!pair.ok) return output.fail(pair.error)
    if (output.json) output.object(pair.value)
    else output.text(pair.value.inWords)
    return exitCodes.done
  },
})
