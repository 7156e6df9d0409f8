import type { Listing, ListKind, RequestFacts } from './facts.ts'
import type { RequestReason, RequestReasonCode } from './reason.ts'

const known: Readonly<Partial<Record<ListKind, readonly [RequestReasonCode, RequestReason['weighs'], string]>>> = {
  vpn: [
    'vpn',
    'more',
    'is listed as an address of a VPN service: its operator, not the line’s provider, might know the user',
  ],
  'relay service': [
    'relay-service',
    'more',
    'is listed as an exit of a relay service (such as iCloud Private Relay), which is built not to know its user',
  ],
  proxy: ['proxy', 'more', 'is listed as a proxy: the user sat behind it, somewhere else'],
  hosting: [
    'hosting',
    'more',
    'is listed as belonging to a hosting service: its customer rents a server and is mostly not the user',
  ],
  'tor now': [
    'tor-listed-now',
    'more',
    'is on a list of Tor exits that has no times: a hint for now, no evidence for then',
  ],
  'not stated': ['listed-kind-not-stated', 'note', 'is on a list of which nobody stated what it is about'],
}

/** Lists are wrong at times and mostly undated, so that none of them alone rules a request out. */
export const listReasons = ({ listings }: RequestFacts): RequestReason[] =>
  [...Map.groupBy(listings, ({ kind }) => kind)].flatMap(([kind, group]) => {
    const rule = known[kind]
    if (rule === undefined) return []
    const [code, weighs, says] = rule
    return [{ code, weighs, says: `The address ${says} (${group.map(named).join('; ')}).` }]
  })

const named = ({ list, date }: Listing): string => `${list}, ${date === null ? 'undated' : date.slice(0, 10)}`
