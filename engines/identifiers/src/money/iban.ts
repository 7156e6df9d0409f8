import { ok, type Result } from '@tandem/core'
import { getCountrySpecifications, isValidIBAN } from 'ibantools'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface IbanReading {
  readonly identifier: Identifier
  /** ISO 3166 code of the country that issued it. */
  readonly country: string
}

/** Characters of an IBAN in each country that has them (ISO 13616 registry). */
export const ibanLengths: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, { chars }]): [string, number][] =>
    chars === null || chars === undefined ? [] : [[country, chars]],
  ),
)

/** Upper case without blanks; the length is the country's and the check digits hold modulo 97 (ISO 7064). */
export function readIban(written: string): Result<IbanReading, IdentifierRefusal> {
  if (written.length > 64) return refuse('iban-length', 'longer than any IBAN')
  const text = written
    .trim()
    .replace(/^IBAN:?\s*/i, '')
    .replace(/[\s\u00a0-]/g, '')
    .toUpperCase()
  const country = text.slice(0, 2)
  const length = ibanLengths.get(country)
  if (length === undefined) return refuse('iban-country', 'no country with IBANs has these two letters')
  if (text.length !== length) return refuse('iban-length', 'not the length of an IBAN of this country')
  if (!isValidIBAN(text)) return refuse('iban-checksum', 'the check digits or the national form do not hold')
  const because = `length and form of ${country}, check digits modulo 97`
  return ok({ identifier: { kind: 'iban', normal: text, strength: 'checksum', because }, country })
}
