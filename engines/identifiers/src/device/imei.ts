import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { luhnCheckDigit, luhnHolds } from '../luhn.ts'
import { refuse } from '../refuse.ts'
import { deviceDigits } from './digits.ts'

export interface ImeiReading {
  readonly identifier: Identifier
  /** Type allocation code: the first eight digits name the model. */
  readonly typeAllocation: string
  readonly form: 'imei' | 'imeisv' | 'without-check-digit' | 'spare-digit'
  /** The last two digits of an IMEISV: the software, which changes while the device stays. */
  readonly softwareVersion: string | null
}

/**
 * 3GPP TS 23.003 section 6. However it is written, one device has one normal form: its 14 digits and the check digit.
 * Networks send 14 digits, or a zero in place of the check digit, or 16 digits with the software version.
 */
export function readImei(written: string): Result<ImeiReading, IdentifierRefusal> {
  const text = deviceDigits(written, /^IMEI(?:[ /]?SV)?[:=\s]*/i, 'imei')
  if (!text.ok) return text
  const digits = text.value
  if (digits.length < 14 || digits.length > 16) return refuse('imei-length', 'an IMEI has 14, 15 or 16 digits')
  if (/^(.)\1*$/.test(digits)) return refuse('imei-filler', 'one digit repeated names no device')
  const device = digits.slice(0, 14)
  const normal = device + luhnCheckDigit(device)
  const reading = (form: ImeiReading['form'], strength: Identifier['strength'], because: string) =>
    ok<ImeiReading>({
      identifier: { kind: 'imei', normal, strength, because },
      typeAllocation: device.slice(0, 8),
      form,
      softwareVersion: form === 'imeisv' ? digits.slice(14) : null,
    })
  if (digits.length === 16) return reading('imeisv', 'form', 'IMEISV of 16 digits, which has no check digit')
  if (digits.length === 14) {
    return reading('without-check-digit', 'form', '14 digits without the check digit, which was added')
  }
  if (luhnHolds(digits)) return reading('imei', 'checksum', 'Luhn check digit of an IMEI')
  if (digits.endsWith('0')) {
    return reading('spare-digit', 'weak', 'a zero in place of the check digit, as networks send it')
  }
  return refuse('imei-checksum', 'the check digit (Luhn) does not hold')
}
