import type { ResponseOf, routes } from '@tandem/contract'

type Decided = ResponseOf<typeof routes.take>
type Proposed = Extract<ResponseOf<typeof routes.setPriority>, { outcome: 'proposed' }>

export function decisionWords(number: number, done: Decided | Proposed): string {
  if ('proposal' in done)
    return `Referral ${number}: ${done.says} It waits for a second person: tandem decide approve ${number}`
  return `Referral ${number}: ${done.state}, ${done.effectivePriority}, version ${done.version}. Undo: tandem decide undo ${number}`
}
