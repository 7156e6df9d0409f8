import { ok, type Result } from '@tandem/core'
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { luhnCheckDigit, luhnHolds } from '../luhn.ts'
import { refuse } from '../refuse.ts'
import { deviceDigits } from './digits.ts'
import { mobileCountries } from './mobile-countries.ts'

export interface ImsiReading {
  readonly identifier: Identifier
  /** First three digits: mobile country code (ITU-T E.212). */
  readonly mobileCountry: string
  /** ISO 3166 code, or null for international networks and ships. */
  readonly country: string | null
}

export interface IccidReading {
  readonly identifier: Identifier
  /** Country calling code after the 89 of telecommunications (ITU-T E.118). */
  readonly callingCode: string
}

/** ITU-T E.212: at most 15 digits, of which the first three name a country. No check digit. */
export function readImsi(written: string): Result<ImsiReading, IdentifierRefusal> {
  const text = deviceDigits(written, /^IMSI[:=\s]*/i, 'imsi')
  if (!text.ok) return text
  const digits = text.value
  if (digits.length !== 15 && digits.length !== 14) return refuse('imsi-length', 'an IMSI has 15 digits, rarely 14')
  const mobileCountry = digits.slice(0, 3)
  const country = mobileCountries.get(mobileCountry)
  if (country === undefined) return refuse('imsi-country', 'no country has these first three digits')
  if (/^(.)\1*$/.test(digits.slice(3))) return refuse('imsi-filler', 'one digit repeated names no subscriber')
  const because = `mobile country code ${mobileCountry}${country === '' ? '' : ` (${country})`}; an IMSI has no check digit`
  return ok({
    identifier: { kind: 'imsi', normal: digits, strength: 'form', because },
    mobileCountry,
    country: country === '' ? null : country,
  })
}

const callingCodes: ReadonlySet<string> = new Set(getCountries().map((country) => getCountryCallingCode(country)))

/** ITU-T E.118: 89, calling code, issuer, account and a check digit: 19 digits, 20 with some issuers. */
export function readIccid(written: string): Result<IccidReading, IdentifierRefusal> {
  const text = deviceDigits(written, /^(?:ICCID|SIM)[:=\s]*/i, 'iccid')
  if (!text.ok) return text
  const digits = text.value
  if (digits.length < 18 || digits.length > 20) return refuse('iccid-length', 'an ICCID has 19 or 20 digits')
  if (!digits.startsWith('89')) return refuse('iccid-industry', 'the number of a SIM begins with 89')
  const callingCode = [1, 2, 3].map((length) => digits.slice(2, 2 + length)).find((code) => callingCodes.has(code))
  if (callingCode === undefined) return refuse('iccid-country', 'no country has this calling code')
  if (digits.length > 18 && luhnHolds(digits)) {
    const because = `89, calling code ${callingCode} and Luhn check digit`
    return ok({ identifier: { kind: 'iccid', normal: digits, strength: 'checksum', because }, callingCode })
  }
  if (digits.length === 20) return refuse('iccid-checksum', 'the check digit (Luhn) does not hold')
  const because = 'the check digit was missing and was added'
  const normal = digits + luhnCheckDigit(digits)
  return ok({ identifier: { kind: 'iccid', normal, strength: 'weak', because }, callingCode })
}
