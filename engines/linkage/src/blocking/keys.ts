import type { FieldKind } from '../table/field.ts'

/** A form of a value by which records are brought together to be compared. '' : none. */
export interface KeyForm {
  readonly name: string
  readonly of: (normal: string) => string
}

const whole: KeyForm = { name: 'whole', of: (text) => text }
const start = (length: number): KeyForm => ({
  name: `first ${length}`,
  of: (text) => (text.length >= length ? text.slice(0, length) : ''),
})
const end = (length: number): KeyForm => ({
  name: `last ${length}`,
  of: (text) => (text.length >= length ? text.slice(-length) : ''),
})
const sound: KeyForm = { name: 'sound', of: soundex }

export const keyForms: Readonly<Record<FieldKind, readonly KeyForm[]>> = {
  name: [whole, start(3), sound],
  'full name': [whole, { name: 'last word', of: (text) => text.split(' ').at(-1) ?? '' }],
  date: [whole, start(4), { name: 'day and month', of: (text) => (text.length === 8 ? text.slice(4) : '') }],
  email: [whole, { name: 'before the @', of: (text) => text.split('@')[0] ?? '' }],
  phone: [end(7)],
  postcode: [whole, start(3), end(3)],
  address: [whole, { name: 'first word', of: (text) => text.split(' ')[0] ?? '' }],
  place: [whole, start(4)],
  username: [whole, { name: 'letters', of: stemOf }],
  identifier: [whole, start(4), end(4)],
  category: [whole],
}

/** A user name without what people put around a name that is taken. '' : too little is left. */
export function stemOf(text: string): string {
  const stem = text.replace(/[^\p{L}\p{N}]/gu, '').replace(/^\p{N}+|\p{N}+$/gu, '')
  return stem.length >= 4 ? stem : ''
}

const codes: Readonly<Record<string, string>> = Object.fromEntries(
  ['bfpv', 'cgjkqsxz', 'dt', 'l', 'mn', 'r'].flatMap((letters, code) =>
    [...letters].map((letter) => [letter, String(code + 1)]),
  ),
)

/** The American Soundex of the national archives: first letter and three codes; h and w do not part equal codes. */
export function soundex(text: string): string {
  const letters = [...text].filter((letter) => letter >= 'a' && letter <= 'z')
  const [first] = letters
  if (first === undefined) return ''
  let made = first
  let last = codes[first] ?? ''
  for (const letter of letters.slice(1)) {
    const code = codes[letter] ?? ''
    if (code !== '' && code !== last) made += code
    if (letter !== 'h' && letter !== 'w') last = code
  }
  return made.slice(0, 4).padEnd(4, '0')
}
