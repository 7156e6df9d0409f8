import { bar, type Doubt, doubt } from './doubt.ts'
import type { AttributionFacts, ContextFacts, EventFacts } from './facts.ts'

/** Address, port, instant and zone: what must be there before any answer can be believed. */
export function eventDoubts(event: EventFacts): Doubt[] {
  const found: Doubt[] = []
  if (event.address === null) found.push(bar('not-an-address', 'What is written is no IP address.'))
  if (event.port === null)
    found.push(doubt('port-missing', 'No source port was reported: behind a shared address nobody can be named.'))
  if (event.instant === null)
    found.push(doubt('instant-open', 'The reported time gives no one instant, so no answer can be checked against it.'))
  if (event.zone === 'assumed')
    found.push(doubt('zone-assumed', 'The zone of the reported time is assumed, not stated by the sender.'))
  if (event.zone === 'unknown') found.push(doubt('zone-unknown', 'The reported time states no zone.'))
  if (event.possibleProxy === 'yes')
    found.push(doubt('possible-proxy', 'The sender says that the address may be a proxy.'))
  if (event.accountCompromised === 'yes')
    found.push(doubt('account-taken-over', 'The sender suspects that somebody else used the account.'))
  return found
}

/**
 * How long providers keep records is no doubt about an answer that is there, and the port is judged above. A relay that
 * lets nothing out and neighbours in a block explain no connection.
 */
const noDoubt = new Set(['retention-elapsed', 'port-missing', 'tor-relay', 'tor-nearby'])
/** Verdicts that say: looked at, and Tor does not explain it. */
const torLookedAt = new Set(['no', 'nearby', 'relay-not-exit'])

/** Every reason that the IP context names is a doubt unless it is known to be none: a new reason must not pass unseen. */
export function contextDoubts({ reasons, tor }: ContextFacts): Doubt[] {
  const found = reasons
    .filter(({ code }) => !noDoubt.has(code))
    .map(({ code, says }) => (code === 'not-an-address' ? bar(code, says) : doubt(code, says)))
  const isTold = found.some(({ code }) => code.startsWith('tor-'))
  if ((tor === null || !torLookedAt.has(tor)) && !isTold)
    found.push(doubt('tor-not-checked', 'No Tor file says that the address was no exit at that time.'))
  return found
}

const checkWords = {
  sharedPremises: [
    'shared-premises',
    'The line is in shared premises: a house of several homes, a hostel, a workplace, a café.',
    'Nobody checked whether the line is in shared premises.',
  ],
  otherUsers: [
    'other-users',
    'Others could use the line: a household, guests, an open network.',
    'Nobody checked whether others could use the line.',
  ],
  addressTranslation: [
    'address-shared',
    'The provider shares the address between customers, and no port tells them apart.',
    'Nobody asked the provider whether it shares the address between customers.',
  ],
  anonymiser: [
    'anonymiser',
    'The address belongs to a VPN, a proxy or another service that hides its users.',
    'Nobody checked whether the address belongs to a VPN or a proxy.',
  ],
} as const

/** Only a looked-at no is a no. An address that is shared with a port on both sides still names one customer. */
export function checkDoubts({ checks, event, answer }: AttributionFacts): Doubt[] {
  const isToldApart = event.port !== null && answer?.row.port === 'same'
  return (['sharedPremises', 'otherUsers', 'addressTranslation', 'anonymiser'] as const).flatMap((check) => {
    const [code, says, open] = checkWords[check]
    if (checks[check] === 'no') return []
    if (checks[check] === 'not said') return [doubt(`${code}-not-checked`, open)]
    return check === 'addressTranslation' && isToldApart ? [] : [doubt(code, says)]
  })
}
