import { normalForm } from '../table/normal.ts'
import { readAddress } from '../text/address.ts'

/**
 * One name for one home, however its address is spelled; null where what is written does not name a single home: no house
 * number, no street, no place, or a box. Units of one house are homes of their own. Where one says the postcode and
 * another the town alone, they are two names: a tie that is missed, and none that is made up.
 */
export function homeName(written: string): string | null {
  const normal = normalForm('postal address', written)
  if (normal === '' || normal.length > 400) return null
  const { number, unit, street, postcode, rest } = readAddress(normal)
  const place = postcode === '' ? [...rest].sort().join(' ') : postcode
  if (number === '' || street.length === 0 || street[0] === 'box' || place === '') return null
  const words = street.map((word) => (/^.{3,}str$/.test(word) ? word.slice(0, -3) : word))
  return [number, unit, words.sort().join(' '), place].join('|')
}
