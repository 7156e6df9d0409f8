import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { findList } from '../find-list.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count } from '../words.ts'

export default command({
  summary: 'Withdraws a list, or one entry of it. Each hit on it is marked at once, and its referral ranked again.',
  args: {
    list: { type: 'positional', required: true, description: 'name or id of the list' },
    entry: { type: 'string', description: "only this entry, by its publisher's id as a hit shows it" },
    reason: { type: 'string', required: true, description: 'why; it stands with every hit' },
    ...cellOptions,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const found = await findList(client.value, args.list)
    if (!found.ok) return output.fail(found.error)
    const list = found.value
    if (args.entry !== undefined) {
      const ended = await client.value.call(routes.withdrawEntry, {
        params: { id: list.id },
        body: { entry: args.entry, reason: args.reason },
      })
      if (!ended.ok) return output.fail(ended.error)
      const { entries, hits, referrals } = ended.value
      if (output.json) output.object(ended.value)
      else
        output.line(
          `${list.name}: ${count(entries, 'entry').replace('entrys', 'entries')} withdrawn, ${count(hits, 'hit')} marked, ${count(referrals, 'referral')} ranked again.`,
        )
      return exitCodes.done
    }
    const done = await client.value.call(routes.withdrawList, {
      params: { id: list.id },
      body: { reason: args.reason },
    })
    if (!done.ok) return output.fail(done.error)
    const { versions, hits, referrals } = done.value
    if (output.json) output.object(done.value)
    else
      output.line(
        `${list.name} is withdrawn: ${count(versions, 'version')}, ${count(hits, 'hit')} marked, ${count(referrals, 'referral')} ranked again.`,
      )
    return exitCodes.done
  },
})
