import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'Finds referrals by number, reference, identifier or file hash. Each search is in the ledger.',
  args: {
    ...cellOptions,
    text: { type: 'positional', required: false, description: 'what to find; without it, one line of standard input' },
  },
  more: 'An identifier typed here can be in the history of your shell. From standard input it is not: tandem search < FILE',
  async run(args, output) {
    const text = (args.text ?? (await firstLine())).trim()
    if (text === '') return output.fail(usageFailure('Say what to find.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const found = await client.value.call(routes.search, { body: { text } })
    if (!found.ok) return output.fail(found.error)
    const { referrals, understoodAs } = found.value
    if (output.json) {
      for (const referral of referrals) output.object(referral)
      output.object({ understoodAs, found: referrals.length })
      return exitCodes.done
    }
    output.table(referrals, [
      { title: 'NUMBER', value: ({ number }) => number, right: true },
      { title: 'P', value: ({ priority }) => priority },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'RECEIVED', value: ({ receivedAt }) => instantWords(receivedAt) },
      { title: 'SENDER', value: ({ sender }) => sender },
      { title: 'WHY FOUND', value: ({ because }) => because },
    ])
    output.note(`Understood as ${understoodAs.map(({ kind }) => kind).join(', ') || 'nothing that can be looked up'}.`)
    return exitCodes.done
  },
})

async function firstLine(): Promise<string> {
  if (process.stdin.isTTY === true) process.stderr.write('Find: ')
  let text = ''
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.includes('\n') || text.length > 1000) break
  }
  return text.split('\n')[0] ?? ''
}
