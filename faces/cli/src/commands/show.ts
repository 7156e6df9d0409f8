import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { openReferral, referralId } from '../find-referral.ts'
import { cellOptions, signedIn } from '../place.ts'
import { showReferral } from '../show-referral.ts'
import { count } from '../words.ts'

export default command({
  summary: 'One referral: facts, people, files, hits, why it stands where it stands, decisions.',
  args: {
    referral: { type: 'positional', required: true, description: 'number or id' },
    ...cellOptions,
    chaser: {
      type: 'boolean',
      description: 'print the message that asks the sender for what is missing; nothing is sent',
    },
    words: {
      type: 'string',
      valueHint: 'PLACE',
      description: 'print the words of one place; counted for you, and in the ledger',
    },
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.words !== undefined) {
      const id = await referralId(client.value, args.referral)
      if (!id.ok) return output.fail(id.error)
      const opened = await client.value.call(routes.narratives, {
        params: { id: id.value },
        body: { places: [args.words] },
      })
      if (!opened.ok) return output.fail(opened.error)
      if (output.json) output.object(opened.value)
      else {
        for (const { text } of opened.value.words) output.text(text)
        const about = opened.value.words.map((words) => `${words.about} at ${words.place}`).join(', ')
        output.note(`${about}; ${count(opened.value.openedToday, 'text')} opened by you today.`)
      }
      return exitCodes.done
    }
    const referral = await openReferral(client.value, args.referral)
    if (!referral.ok) return output.fail(referral.error)
    if (args.chaser === true) {
      const chaser = referral.value.completeness?.chaser ?? null
      if (chaser !== null) output.text(chaser)
      else output.note('Nothing is missing that a sender could be asked for.')
    } else if (output.json) output.object(referral.value)
    else showReferral(referral.value, output)
    return exitCodes.done
  },
})
