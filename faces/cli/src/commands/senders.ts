import { askSenders, findRunning, type SenderAnswer, type SenderQuestion, senderKinds } from '@tandem/boot/attach'
import { err, ok, type Result } from '@tandem/core'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure } from '../failure.ts'
import { dataOption, folderOf, type Place } from '../place.ts'

const agencyOption = {
  agency: { type: 'string', valueHint: 'NAME', description: 'whose sender; needed where there are several agencies' },
} as const
const senderOption = { sender: { type: 'positional', required: true, description: 'name of the sender' } } as const

export const show = command({
  summary: 'Senders of an agency. A key is kept as its digest alone and cannot be shown again.',
  args: { ...dataOption, ...agencyOption },
  async run(args, output) {
    const answer = await askCell(args, { ask: 'senders', agency: args.agency ?? null })
    if (!answer.ok) return output.fail(answer.error)
    if (answer.value.answer !== 'senders') return exitCodes.refused
    if (output.json) for (const sender of answer.value.senders) output.object(sender)
    else
      output.table(answer.value.senders, [
        { title: 'SENDER', value: ({ name }) => name },
        { title: 'KIND', value: ({ kind }) => kind },
        { title: 'KEY', value: ({ hasKey }) => (hasKey ? 'has one' : 'none') },
      ])
    return exitCodes.done
  },
})

export const key = command({
  summary:
    'Gives a sender a new API key, printed this once; a sender of a new name is added. The old key ends at once.',
  args: {
    ...dataOption,
    ...agencyOption,
    ...senderOption,
    kind: { type: 'enum', options: [...senderKinds], description: 'of a new sender (default: provider)' },
  },
  async run(args, output) {
    const kind = senderKinds.find((each) => each === args.kind) ?? 'provider'
    const answer = await askCell(args, { ask: 'key', agency: args.agency ?? null, sender: args.sender, kind })
    if (!answer.ok) return output.fail(answer.error)
    if (answer.value.answer !== 'key') return exitCodes.refused
    const { agency, sender, replaced } = answer.value
    if (output.json) output.object(answer.value)
    else {
      output.line(`API key of ${sender} to ${agency}, printed this once${replaced ? '; the old one has ended' : ''}:`)
      output.line(answer.value.key)
    }
    return exitCodes.done
  },
})

export const revoke = command({
  summary: 'Takes a sender’s key back: its next delivery over HTTP is refused. What it delivered stays.',
  args: { ...dataOption, ...agencyOption, ...senderOption },
  async run(args, output) {
    const answer = await askCell(args, { ask: 'revoke', agency: args.agency ?? null, sender: args.sender })
    if (!answer.ok) return output.fail(answer.error)
    if (output.json) output.object(answer.value)
    else output.line(`${args.sender} has no key any more.`)
    return exitCodes.done
  },
})

/** Keys of senders are given out by the running cell, on its own machine. */
async function askCell(
  place: Pick<Place, 'data'>,
  question: SenderQuestion,
): Promise<Result<Exclude<SenderAnswer, { answer: 'refused' }>, Failure>> {
  const folder = folderOf(place)
  const answer = (await findRunning(folder)) === null ? null : await askSenders(folder, question)
  if (answer === null) {
    const says = `No cell runs on ${folder.root}. Start it first: tandem start --data ${folder.root}`
    return err(failure(exitCodes.unreachable, says))
  }
  return answer.answer === 'refused' ? err(failure(exitCodes.refused, answer.says)) : ok(answer)
}
