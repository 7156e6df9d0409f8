import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { luhnHolds } from '../luhn.ts'
import { refuse } from '../refuse.ts'

export interface CardReading {
  readonly identifier: Identifier
  readonly brand: string
  readonly lastFour: string
}

/** First digits as the issuers publish them (ISO/IEC 7812); the longer rule stands first. */
const brands: readonly (readonly [brand: string, first: RegExp, lengths: readonly number[]])[] = [
  ['visa', /^4/, [13, 16, 19]],
  ['mastercard', /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ['american-express', /^3[47]/, [15]],
  ['discover', /^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  ['jcb', /^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  ['diners', /^3(?:0[0-5]|095|6|8|9)/, [14, 15, 16, 17, 18, 19]],
  ['unionpay', /^62/, [16, 17, 18, 19]],
  ['mir', /^220[0-4]/, [16, 17, 18, 19]],
  ['maestro', /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [12, 13, 14, 15, 16, 17, 18, 19]],
]

export const cardBrand = (digits: string): string | null =>
  brands.find(([, first, lengths]) => lengths.includes(digits.length) && first.test(digits))?.[0] ?? null

/**
 * A payment card number. It is checked (issuer range, Luhn) and at once forgotten but for its last four digits: what is
 * stored can recognise a card that a report names, and pay for nothing.
 */
export function readCard(written: string): Result<CardReading, IdentifierRefusal> {
  if (written.length > 40 || !/^[0-9]+(?:[ -][0-9]+)*$/.test(written.trim())) {
    return refuse('card-form', 'not written like a card number')
  }
  const digits = written.replace(/[^0-9]/g, '')
  const brand = cardBrand(digits)
  if (brand === null) return refuse('card-issuer', 'no issuer has cards with these first digits and this length')
  if (!luhnHolds(digits)) return refuse('card-checksum', 'the check digit (Luhn) does not hold')
  const lastFour = digits.slice(-4)
  const because = 'issuer range and Luhn check digit; only the last four digits are kept'
  return ok({
    identifier: { kind: 'card', normal: `${brand}/${lastFour}`, strength: 'checksum', because },
    brand,
    lastFour,
  })
}
