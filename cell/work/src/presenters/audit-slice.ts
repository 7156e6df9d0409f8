import type { auditSlice, ResponseOf } from '@tandem/contract'
import type { Row } from '@tandem/store'
import { fewestDecided, judgeSlice, lots } from '@tandem/triage'

type Slice = ResponseOf<typeof auditSlice>['slices'][number]
type Outcome = Slice['drawn']
type Counted = Row<'slice/counts'>

/** Drawn and not drawn side by side, of each agency and weight set. */
export function presentSlices(rows: readonly Counted[]): Slice[] {
  const groups = Map.groupBy(rows, ({ agency, weight_set }) => JSON.stringify([agency, weight_set]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const drawn = outcomeOf(group.find(({ by_lot }) => by_lot))
    const others = outcomeOf(group.find(({ by_lot }) => !by_lot))
    const of = { agency: first.agency, weightSet: first.weight_set, drawnBelow: first.lots_drawn, of: lots }
    const judged = judgeSlice(drawn, others)
    const slice = { ...of, drawn, others, ...judged }
    return [{ ...slice, says: sentences(slice) }]
  })
}

const none: Outcome = {
  received: 0,
  rose: 0,
  elsewhere: 0,
  mattered: 0,
  nothing: 0,
  waiting: 0,
  passedOn: 0,
  raised: 0,
  safeguarded: 0,
}

function outcomeOf(row: Counted | undefined): Outcome {
  if (row === undefined) return none
  const { received, rose, elsewhere, mattered, nothing, waiting, passed_on, raised, safeguarded } = row
  return { received, rose, elsewhere, mattered, nothing, waiting, passedOn: passed_on, raised, safeguarded }
}

/** The same words at the desk and at the command line; none of them is a figure where the counts carry none. */
function sentences({ drawn, others, share, mayMatter, isIncomplete, drawnBelow }: Omit<Slice, 'says'>): string[] {
  const decided = drawn.mattered + drawn.nothing
  const picked = others.mattered + others.nothing
  return [
    `${drawn.received} of ${drawn.received + others.received} referrals that ranked low when they came were drawn by lot (${inHundred(drawnBelow / lots)} in 100 are).`,
    share === null
      ? `${decided} of those drawn were decided on. Below ${fewestDecided} nothing is said of what the low ranks hold.`
      : `Of 100 that rank low, between ${inHundred(share.low)} and ${inHundred(share.high)} matter, with 95 % confidence${drawn.waiting === 0 ? '' : ` and whatever the ${drawn.waiting} turn out to be that still wait`}: ${drawn.mattered} of the ${decided} that were drawn and decided on.`,
    ...(isIncomplete
      ? [
          `${drawn.waiting} of those drawn still wait: not closed, raised or referred to safeguarding. They may be the harder ones: decide on all that are drawn.`,
        ]
      : []),
    ...(mayMatter === null || others.waiting === 0
      ? []
      : [
          `Of ${others.waiting} not drawn that still wait, between ${mayMatter.low} and ${mayMatter.high} may matter, less what people found among the others.`,
        ]),
    ...(picked === 0
      ? []
      : [
          `Of those not drawn people decided on ${picked}, and ${others.mattered} mattered. People picked these, so this is no estimate.`,
        ]),
  ]
}

const inHundred = (share: number): string => String(Math.round(share * 1000) / 10)
