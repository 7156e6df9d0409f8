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
    if (output.json) output.object(referral.value)
    else showReferral(referral.value, output)
    return exitCodes.done
  },
})
