/** The number as a double, or null when a double would change what was written: never change it silently. */
export function exactNumber(text: string): number | null {
  const value = Number(text)
  if (!Number.isFinite(value)) return null
  if (/^-?\d{1,15}$/.test(text)) return value
  return digitsOf(text) === digitsOf(String(value)) ? value : null
}

/** Sign, digits without zeros at either end, and the power of ten of the last digit: the same for 1.50 and 15e-1. */
function digitsOf(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = `${whole}${fraction}`
  let first = 0
  while (digits[first] === '0') first += 1
  if (first === digits.length) return '0'
  let last = digits.length
  while (digits[last - 1] === '0') last -= 1
  const power = Number(exponent) - fraction.length + (digits.length - last)
  return `${sign}${digits.slice(first, last)}e${power}`
}
