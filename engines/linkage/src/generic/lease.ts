import type { Instant, Millibits } from '../subjects/events.ts'

/** An address of the internet names somebody only for a while, and behind a shared one only together with the port. */
export interface AddressUse {
  readonly address: string
  /** Source port, or null where nobody recorded it. */
  readonly port: number | null
  readonly at: Instant | null
}

export interface LeaseRule {
  /** After this time in every second case somebody else has the address. */
  readonly halfLife: number
  /** Within this time a connection and its port are taken to be one. */
  readonly connection: number
  /** Customers behind one address, 1 where it is not shared. */
  readonly sharedBy: number
  /** How likely a stranger uses this address, by chance. */
  readonly chance: number
  readonly most: Millibits
}

/**
 * Declared, not measured: the cell's own lists should say it for each network. Shared addresses: Europol counted up to
 * several thousand subscribers on one address of a mobile carrier (2017).
 */
export const usualLease: LeaseRule = {
  ...{ halfLife: 3 * 86_400_000, connection: 60_000, sharedBy: 1, chance: 1e-4, most: 8000 },
}
export const carrierNat: LeaseRule = { ...usualLease, halfLife: 3_600_000, sharedBy: 2000 }

export interface AddressEvidence {
  readonly level: string
  readonly millibits: Millibits
  readonly isConnection: boolean
}

/**
 * What two uses of one address say for one user, or null for two addresses. The share of cases in which it still has the
 * same holder falls by half with every half-life; a holder who is one of many says so much less. No instant: no evidence,
 * for an address without a time names nobody.
 */
export function addressEvidence(one: AddressUse, other: AddressUse, rule: LeaseRule): AddressEvidence | null {
  if (one.address !== other.address) return null
  if (one.at === null || other.at === null)
    return { level: 'the same address, time not said', millibits: 0, isConnection: false }
  const apart = Math.abs(one.at - other.at)
  const isConnection = isOwn(one.port) && one.port === other.port && apart <= rule.connection
  if (isConnection) return { level: 'the same address and port at the same time', millibits: rule.most, isConnection }
  const holder = 2 ** -(apart / rule.halfLife)
  const chance = Math.min(1, rule.chance * rule.sharedBy)
  const share = holder / rule.sharedBy
  const millibits = Math.round(1000 * Math.log2((share + (1 - share) * chance) / chance))
  return { level: levelOf(apart, rule), millibits: Math.max(0, Math.min(rule.most, millibits)), isConnection }
}

/** Senders often write the port of their own service, which everybody shares (RFC 6335: below 1024). */
const isOwn = (port: number | null): boolean => port !== null && port >= 1024

function levelOf(apart: number, { halfLife, sharedBy }: LeaseRule): string {
  const shared = sharedBy > 1 ? ', which many customers share' : ''
  return apart <= halfLife ? `the same address within its lease${shared}` : `the same address at another time${shared}`
}
