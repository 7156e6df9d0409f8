import type { Column } from '../table/columns.ts'
import { type Letters, textAt } from '../text/letters.ts'
import { type Cut, type KeyForm, keyOf, wholeText } from './keys.ts'

/** Key of each distinct value of a column as a number, or -1. */
export interface KeyNumbers {
  readonly ofValue: Int32Array
  readonly distinct: number
}

export function keyNumbers({ counts, letters }: Column, form: KeyForm): KeyNumbers {
  if ('made' in form) return numbersOfTexts(letters, counts.length, form)
  if (form.cut !== wholeText) return numbersOfCuts(letters, counts.length, form.cut)
  // Values are distinct.
  return { ofValue: Int32Array.from(counts.keys()), distinct: counts.length }
}

function numbersOfTexts(letters: Letters, count: number, form: KeyForm): KeyNumbers {
  const numbers = new Map<string, number>()
  const ofValue = new Int32Array(count).fill(-1)
  for (let value = 0; value < count; value++) {
    const key = keyOf(form, textAt(letters, value))
    if (key === '') continue
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    ofValue[value] = known
  }
  return { ofValue, distinct: numbers.size }
}

/** Equal cuts get one number, by open addressing (Knuth 6.4) over their units: no string is made. */
function numbersOfCuts({ starts, units }: Letters, count: number, cut: Cut): KeyNumbers {
  const ofValue = new Int32Array(count).fill(-1)
  const [froms, lengths] = [new Int32Array(count), new Int32Array(count)]
  let room = 1024
  while (room < 2 * count) room *= 2
  const table = new Int32Array(room).fill(-1)
  let start = 0
  const unitAt = (place: number): number => units[start + place] ?? 0
  const isSame = (one: number, other: number): boolean => {
    const [a, b, length] = [froms[one] ?? 0, froms[other] ?? 0, lengths[one] ?? 0]
    if (length !== lengths[other]) return false
    for (let place = 0; place < length; place++) if (units[a + place] !== units[b + place]) return false
    return true
  }
  let distinct = 0
  for (let value = 0; value < count; value++) {
    start = starts[value] ?? 0
    const end = starts[value + 1] ?? 0
    const kept = cut(end - start, unitAt)
    if (kept === 0) continue
    froms[value] = kept > 0 ? start : end + kept
    lengths[value] = Math.abs(kept)
    // FNV-1a by units, mixed once more at the end for the low bits.
    let hash = 0x811c9dc5
    for (let at = froms[value] ?? 0, last = at + Math.abs(kept); at < last; at++)
      hash = Math.imul(hash ^ (units[at] ?? 0), 0x01000193)
    let place = (hash ^ (hash >>> 15)) & (room - 1)
    while ((table[place] ?? -1) >= 0 && !isSame(value, table[place] ?? 0)) place = (place + 1) & (room - 1)
    const known = table[place] ?? -1
    if (known < 0) table[place] = value
    ofValue[value] = known < 0 ? distinct++ : (ofValue[known] ?? -1)
  }
  return { ofValue, distinct }
}
