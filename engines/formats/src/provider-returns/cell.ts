export interface Cell {
  readonly text: string
  readonly doubts: readonly { readonly code: string; readonly says: string }[]
}

/** `4.90154E+14`: a spreadsheet has thrown the last digits away. Nothing brings them back. */
const floated = /^[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}$/i

/** A cell as text: wrappings of spreadsheets taken off, their damage named. Nothing is calculated. */
export function readCell(written: string): Cell {
  const text = written.trim()
  if (floated.test(text)) {
    return {
      text,
      doubts: [
        {
          code: 'damaged-by-spreadsheet',
          says: 'a long number was rounded by a spreadsheet: its last digits are lost, ask again',
        },
      ],
    }
  }
  const wrapped = /^="([^"]*)"$/.exec(text)?.[1] ?? (/^'[0-9+]/.test(text) ? text.slice(1) : null)
  if (wrapped !== null) return { text: wrapped, doubts: [] }
  if (/^[0-9]{6,20}\.0+$/.test(text)) {
    return {
      text: text.replace(/\.0+$/, ''),
      doubts: [{ code: 'number-as-float', says: 'a number was written with decimals: leading zeros may be lost' }],
    }
  }
  if (/^=/.test(text)) return { text, doubts: [{ code: 'formula', says: 'a formula: kept as text, never calculated' }] }
  return { text, doubts: [] }
}

/** Digits that a device number must have; fewer means that zeros at the start are gone. */
export function numberDoubt(kind: 'imei' | 'imsi' | 'iccid', text: string): Cell['doubts'][number] | null {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^[0-9]+F?$/i.test(digits)) return { code: 'number-invalid', says: `not the digits of an ${kind.toUpperCase()}` }
  const [low, high] = kind === 'imei' ? [14, 16] : kind === 'imsi' ? [14, 15] : [18, 20]
  if (digits.length < low)
    return { code: 'digits-lost', says: `too few digits for an ${kind.toUpperCase()}: zeros at the start may be lost` }
  if (digits.length > high) return { code: 'number-invalid', says: `too many digits for an ${kind.toUpperCase()}` }
  if (kind === 'imei' && digits.length === 15 && !luhn(digits)) {
    return { code: 'check-digit', says: 'the check digit of the IMEI does not fit (records often write 0 there)' }
  }
  return null
}

function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const strict = new TextDecoder('utf-8', { fatal: true })

/** UTF-8 that somebody read as Latin-1 (`Ã©` for `é`): the repaired text, only if the whole of it decodes. */
export function repaired(text: string): string | null {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text)) return null
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0xff) return null
  try {
    return strict.decode(Buffer.from(text, 'latin1'))
  } catch {
    return null
  }
}
