import { routes } from '@tandem/contract'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { findList, type HashList } from '../find-list.ts'
import type { Output } from '../output.ts'
import { cellOptions, signedIn } from '../place.ts'
import { instantWords } from '../words.ts'

export default command({
  summary: 'Hash lists with their versions, accounts and hits; of one list, the referrals with a hit on it.',
  args: {
    list: { type: 'positional', required: false, description: 'name or id of one list' },
    ...cellOptions,
    all: { type: 'boolean', description: 'replaced and withdrawn versions too' },
    hits: { type: 'boolean', description: 'which referrals have a hit on the list: what a withdrawal would touch' },
    limit: { type: 'string', valueHint: 'N', description: 'with --hits: how many (default 50, at most 1000)' },
    after: { type: 'string', valueHint: 'MARK', description: 'with --hits: go on after this mark' },
  },
  async run(args, output) {
    const limit = Number(args.limit ?? '50')
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
      return output.fail(usageFailure('--limit is a number from 1 to 1000.'))
    if (args.hits === true && args.list === undefined)
      return output.fail(usageFailure('Of which list? tandem lists show LIST --hits'))
    if (args.hits !== true && (args.limit !== undefined || args.after !== undefined))
      return output.fail(usageFailure('--limit and --after go with --hits.'))
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    if (args.list !== undefined) {
      const list = await findList(client.value, args.list)
      if (!list.ok) return output.fail(list.error)
      if (args.hits === true) return touched(client.value, output, list.value, { limit, after: args.after })
      return tell([list.value], args.all === true, output)
    }
    const answer = await client.value.call(routes.allLists)
    if (!answer.ok) return output.fail(answer.error)
    return tell(answer.value.lists, args.all === true, output)
  },
})

function tell(lists: readonly HashList[], isAll: boolean, output: Output) {
  if (output.json) {
    for (const list of lists) output.object(list)
    return exitCodes.done
  }
  const rows = lists.flatMap((list) =>
    list.versions.filter(({ state }) => isAll || state === 'current').map((version) => ({ list, version })),
  )
  output.table(rows, [
    { title: 'LIST', value: ({ list }) => list.name },
    { title: 'PUBLISHER', value: ({ list }) => list.publisher },
    { title: 'VERSION', value: ({ version }) => version.version, right: true },
    { title: 'STATE', value: ({ version }) => version.state },
    { title: 'FORMAT', value: ({ version }) => version.format },
    { title: 'ACCEPTED', value: ({ version }) => version.accepted, right: true },
    { title: 'REMARKED', value: ({ version }) => version.remarked, right: true },
    { title: 'SET ASIDE', value: ({ version }) => version.setAside, right: true },
    { title: 'CHANGES', value: ({ version }) => version.changes.length, right: true },
    { title: 'HITS', value: ({ version }) => version.hits, right: true },
    { title: 'LOADED', value: ({ version }) => instantWords(version.loadedAt) },
    { title: 'BY', value: ({ version }) => version.loadedBy },
  ])
  return exitCodes.done
}

async function touched(
  client: Client,
  output: Output,
  { id, name }: HashList,
  query: { readonly limit: number; readonly after: string | undefined },
) {
  const answer = await client.call(routes.listHits, { params: { id }, query })
  if (!answer.ok) return output.fail(answer.error)
  const { referrals, next } = answer.value
  if (output.json) {
    for (const referral of referrals) output.object(referral)
    output.object({ list: id, next })
    return exitCodes.done
  }
  output.table(referrals, [
    { title: 'NUMBER', value: ({ number }) => number, right: true },
    { title: 'P', value: ({ priority }) => priority.effective },
    { title: 'COMPUTED', value: ({ priority }) => priority.computed },
    { title: 'STATE', value: ({ state, behind }) => (behind === null ? state : `${state}, behind ${behind}`) },
    { title: 'HITS', value: ({ hits }) => hits, right: true },
    { title: 'COUNT NOW', value: ({ counting }) => counting, right: true },
    { title: 'VERSIONS', value: ({ versions }) => versions.join(', ') },
    { title: 'OTHER LISTS', value: ({ otherLists }) => otherLists, right: true },
  ])
  output.note(
    referrals.length > 0
      ? 'Only what you may see. A withdrawal marks all hits of the list and ranks these referrals again, or those behind which they stand.'
      : query.after === undefined
        ? `No referral that you may see has a hit on ${name}.`
        : 'No more.',
  )
  if (next !== null) output.note(`More: tandem lists show ${id} --hits --after ${next}`)
  return exitCodes.done
}
