/** What a column, or a labelled value, means. */
export type Meaning =
  | 'ip'
  | 'port'
  | 'time'
  | 'time-to'
  | 'date'
  | 'clock'
  | 'zone'
  | 'event'
  | 'account-id'
  | 'username'
  | 'other-id'
  | 'other-username'
  | 'customer'
  | 'name'
  | 'address'
  | 'email'
  | 'phone'
  | 'other-phone'
  | 'imei'
  | 'imsi'
  | 'iccid'
  | 'reference'
  | 'text'
  | 'urls'
  | 'detail'

export interface ReturnColumn {
  /** As in the header, in lower case, letters and digits only: `firstseentime` is First Seen Time and first_seen_time. */
  readonly names: readonly string[]
  readonly is: Meaning
  /** Of a time: what it is the time of. Of an address: what happened. */
  readonly of?: string
}

/**
 * How one sender writes one kind of answer. Plain data: a desk can save its own. A layout without a header row names
 * its columns by position and is told by the form of its cells.
 */
export interface ReturnProfile {
  readonly id: string
  readonly provider: string
  /** Platform of the accounts, for identifiers; null when the sender is no platform. */
  readonly platform: string | null
  /** Header names that must all be there. */
  readonly needs: readonly string[]
  /** Only this sender writes these names: then the content names the sender. */
  readonly distinctive: boolean
  readonly columns: readonly ReturnColumn[]
  readonly withoutHeader?: {
    readonly delimiter: '\t' | ','
    readonly columns: readonly string[]
    readonly forms: readonly { readonly at: number; readonly is: 'milliseconds' | 'ip' }[]
  }
  /** The sender says somewhere else that all its times are UTC; written down here with where it says so. */
  readonly zone?: { readonly offset: 'Z'; readonly because: string }
}

/** Letters and digits of a header cell, without a remark in brackets: `Conn. Time (UTC)` is `conntime`. */
export const headerKey = (cell: string): string =>
  cell
    .slice(0, 200)
    .replace(/\([^()]*\)/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** A zone in the caption: `Time (UTC)`, `Start [GMT+1]`, `Date UTC+02:00`. */
export function captionZone(cell: string): string | null {
  const match = /\b(?:UTC|GMT|Zulu)\s?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?(?![\p{L}\d])/iu.exec(cell.slice(0, 200))
  if (match === null) return null
  const [, sign, hours, minutes = '00'] = match
  if (sign === undefined || hours === undefined) return 'Z'
  return Number(hours) > 14 || Number(minutes) > 59 ? null : `${sign}${hours.padStart(2, '0')}:${minutes}`
}
