import { err, ok, type Result } from '@tandem/core'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Identifier, IdentifierRefusal } from './identifier.ts'
import { hasControl } from './text.ts'

export interface PhoneReading {
  readonly identifier: Identifier
  /** E.164, or null when the country is not known. */
  readonly e164: string | null
  /** ISO 3166 code of the numbering plan, when it is clear. */
  readonly country: string | null
  readonly extension: string | null
  /** The country was taken from the caller, not from the number. */
  readonly assumedCountry: string | null
}

/**
 * A number with `+` and calling code becomes E.164. Without one the country is never guessed: the number is weak and
 * kept as written, unless the caller gives a country as an assumption, which then stays visible.
 */
export function readPhone(written: string, assumedCountry?: string): Result<PhoneReading, IdentifierRefusal> {
  const text = written.trim().replace(/^tel:/i, '')
  if (text.length > 64) return refused('phone-too-long', 'the text is longer than any phone number')
  if (hasControl(text)) return refused('phone-control', 'a control character in the number')
  if (
    !/^[+(]?[0-9\uff0b(][0-9 ()./\u00a0\u2010-\u2015-]*(?:(?:;ext=|\s*(?:ext\.?|x|#)\s*)[0-9]{1,10})?$/iu.test(text)
  ) {
    return refused('phone-form', 'not written like a phone number')
  }
  const digits = text.replace(/[^0-9]/g, '').length
  if (digits < 4 || digits > 25) return refused('phone-length', 'too few or too many digits for a phone number')
  if (!/[1-9]/.test(text)) return refused('phone-zeros', 'nothing but zeros: a field left empty')
  if (text.startsWith('+')) return international(text, null)
  if (assumedCountry === undefined) return ok(asWritten(text))
  const country = assumedCountry.toUpperCase()
  if (!isCountry(country))
    return refused('phone-country', 'the assumed country is no ISO 3166 code with a numbering plan')
  return international(text, country)
}

/** Whether the numbering plan gives the number to a line in a building alone. Where it may be a mobile one: no. */
export const isFixedLine = (normal: string): boolean =>
  normal.startsWith('+') && parsePhoneNumberFromString(normal, { extract: false })?.getType() === 'FIXED_LINE'

function international(text: string, assumed: CountryCode | null): Result<PhoneReading, IdentifierRefusal> {
  const parsed = parsePhoneNumberFromString(text, {
    ...(assumed === null ? {} : { defaultCountry: assumed }),
    extract: false,
  })
  if (parsed === undefined || !parsed.isPossible()) {
    return refused('phone-plan', 'no country has a number of this length under this calling code')
  }
  const valid = parsed.isValid()
  const plan = valid ? 'in the numbering plan of its country' : 'possible length, but no known range'
  const identifier: Identifier = {
    kind: 'phone',
    normal: parsed.number,
    strength: assumed !== null ? 'weak' : valid ? 'checksum' : 'form',
    because: assumed === null ? plan : `${plan}; country ${assumed} is an assumption`,
  }
  return ok({
    identifier,
    e164: parsed.number,
    country: parsed.country ?? null,
    extension: parsed.ext ?? null,
    assumedCountry: assumed,
  })
}

const asWritten = (text: string): PhoneReading => ({
  identifier: {
    kind: 'phone',
    normal: text,
    strength: 'weak',
    because: 'no calling code: country unknown, kept as written',
  },
  e164: null,
  country: null,
  extension: null,
  assumedCountry: null,
})

const isCountry = (text: string): text is CountryCode => /^[A-Z]{2}$/.test(text) && isSupportedCountry(text)

const refused = (code: string, says: string): Result<never, IdentifierRefusal> => err({ code, says })
