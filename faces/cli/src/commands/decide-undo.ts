import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { decisionWords } from '../decision-words.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { openReferral } from '../find-referral.ts'
import { cellOptions, signedIn } from '../place.ts'

export default command({
  summary: 'Undoes a decision by a new decision that names it. Nothing is deleted.',
  args: {
    referral: { type: 'positional', required: true, description: 'number or id' },
    decision: { type: 'string', valueHint: 'ID', description: 'which one (default: the last that you may undo)' },
    ...cellOptions,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const open = await openReferral(client.value, args.referral)
    if (!open.ok) return output.fail(open.error)
    const { item, decisions } = open.value
    const newest = decisions
      .filter(({ undoable }) => undoable)
      .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0]
    const decision = args.decision ?? newest?.id
    if (decision === undefined)
      return output.fail(failure(exitCodes.refused, `Referral ${item.number} has no decision that you may undo now.`))
    const done = await client.value.call(routes.undo, { params: { id: decision }, body: {} })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object({ number: item.number, ...done.value })
    else output.line(decisionWords(item.number, done.value))
    return exitCodes.done
  },
})
