import type { FieldKind } from '../table/field.ts'

/** A form of a value by which records are brought together to be compared. */
export type KeyForm =
  | { readonly name: string; readonly cut: Cut }
  | { readonly name: string; readonly made: (normal: string) => string }

/** How much of a text is the key: so many units from its beginning, or below 0 from its end. 0: there is none. */
export type Cut = (length: number, unitAt: (place: number) => number) => number

/** The key of one text. '' : none. */
export function keyOf(form: KeyForm, normal: string): string {
  if ('made' in form) return form.made(normal)
  const cut = form.cut(normal.length, (place) => normal.charCodeAt(place))
  return cut > 0 ? normal.slice(0, cut) : cut < 0 ? normal.slice(cut) : ''
}

export const wholeText: Cut = (length) => length
const whole: KeyForm = { name: 'whole', cut: wholeText }
const start = (units: number): KeyForm => ({ name: `first ${units}`, cut: (length) => (length >= units ? units : 0) })
const end = (units: number): KeyForm => ({ name: `last ${units}`, cut: (length) => (length >= units ? -units : 0) })
const sound: KeyForm = { name: 'sound', made: soundex }
const before = (name: string, mark: string): KeyForm => ({
  name,
  cut: (length, unitAt) => {
    let place = 0
    while (place < length && unitAt(place) !== mark.charCodeAt(0)) place++
    return place
  },
})
const lastWord: KeyForm = {
  name: 'last word',
  cut: (length, unitAt) => {
    let place = length
    while (place > 0 && unitAt(place - 1) !== 32) place--
    return place - length
  },
}

const wordsEnd = (text: string): readonly [string, string] => [
  /^[^ ,]*/.exec(text)?.[0] ?? '',
  /[^ ,]*$/.exec(text)?.[0] ?? '',
]
/** Of a whole name, whichever of its ends is the family's. */
const ofWord = (end: 0 | 1, form: KeyForm): KeyForm => ({
  name: `${end === 0 ? 'first' : 'last'} word, ${form.name}`,
  made: (text) => keyOf(form, wordsEnd(text)[end]),
})

export const keyForms: Readonly<Record<FieldKind, readonly KeyForm[]>> = {
  name: [whole, start(3), sound],
  'full name': [
    whole,
    ofWord(0, whole),
    lastWord,
    ...[start(3), sound].flatMap((form) => [ofWord(0, form), ofWord(1, form)]),
    { name: 'sound of both', made: (text) => wordsEnd(text).map(soundex).join(' ').trim() },
  ],
  date: [whole, start(4), { name: 'day and month', cut: (length) => (length === 8 ? -4 : 0) }],
  email: [whole, before('before the @', '@')],
  phone: [end(7)],
  postcode: [whole, start(3), end(3)],
  address: [whole, before('first word', ' ')],
  'postal address': [whole, { name: 'number and a word', made: numberAndWord }],
  organisation: [whole, before('first word', ' ')],
  place: [whole, start(4)],
  username: [whole, { name: 'letters', made: stemOf }],
  identifier: [whole, start(4), end(4)],
  category: [whole],
}

/** The first number of an address and the longest word beside it. */
function numberAndWord(text: string): string {
  const part = text.split(', ').find((words) => /\d/.test(words)) ?? ''
  const words = part.split(' ')
  const number = words.find((word) => /^\d/.test(word)) ?? ''
  const longest = words.filter((word) => /^\p{L}+$/u.test(word)).reduce((a, b) => (b.length > a.length ? b : a), '')
  return longest === '' ? '' : `${number} ${longest}`
}

/** A user name without what people put around a name that is taken. '' : too little is left. */
export function stemOf(text: string): string {
  const stem = text.replace(/[^\p{L}\p{N}]/gu, '').replace(/^\p{N}+|\p{N}+$/gu, '')
  return stem.length >= 4 ? stem : ''
}

/** Code of each letter from a; h and w do not part equal codes, vowels (0) do. */
const codes = '01230120022455012623010202'

/** The American Soundex of the national archives: first letter and three codes. */
export function soundex(text: string): string {
  let made = ''
  let last = '0'
  for (const letter of text) {
    if (letter < 'a' || letter > 'z') continue
    const code = codes[letter.charCodeAt(0) - 97] ?? '0'
    const isFirst = made === ''
    if (isFirst) made = letter
    else if (code !== '0' && code !== last) made += code
    if (made.length === 4) return made
    if (isFirst || (letter !== 'h' && letter !== 'w')) last = code
  }
  return made === '' ? '' : made.padEnd(4, '0')
}
