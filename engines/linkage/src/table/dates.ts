const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Year, and the two other numbers in the order that they stand in; a month in letters is told. */
interface Written {
  readonly year: string
  readonly first: number
  readonly second: number
  /** Which of the two is the month, where the text itself tells. */
  readonly month: 'first' | 'second' | null
}

/**
 * Dates of one column as YYYY-MM-DD. `3/4/1970` alone does not tell day from month; the column does where some of its
 * dates can be read in one order only and none, or far fewer, in the other. Where it does not, a date stays as it is
 * written. Years of two digits are those from 1930 to 2029.
 */
export function settledDates(written: readonly string[]): string[] {
  const read = written.map(readWritten)
  let [monthFirst, dayFirst] = [0, 0]
  for (const date of read) {
    if (date === null || date.month !== null) continue
    if (date.second > 12 && date.first <= 12) monthFirst++
    if (date.first > 12 && date.second <= 12) dayFirst++
  }
  const order = monthFirst >= 4 * dayFirst + 1 ? 'first' : dayFirst >= 4 * monthFirst + 1 ? 'second' : null
  return written.map((text, at) => {
    const date = read[at]
    if (date === null || date === undefined) return text
    const [first, second] = [isMonth(date.first), isMonth(date.second)]
    const month = date.month ?? (first && second ? order : first ? 'first' : second ? 'second' : null)
    if (month === null) return text
    const [m, d] = month === 'first' ? [date.first, date.second] : [date.second, date.first]
    return isMonth(m) && d >= 1 && d <= 31 ? `${date.year}-${two(m)}-${two(d)}` : text
  })
}

function readWritten(text: string): Written | null {
  const parts = text
    .trim()
    .toLowerCase()
    .split(/[\s./,-]+/)
    .filter((part) => part !== '')
  if (parts.length !== 3) return null
  const numbers = parts.map((part) => {
    const month = /^[a-z]{3,}$/.test(part) ? months.indexOf(part.slice(0, 3)) + 1 : 0
    return month > 0 ? month : /^\d{1,4}$/.test(part) ? Number(part) : Number.NaN
  })
  const [a = 0, b = 0, c = 0] = numbers
  if (numbers.some(Number.isNaN)) return null
  const inLetters = parts.findIndex((part) => /^[a-z]/.test(part))
  if (parts[0]?.length === 4 && inLetters < 0) return { year: parts[0], first: b, second: c, month: 'first' }
  const last = parts[2] ?? ''
  if (last.length !== 2 && last.length !== 4) return null
  const year = last.length === 4 ? last : String(c < 30 ? 2000 + c : 1900 + c)
  const month = inLetters === 0 ? 'first' : inLetters === 1 ? 'second' : null
  return inLetters === 2 ? null : { year, first: a, second: b, month }
}

const isMonth = (number: number): boolean => number >= 1 && number <= 12
const two = (number: number): string => String(number).padStart(2, '0')
