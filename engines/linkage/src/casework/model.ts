import type { ObservedKind } from '../generic/observed.ts'
import type { Settings } from '../subjects/component.ts'
import type { Millibits } from '../subjects/events.ts'

/**
 * What agreement says in casework. **Declared, not learned**: no casework with a truth was there to learn from. Every link
 * names the revision it was weighed by (docs/linkage.md).
 */
export interface CaseworkModel {
  readonly name: string
  readonly revision: number
  /** Of two people of two referrals who have something in common, before it is asked what: eight to one against. */
  readonly prior: Millibits
  /** One value in common. */
  readonly shared: Readonly<Record<ObservedKind, Millibits>>
  /**
   * The same address and port at the same time: one connection, unless the sender wrote its own port. Otherwise an address
   * says at most `shared.ip`. Neither links by itself.
   */
  readonly connection: Millibits
  /** Both have values of a kind that identifies, and none is shared: little, for people have several. */
  readonly different: Millibits
  readonly nameSame: Millibits
  readonly nameAlike: Millibits
  /** People give false names. */
  readonly nameDifferent: Millibits
  readonly birthSame: Millibits
  readonly birthDifferent: Millibits
  /** Whoever sent the referral told the two apart. */
  readonly toldApart: Millibits
}

export const casework: CaseworkModel = {
  name: 'casework, shared values',
  revision: 2,
  prior: -3000,
  shared: {
    ...{ account: 10_000, email: 9000, phone: 7000, imsi: 9000, iccid: 8000, document: 11_000, 'pgp-key': 9000 },
    ...{ imei: 6000, 'device-id': 6000, mac: 5000, wallet: 6000, iban: 7000, handle: 2000, ip: 2500, hash: 0 },
  },
  connection: 2900,
  different: -500,
  nameSame: 4000,
  nameAlike: 2000,
  nameDifferent: -1000,
  birthSame: 6000,
  birthDifferent: -6000,
  toldApart: -12_000,
}

/** Referrals name few values of a person, so that sharing none says little against one person. */
export const caseworkSettings: Pick<Settings, 'unscored'> = { unscored: -1000 }
