import type { Identifier, IdentifierKind } from '../identifier.ts'

export interface Found {
  readonly identifier: Identifier
  /** As written. Two things are never kept: a card number (its digits are masked but for the last four), a private key. */
  readonly original: string
  /** First byte, and the byte behind the last. In a string: UTF-16 code units. */
  readonly start: number
  readonly end: number
  /** Words of the text that made it acceptable: `IMEI` before 15 digits. Empty when it needed none. */
  readonly context: readonly string[]
}

export interface ExtractOptions {
  /** Only these kinds; all of them when left out. */
  readonly kinds?: readonly IdentifierKind[]
  /**
   * ISO 3166 codes of countries the case points to. A number without calling code is read once for each; the country
   * stays an assumption and the number weak.
   */
  readonly countries?: readonly string[]
}
