/**
 * The start of a message: `12/9/20, 23:55 - ` (Android) or `[12/09/2020, 23:55:01] ` (iOS). The locale of the device
 * decides the order, the signs and the words, so the numbers are taken as they stand and nothing is concluded yet.
 */
export interface Header {
  /** The three numbers of the date as written. */
  readonly numbers: readonly [string, string, string]
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly half: 'am' | 'pm' | null
  /** Date and time as written. */
  readonly written: string
  /** What follows the header. */
  readonly rest: string
  /** Two headers of one export have the same layout; a pasted line often has another. */
  readonly layout: string
}

/** No header is longer; what follows in a line is not looked at. */
const headerLength = 80
const blank = '[ \\u00a0\\u2009\\u202f]'
const date = `(?<first>\\d{1,4})(?<sign>[./-])${blank}?(?<second>\\d{1,2})\\k<sign>${blank}?(?<third>\\d{1,4})`
const early = `(?:(?<early>上午|下午|午前|午後|오전|오후|凌晨|早上|中午|晚上)${blank}?)?`
const link = `(?:klo|kl|at|às|à|a las|alle ore|ore|um|o|u|в)\\.?${blank}`
const time = '(?<hour>\\d{1,2})[:.](?<minute>\\d{2})(?:[:.](?<seconds>\\d{2}))?'
const late = `(?:${blank}?(?<late>[ap])${blank}?\\.?${blank}?m\\b\\.?)?`
const stamp = `(?<written>${date}\\.?,?${blank}+(?:${link})?${early}${time}${late})`
const bracketed = new RegExp(`^\\[${stamp}\\]${blank}?`, 'i')
const dashed = new RegExp(`^${stamp}${blank}[-\\u2013\\u2014]${blank}`, 'i')

const marks = /^[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/
const morning = new Set(['上午', '午前', '오전', '凌晨', '早上'])
const afternoon = new Set(['下午', '午後', '오후', '中午', '晚上'])

export function readHeader(line: string): Header | null {
  const leading = marks.exec(line)?.[0].length ?? 0
  const start = latinDigits(line.slice(leading, leading + headerLength))
  const open = start.startsWith('[')
  const match = (open ? bracketed : dashed).exec(start)
  if (match === null) return null
  const { written = '', first = '', sign = '', second = '', third = '', early, late, seconds } = match.groups ?? {}
  const { hour, minute } = match.groups ?? {}
  return {
    numbers: [first, second, third],
    hour: Number(hour),
    minute: Number(minute),
    second: Number(seconds ?? '0'),
    half: early === undefined ? halfOfLetter(late) : halfOfWord(early),
    written: line.slice(leading + (open ? 1 : 0), leading + (open ? 1 : 0) + written.length),
    rest: line.slice(leading + match[0].length),
    layout: [
      open ? '[' : '-',
      sign,
      first.length > 2 ? 'y' : '',
      third.length > 2 ? 'y' : '',
      seconds === undefined ? '' : 's',
    ].join(''),
  }
}

const halfOfWord = (word: string): 'am' | 'pm' | null => (morning.has(word) ? 'am' : afternoon.has(word) ? 'pm' : null)

const halfOfLetter = (letter: string | undefined): 'am' | 'pm' | null =>
  letter === undefined ? null : letter.toLowerCase() === 'a' ? 'am' : 'pm'

/** Arabic-Indic, Persian and Devanagari digits, which some phones write: one for one, so that places stay. */
function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) =>
    String((digit.charCodeAt(0) & 15) - (digit.charCodeAt(0) >= 0x966 ? 6 : 0)),
  )
}
