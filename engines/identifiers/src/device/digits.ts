import { ok, type Result } from '@tandem/core'
import type { IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

/**
 * Digits of a device or SIM number without the marks between them. A spreadsheet turns long numbers into
 * `3.56938E+14` and loses digits for good: that is named, so that the sender can be asked again.
 */
export function deviceDigits(written: string, name: RegExp, code: string): Result<string, IdentifierRefusal> {
  if (written.length > 64) return refuse(`${code}-length`, 'longer than any number of this kind')
  const text = written.trim().replace(name, '').trim()
  if (/^[0-9]+(?:[.,][0-9]+)?E\+?[0-9]{1,2}$/i.test(text)) {
    return refuse(
      `${code}-spreadsheet`,
      'damaged by a spreadsheet: its last digits are lost, ask for the number as text',
    )
  }
  // `="356..."` and a leading apostrophe are how a spreadsheet is told to keep its hands off.
  const bare = text.replace(/^="?|^'|"$/g, '')
  if (!/^[0-9]+(?:[ ./-][0-9]+)*F?$/i.test(bare)) return refuse(`${code}-form`, 'not written as digits')
  return ok(bare.replace(/[^0-9]/g, ''))
}
