/** What anybody on the machine may know of an agency's keys. */
export interface KeyState {
  readonly agency: string
  readonly name: string
  readonly state: 'open' | 'sealed' | 'open for some records'
  /** Who opens them at a start. */
  readonly holder: 'this machine' | 'officers'
  readonly threshold: number | null
  readonly officers: readonly string[]
  /** The token of the hardware module that holds the root, or null. */
  readonly module: string | null
  /** Whose shares are here, and how many more are needed. */
  readonly given: readonly string[]
  readonly missing: number
  /** New shares were printed; until they open the keys once, the old way in stays. */
  readonly newShares: { readonly threshold: number; readonly officers: readonly string[] } | null
  readonly rotation: number
  readonly openUntil: string | null
  /** When the last opening by break-glass ended whose review is still due. */
  readonly underReview: string | null
}

export interface ShareGiven {
  readonly officer: string
  readonly missing: number
  readonly opened: boolean
  readonly adopted: boolean
}
