import { isShared } from './address-reasons.ts'
import type { RequestFacts, TimeDoubt } from './facts.ts'
import type { RequestReason } from './reason.ts'

const doubts: Readonly<Record<TimeDoubt, string>> = {
  'time-missing':
    'No time is given. An address belongs to a line only at a time: ask the sender for it, with its zone.',
  'time-invalid': 'The time that is written cannot be read. Ask the sender for it, with its zone.',
  'zone-unknown': 'The time has no zone, so it can be any of about 27 hours. Ask the sender for the zone.',
  'zone-ambiguous': 'The name of the zone means more than one zone. Ask the sender for the offset from UTC.',
  'zone-assumed': 'The zone is an assumption and not the sender’s word. Ask the sender to confirm it.',
  'hour-twice':
    'The clock was put back: this hour came twice. Ask for both hours, and name somebody only if both answers agree; better, ask the sender for UTC.',
  'hour-left-out':
    'The clock was put forward: this hour did not exist in that zone, so the time or the zone is wrong. Ask the sender.',
  'day-order-undecided': 'Day and month may be the other way round. Ask the sender for the date in full.',
}

export function timeReasons(facts: RequestFacts): RequestReason[] {
  const { doubt, instants, isToTheSecond } = facts.time
  const reasons: RequestReason[] = doubt === null ? [] : [{ code: doubt, weighs: 'more', says: doubts[doubt] }]
  if (instants.length > 0 && !isToTheSecond && isShared(facts)) {
    reasons.push({
      code: 'seconds-missing-behind-nat',
      weighs: 'more',
      says: 'The address is shared by many customers, and the time is not to the second. Ask the sender for the seconds.',
    })
  }
  if (instants.length > 0 && instants.every((instant) => instant > facts.now)) {
    reasons.push({
      code: 'time-in-future',
      weighs: 'more',
      says: 'The time lies in the future: it or its zone is wrong.',
    })
  }
  const oldest = monthsBefore(facts.now, facts.retentionMonths)
  if (instants.length > 0 && instants.every((instant) => instant < oldest)) {
    reasons.push({
      code: 'retention-elapsed',
      weighs: 'more',
      says: `More than ${facts.retentionMonths} months have passed. In the UK no operator can be required to keep such records longer than 12 months (Investigatory Powers Act 2016, section 87(3)): ask first whether anything is still held.`,
    })
  }
  return reasons
}

/** The 31st minus one month is the last day of that month, not a day of the next. */
function monthsBefore(now: number, months: number): number {
  const date = new Date(now)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.getTime()
}
