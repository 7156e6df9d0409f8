import type { TimeClaim } from '@tandem/core'
import { readIp } from '@tandem/identifiers'
import type { MessageDraft } from '../conversation/message.ts'
import type { Place } from '../record.ts'
import { type Field, textOfBytes } from './header.ts'
import { readMailDate } from './mail-date.ts'

const mostHops = 200
/** Clocks of servers differ a little; more than this is a forged or broken line. */
const slack = 10 * 60_000
const day = 86_400_000

/**
 * The chain of servers, newest first as it stands. Only the lines of one's own servers can be trusted; the others are
 * what a sender may have written, so they are kept whole, with their times and addresses, and compared.
 */
export function readReceived(
  draft: MessageDraft,
  fields: readonly Field[],
  place: Place,
  date: TimeClaim | null,
): void {
  const hops = fields.filter(({ key }) => key === 'received')
  if (hops.length > mostHops) draft.remark('list-too-long', place, `more than ${mostHops} Received lines`)
  let later: number | null = null
  let oldest: number | null = null
  for (const [index, { raw }] of hops.slice(0, mostHops).entries()) {
    const at = `${place}, header Received ${index + 1}`
    const text = draft.safe(textOfBytes(raw).replace(/\s+/g, ' ').trim(), at)
    draft.detail(`Received ${index + 1}`, text, at)
    readAddresses(draft, text.slice(0, 2000), at)
    const semicolon = text.lastIndexOf(';')
    const { claim, readable } = readMailDate(semicolon < 0 ? '' : text.slice(semicolon + 1).trim())
    if (!readable) {
      draft.remark('received-time-invalid', at, 'no date that can be read at the end of the line')
      continue
    }
    const says = claim.instant ?? `${claim.original} (zone unknown)`
    draft.detail(`Received ${index + 1} at`, says, at)
    if (claim.instant === null) continue
    const instant = Date.parse(claim.instant)
    if (later !== null && instant > later + slack) {
      draft.remark('received-order', at, 'this server had the mail later than the one that got it from here')
    }
    later = instant
    oldest = instant
  }
  if (oldest !== null && date?.instant != null && Math.abs(oldest - Date.parse(date.instant)) > day) {
    draft.remark('date-differs', `${place}, header Date`, 'more than a day away from the time of the first server')
  }
}

/** Addresses in square or round brackets: what servers saw, not what a machine called itself. */
function readAddresses(draft: MessageDraft, text: string, place: Place): void {
  for (const [, written = ''] of text.matchAll(/[[(](?:IPv6:)?([0-9A-Fa-f.:]{3,45})(?:%[\w.]{1,20})?[\])]/g)) {
    const reading = readIp(written)
    if (reading.ok)
      draft.mentions.push({ original: written, place, person: null, identifier: reading.value.identifier })
  }
}
