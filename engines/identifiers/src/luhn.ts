/** ISO/IEC 7812-1 annex B: from the right, every second digit doubled, the sum of all digits a multiple of ten. */
export const luhnHolds = (digits: string): boolean => luhnSum(digits, false) % 10 === 0

/** The digit that makes the number before it hold. */
export const luhnCheckDigit = (digits: string): string => String((10 - (luhnSum(digits, true) % 10)) % 10)

function luhnSum(digits: string, lastIsDoubled: boolean): number {
  let sum = 0
  let double = lastIsDoubled
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const digit = digits.charCodeAt(at) - 48
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
    double = !double
  }
  return sum
}
