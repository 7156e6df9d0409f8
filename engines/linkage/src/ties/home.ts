import { normalForm } from '../table/normal.ts'
import { readAddress } from '../text/address.ts'
import { plain, takeUnit } from './unit.ts'

/** Where post is kept and nobody lives, in several languages. */
const box =
  /(?<!\p{L})(?:p ?o ?box|box \d|pmb|postfach|postbus|apartado|casilla|boite postale|bp \d|caixa postal|private bag|poste restante)(?!\p{L})/u
/** `house 5` of a Russian address stands apart by a comma: it belongs to the street before it. */
const houseApart = /, (?:d|dom|д|дом) (\d+[a-z\p{L}]?)(?=,|$)/gu

/**
 * One name for one home, however its address is spelled; null where what is written does not name a single home: no house
 * number, no street, no place, or a box. Units of one house are homes of their own: beside the words that name a block, a
 * floor, a flat or a side, every number and every single letter that is not the house or the postcode counts. Where one
 * says more than another, they are two names: a tie that is missed, and none that is made up.
 */
export function homeName(written: string): string | null {
  const normal = normalForm('postal address', written).replace(houseApart, ' $1')
  if (normal === '' || normal.length > 400 || box.test(normal)) return null
  const taken = takeUnit(normal.split(', ').map((part) => part.split(' ')))
  const parts = taken.parts.map(withLetter).filter((words) => words.length > 0)
  const { number, unit, street, postcode, rest } = readAddress(parts.map((words) => words.join(' ')).join(', '))
  const place =
    postcode === ''
      ? rest
          .filter((word) => !tells(word))
          .sort()
          .join(' ')
      : postcode
  if (number === '' || street.length === 0 || street[0] === 'box' || place === '') return null
  const further = furtherOf(withoutPostcode(parts, postcode), number, street)
  const units = [...taken.unit, ...(unit === '' ? [] : [`u${unit}`]), ...further]
  const words = street.map((word) => (/^.{3,}str$/.test(word) ? word.slice(0, -3) : word))
  return [number, units.join(' '), [...words.sort(), ...typeOf(parts, street)].join(' '), place].join('|')
}

/** `4 a` is the house 4a. */
const withLetter = (words: readonly string[]): readonly string[] => {
  const [number = '', letter = ''] = words.slice(-2)
  return words.length > 2 && /^\d{1,4}$/.test(number) && /^[a-z]$/.test(letter)
    ? [...words.slice(0, -2), number + letter]
    : words
}

/** A word that can tell one dwelling from another, whatever it means. */
const tells = (word: string): boolean => /\d|^\p{L}$/u.test(word)

/** What else tells homes apart: of the street's part the numbers and letters, of any other part that has one every word. */
function furtherOf(parts: readonly (readonly string[])[], number: string, street: readonly string[]): string[] {
  let isNumberSeen = false
  return parts.flatMap((words) => {
    const isStreet = words.some((word) => street.some((each) => word.startsWith(each)))
    const others = words.filter((word) => {
      if (word !== number || isNumberSeen || !(isStreet || words.length <= 2)) return true
      isNumberSeen = true
      return false
    })
    if (isStreet)
      return others.flatMap((word) => {
        if (street.includes(word)) return []
        return directions.get(word) ?? (tells(word) ? named(word) : [])
      })
    return others.some(tells)
      ? others
          .filter((word) => word !== 'no')
          .map(named)
          .sort()
      : []
  })
}

/** `#4` and a number alone are a flat's. */
const named = (word: string): string => (/^\d/.test(word) ? `u${plain(word)}` : word)

const directions: ReadonlyMap<string, string> = new Map(
  ['n north', 's south', 'e east', 'w west', 'ne', 'nw', 'se', 'sw'].flatMap((line) =>
    line.split(' ').map((word): [string, string] => [word, line.split(' ')[0] ?? word]),
  ),
)

const streetTypes: ReadonlyMap<string, string> = new Map(
  (
    'street st str strasse,road rd,avenue ave av,lane ln,drive dr,boulevard blvd,place pl,court ct,close cl,crescent cres,' +
    'terrace ter,highway hwy,parkway pkwy,square sq,circle cir,way,walk,rise,row,trail,plaza,gasse,platz,allee,weg'
  )
    .split(',')
    .flatMap((line) => line.split(' ').map((word): [string, string] => [word, line.split(' ')[0] ?? word])),
)

/** Oak Street and Oak Avenue of one postcode are two streets. */
function typeOf(parts: readonly (readonly string[])[], street: readonly string[]): string[] {
  for (const words of parts) {
    const at = words.findIndex((word) => street.some((each) => word.startsWith(each)))
    if (at < 0) continue
    const last = words.findLastIndex((word) => street.includes(word))
    const type = /.{3}str(?:asse)?$/.test(words[at] ?? '')
      ? 'street'
      : (streetTypes.get(words[last + 1] ?? '') ?? streetTypes.get(words[at - 1] ?? ''))
    return type === undefined ? [] : [`(${type})`]
  }
  return []
}

/** The four digits that Americans add to a postcode name no flat. */
function withoutPostcode(parts: readonly (readonly string[])[], postcode: string): (readonly string[])[] {
  if (postcode === '') return [...parts]
  return parts.map((words) => {
    const at = words.findLastIndex(
      (word, place) => word.startsWith(postcode) || word + (words[place + 1] ?? '') === postcode,
    )
    if (at < 0) return words
    const isOne = words[at]?.startsWith(postcode) === true
    const isExtended = isOne && /^\d{5}$/.test(postcode) && /^\d{4}$/.test(words[at + 1] ?? '')
    return words.toSpliced(at, isOne && !isExtended ? 1 : 2)
  })
}
