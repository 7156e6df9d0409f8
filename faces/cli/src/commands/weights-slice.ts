import { type ResponseOf, routes } from '@tandem/contract'
import { type Command, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Output } from '../output.ts'
import { cellOptions, signedIn } from '../place.ts'
import { count } from '../words.ts'

type Slice = ResponseOf<typeof routes.auditSlice>['slices'][number]

const meaning =
  'Mattered: passed on or added to an operation, set higher by a person, or referred to safeguarding. Rose: ranked higher by the machine before anybody judged it. Elsewhere: folded or merged into another one.'

export const slice: Command = command({
  summary: 'What became of referrals that rank low, drawn by lot and not; an interval where the counts carry one.',
  args: cellOptions,
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.auditSlice, {})
    if (!answer.ok) return output.fail(answer.error)
    tell(answer.value.slices, output)
    return exitCodes.done
  },
})

export const inspect: Command = command({
  summary: 'For the inspector: what low ranks hold and how often people disagree, of every agency; no referral.',
  args: cellOptions,
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const answer = await client.value.call(routes.inspectRanks, {})
    if (!answer.ok) return output.fail(answer.error)
    const { slices, disagreements, lots } = answer.value
    const exit = lots.some(({ differ, unknown }) => differ > 0 || unknown > 0) ? exitCodes.refused : exitCodes.done
    tell(slices, output)
    if (output.json) {
      output.object({ disagreements, lots })
      return exit
    }
    output.table(disagreements, [
      { title: 'AGENCY', value: ({ agency }) => agency },
      { title: 'WEIGHTS', value: ({ weightSet }) => weightSet },
      { title: 'HIGHER', value: ({ higher }) => higher, right: true },
      { title: 'LOWER', value: ({ lower }) => lower, right: true },
      { title: 'REFERRALS', value: ({ referrals }) => referrals, right: true },
      { title: 'PEOPLE', value: ({ people }) => people, right: true },
      { title: 'DECIDED ON', value: ({ decided }) => decided, right: true },
    ])
    for (const { agency, kept, inLedger, differ, unknown } of lots) {
      output.note(
        `${agency}: ${count(kept, 'lot')} of the last 90 days, ${inLedger} in the ledger, ${differ} differ, ${unknown} not in the ledger.`,
      )
    }
    return exit
  },
})

function tell(slices: readonly Slice[], output: Output): void {
  if (output.json) {
    for (const each of slices) output.object(each)
    return
  }
  const lines = slices.flatMap(({ agency, weightSet, drawn, others }) => [
    { agency, weightSet, which: 'drawn', ...drawn },
    { agency, weightSet, which: 'not drawn', ...others },
  ])
  output.table(lines, [
    { title: 'AGENCY', value: ({ agency }) => agency },
    { title: 'WEIGHTS', value: ({ weightSet }) => weightSet },
    { title: 'RANKED LOW', value: ({ which }) => which },
    { title: 'CAME', value: ({ received }) => received, right: true },
    { title: 'WAIT', value: ({ waiting }) => waiting, right: true },
    { title: 'MATTERED', value: ({ mattered }) => mattered, right: true },
    { title: 'DID NOT', value: ({ nothing }) => nothing, right: true },
    { title: 'ROSE', value: ({ rose }) => rose, right: true },
    { title: 'ELSEWHERE', value: ({ elsewhere }) => elsewhere, right: true },
  ])
  for (const { agency, weightSet, says } of slices) output.note(`${agency}, ${weightSet}: ${says.join(' ')}`)
  output.note(slices.length === 0 ? 'Nothing that ranks low has come since lots are drawn.' : meaning)
}
