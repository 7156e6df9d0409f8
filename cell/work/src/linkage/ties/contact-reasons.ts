import { appearanceLabel } from '../naming.ts'
import type { ContactRow, LoadedTies } from './load.ts'
import type { ReasonOfTie, Side } from './reasons.ts'

/** How the two were in touch: each time a referral says so, and each value by which alone the other is known there. */
export function contactReasons(
  sides: readonly Side[],
  { contactsBetween }: Pick<LoadedTies, 'contactsBetween'>,
): ReasonOfTie[] {
  const reasons = new Map<string, ReasonOfTie>()
  for (const { line, mine, theirs, myHow } of sides) {
    const isOut = !myHow.endsWith(', in')
    const how = myHow.split(',')[0] ?? ''
    const hasDirection = myHow.includes(',')
    const ways = hasDirection ? [isOut] : [true, false]
    const value = how === 'listed' ? line.value : null
    for (const isThis of ways) {
      const [one, other] = isThis ? [mine, theirs] : [theirs, mine]
      for (const row of contactsBetween.get(`${one} ${other} ${how}`) ?? [])
        reasons.set(`${row.referral_id} ${row.place} ${value}`, contactReason(row, value, hasDirection, isOut))
    }
  }
  return [...reasons.values()]
}

function contactReason(row: ContactRow, value: string | null, hasDirection: boolean, isOut: boolean): ReasonOfTie {
  const [one, other] = [row.one_person, row.other_person ?? 0].map((person) => appearanceLabel(row.number, person))
  const often = row.times === 1 ? '' : `, ${row.times} times`
  const words = {
    content: `${one} sent the content that was reported, and ${other} was to receive it`,
    message: `${one} wrote to ${other}${often}`,
    call: `${one} and ${other} are two ends in the records of a provider${often}`,
    conversation: `${one} and ${other} wrote in one conversation of ${row.times} messages`,
    listed: `${other} is listed among the connections of ${one}`,
  }
  const says = Object.entries(words).find(([how]) => how === row.how)?.[1] ?? 'they were in touch'
  return {
    direction: hasDirection ? (isOut ? 'out' : 'in') : 'both',
    says: (written) => `${says}${value === null ? '' : `, as ${written}`}.`,
    observable: value,
    referrals: [{ id: row.referral_id, number: row.number }],
    from: row.first_at,
    to: row.last_at,
  }
}
