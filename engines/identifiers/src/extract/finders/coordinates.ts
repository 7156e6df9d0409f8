import { readCoordinates } from '../../place/coordinates.ts'
import { isDigit, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'
import { type Groups, lengthOf } from './numbers.ts'

const fewestDecimals = 3

/** `51.50740, -0.12780`: a pair with three decimals or more, which prices and versions do not have. */
export function findCoordinates(page: Page, place: number, groups: Groups): boolean {
  if (!page.wants('coordinates')) return false
  const end = groups.marks[0] === 46 ? decimalEnd(page, groups) : compassEnd(page, place)
  if (end === 0) return false
  const sign = page.at(place - 1)
  const start = groups.marks[0] === 46 && (sign === 45 || sign === 43) ? place - 1 : place
  if (start === place - 1 && isWordByte(page.at(place - 2))) return false
  const reading = readCoordinates(page.text(start, end))
  if (!reading.ok) return false
  page.digitsUntil = end
  page.hostUntil = Math.max(page.hostUntil, end)
  page.emit(start, end, reading.value.identifier)
  return true
}

function decimalEnd(page: Page, groups: Groups): number {
  if (groups.count < 2 || lengthOf(groups, 1) < fewestDecimals || lengthOf(groups, 1) > 15) return 0
  let at = groups.ends[1] ?? 0
  const mark = page.at(at)
  if (mark !== 44 && mark !== 59 && mark !== 32) return 0
  at += 1
  if (page.at(at) === 32) at += 1
  if (page.at(at) === 45 || page.at(at) === 43) at += 1
  const whole = at
  while (at - whole < 4 && isDigit(page.at(at))) at += 1
  if (at === whole || at - whole > 3 || page.at(at) !== 46) return 0
  const fraction = at + 1
  at = fraction
  while (at - fraction < 16 && isDigit(page.at(at))) at += 1
  const isPair = at - fraction >= fewestDecimals && at - fraction < 16
  return isPair && !isWordByte(page.at(at)) && !(page.at(at) === 46 && isDigit(page.at(at + 1))) ? at : 0
}

const longest = 64

/** `51°30'26"N 0°7'39"W`: up to the second compass letter. */
function compassEnd(page: Page, place: number): number {
  let letters = 0
  for (let at = place; at < place + longest; at += 1) {
    const byte = page.at(at)
    if (byte === 10 || byte === 0) return 0
    if (byte > 64 && byte < 123 && isWordByte(byte)) {
      if (byte !== 78 && byte !== 83 && byte !== 69 && byte !== 87) return 0
      letters += 1
      if (letters === 2) return isWordByte(page.at(at + 1)) ? 0 : at + 1
    }
  }
  return 0
}

/** At the word `lat` or `latitude`: the two numbers as named fields, `"latitude": 51.5, "longitude": -0.12`. */
export function findNamedCoordinates(page: Page, start: number, end: number): void {
  const text = page.ascii(start, Math.min(end + 96, page.end))
  if (!/[0-9]/.test(text)) return
  const form =
    /^lat(?:itude)?["']?[ =:]{1,3}["']?(-?[0-9]{1,2}(?:\.[0-9]{1,15})?)["']?[ ,;&]{1,3}["']?(?:lng|lon|long|longitude)["']?[ =:]{1,3}["']?(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)(?![0-9.])/i
  const match = form.exec(text)
  if (match === null) return
  const [whole, latitude = '', longitude = ''] = match
  const reading = readCoordinates(`${latitude},${longitude}`)
  if (!reading.ok) return
  const stop = start + whole.length
  page.digitsUntil = Math.max(page.digitsUntil, stop)
  page.hostUntil = Math.max(page.hostUntil, stop)
  page.emit(start, stop, reading.value.identifier, [page.ascii(start, end)])
}
