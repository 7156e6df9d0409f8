import { slips } from './slips.ts'

/** A postal address in its parts; '' or empty: not said. */
export interface PostalAddress {
  readonly number: string
  readonly unit: string
  /** Words of the street without its type: `main` of `123 E Main St`. */
  readonly street: readonly string[]
  readonly postcode: string
  /** What is left: building, town, region, country. */
  readonly rest: readonly string[]
}

/** The type of a street is written in many ways, or left out. */
const streetTypes: ReadonlySet<string> = new Set(
  (
    'street st str strasse road rd avenue ave av lane ln drive dr boulevard blvd place pl plaza court ct way close cl crescent ' +
    'cres terrace ter highway hwy parkway pkwy square sq rise row walk circle cir trail rue via calle ulica ulitsa ul weg ' +
    'gasse platz allee straat laan jalan jln'
  ).split(' '),
)
const directions: ReadonlySet<string> = new Set('n s e w ne nw se sw north south east west'.split(' '))
const unitWords: ReadonlySet<string> = new Set('suite ste apt appt apartment unit flat room rm floor fl'.split(' '))
const houseWords: ReadonlySet<string> = new Set('no nr number bld bldg house'.split(' '))

const isNumber = (word: string): boolean => /^\d{1,5}[a-z]?$/.test(word)
const isPostcode = (word: string): boolean => /^\d{5}(\d{4})?$|^\d{6}$/.test(word)

interface Taken {
  number: string
  unit: string
  street: string[]
  postcode: string
  rest: string[]
}

/** Of a normal form, whose parts stand apart by `, `. What cannot be told is kept among the rest. */
export function readAddress(normal: string): PostalAddress {
  const taken: Taken = { number: '', unit: '', street: [], postcode: '', rest: [] }
  const segments = withoutPostcode(normal, taken)
    .split(', ')
    .map((segment) => withoutUnit(segment.split(' ').filter(Boolean), taken))
  // The segment that has a number beside words is the street's; else one that ends in the type of a street.
  const isStreet = (words: readonly string[]): boolean =>
    words.some(isNumber) && words.some((word) => !isNumber(word) && !houseWords.has(word))
  let chosen = segments.findIndex((words) => isStreet(words) && words.some((word) => streetTypes.has(word)))
  if (chosen < 0) chosen = segments.findIndex((words) => words.some((word, at) => at > 0 && streetTypes.has(word)))
  if (chosen < 0) chosen = segments.findIndex(isStreet)
  segments.forEach((words, at) => {
    if (at === chosen) takeStreet(words, taken)
    else if (taken.number === '' && words.length <= 2 && isNumber(words.at(-1) ?? '') && chosen >= 0)
      taken.number = words.at(-1) ?? ''
    else taken.rest.push(...words)
  })
  return { ...taken, rest: taken.rest.filter((word) => !directions.has(word) && !houseWords.has(word)) }
}

/** The last number long enough; the British and Canadian forms in two parts. */
function withoutPostcode(normal: string, taken: Taken): string {
  const parted = /(?<!\S)([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})(?!\S|\w)|(?<!\S)([a-z]\d[a-z]) ?(\d[a-z]\d)(?!\w)/.exec(
    normal,
  )
  if (parted !== null) {
    taken.postcode = parted.slice(1).join('')
    return normal.replace(parted[0], '')
  }
  const words = normal.split(/(?=[ ,])|(?<= )/)
  const at = words.findLastIndex((word) => isPostcode(word))
  // The very first word is the number of a house.
  if (at <= 0 && words.length > 1) return normal
  taken.postcode = (words[at] ?? '').slice(0, (words[at] ?? '').length === 9 ? 5 : undefined)
  return words.toSpliced(at, 1).join('')
}

function withoutUnit(words: string[], taken: Taken): string[] {
  const at = words.findIndex((word, place) => unitWords.has(word) && place + 1 < words.length)
  if (at < 0 || !/\d|^[a-z]$/.test(words[at + 1] ?? '')) return words
  taken.unit = words[at + 1] ?? ''
  return words.toSpliced(at, 2)
}

function takeStreet(words: readonly string[], taken: Taken): void {
  const box = words.findIndex((word, at) => word === 'box' || (word === 'po' && words[at + 1] === 'box'))
  const number = words.findIndex((word) => isNumber(word) || isPostcode(word))
  if (box >= 0) {
    taken.street = ['box']
    taken.number = words.find((word) => /^\d+$/.test(word)) ?? ''
    return
  }
  const type = words.findIndex((word, at) => at > number + 1 && streetTypes.has(word))
  const isBehind = number >= 0 && number < words.length - 1 && (type > number || number === 0)
  taken.number = words[number] ?? ''
  // `12 Main Street Town`, or `Hauptstrasse 12 Town`.
  const from = isBehind ? number + 1 : 0
  const end = isBehind ? (type > number ? type + 1 : words.length) : number >= 0 ? number : streetEnd(words)
  taken.street = words
    .slice(from, end)
    .map((word) => (/^.{3,}strasse$/.test(word) ? word.slice(0, -7) : word))
    .filter((word, _, all) => !isCommonWord(word) || all.every(isCommonWord))
  taken.rest.push(...words.slice(0, from).filter((word) => word !== taken.number))
  taken.rest.push(...words.slice(end).filter((_, at) => !(number === end && at === 0)))
}

const streetEnd = (words: readonly string[]): number => {
  const type = words.findIndex((word, at) => at > 0 && streetTypes.has(word))
  return type < 0 ? words.length : type + 1
}
const isCommonWord = (word: string): boolean => streetTypes.has(word) || directions.has(word) || houseWords.has(word)

/** Between "the same" and "different". */
export const addressLevels = [
  'the same house',
  'the same house, another unit',
  'the same street and number, elsewhere',
  'the same street, and a number not said or one slip apart',
  'the same street, another number',
  'only the town or postcode the same',
] as const
const [house, unit, elsewhere, street, neighbour, town, different] = [0, 1, 2, 3, 4, 5, 6]

/** The place in `addressLevels`, 6 for different, -1 where the two say nothing of the same part. */
export function addressLevel(one: PostalAddress, other: PostalAddress): number {
  const place = placeAgrees(one, other)
  if (one.street.length === 0 || other.street.length === 0) return place === null ? -1 : place ? town : different
  if (!isSameStreet(one.street, other.street)) return place === true ? town : different
  if (place === false) return one.number !== '' && one.number === other.number ? elsewhere : different
  if (one.number === other.number)
    return one.number === '' ? street : one.unit !== '' && other.unit !== '' && one.unit !== other.unit ? unit : house
  if (one.number === '' || other.number === '') return street
  return Math.max(one.number.length, other.number.length) >= 3 && slips(one.number, other.number, 1) === 1
    ? street
    : neighbour
}

function isSameStreet(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const fits = (word: string): boolean =>
    long.some((each) => each === word || (Math.min(each.length, word.length) >= 4 && slips(each, word, 1) === 1))
  return short.every(fits) && (short.length === long.length || short.some((word) => word.length >= 4))
}

/** Null where nothing is said of both. A postcode or a word of the place in common is agreement, whatever else differs. */
function placeAgrees(one: PostalAddress, other: PostalAddress): boolean | null {
  const postcodes = one.postcode !== '' && other.postcode !== ''
  if (postcodes && (one.postcode === other.postcode || slips(one.postcode, other.postcode, 1) === 1)) return true
  const [short, long] = one.rest.length <= other.rest.length ? [one.rest, other.rest] : [other.rest, one.rest]
  const shared = short.some(
    (word) =>
      word.length >= 3 && long.some((each) => each === word || (word.length >= 5 && slips(each, word, 1) === 1)),
  )
  if (shared) return true
  // A region or country of two letters in common is no place, but no other place either.
  if (short.some((word) => long.includes(word))) return null
  return postcodes || short.length > 0 ? false : null
}
