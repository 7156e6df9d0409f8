import type { Result } from '@tandem/core'
import { readImei } from '../../device/imei.ts'
import { readIccid, readImsi } from '../../device/sim.ts'
import type { Identifier, IdentifierRefusal } from '../../identifier.ts'
import { luhnHolds } from '../../luhn.ts'
import { cardBrand, readCard } from '../../money/card.ts'
import { isLetter } from '../bytes.ts'
import { type Context, contextBefore } from '../context.ts'
import type { Page } from '../page.ts'
import { type Groups, lengthOf } from './numbers.ts'

type Reader = (text: string) => Result<{ readonly identifier: Identifier }, IdentifierRefusal>

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['imei', readImei],
  ['imsi', readImsi],
  ['iccid', readIccid],
])

/** Twelve digits or more: devices and SIM cards where the text names them, payment cards by issuer and check digit. */
export function findLongNumber(page: Page, place: number, groups: Groups): boolean {
  if (isLetter(page.at(groups.ends[0] ?? 0)) || page.at(place - 1) === 46) return false
  const context = contextBefore(page, place)
  const reader = context === null ? undefined : readers.get(context.topic)
  if (context !== null && reader !== undefined) return readNamed(page, place, groups, { context, reader })
  // An order of 16 digits is an order, and `fbid=` and other keys name other things.
  if (context?.topic === 'other' || context?.topic === 'phone') return false
  return findCard(page, place, groups, context) || findSim(page, place, groups)
}

interface Named {
  readonly context: Context
  readonly reader: Reader
}

/** The longest row of groups that the reader accepts: what follows may be another number. */
function readNamed(page: Page, place: number, groups: Groups, { context, reader }: Named): boolean {
  for (let count = groups.count; count > 0; count -= 1) {
    const end = groups.ends[count - 1] ?? 0
    const reading = isLetter(page.at(end)) ? null : reader(page.ascii(place, end))
    if (reading?.ok !== true) continue
    page.emit(place, end, reading.value.identifier, [context.word])
    page.digitsUntil = end
    return true
  }
  return false
}

/** 4-4-4-4, 4-6-5, 4-6-4 and 4-4-4-4-3, or one row. Digits never leave this function but for the last four. */
function findCard(page: Page, place: number, groups: Groups, context: Context | null): boolean {
  const count = cardGroups(groups)
  if (count === 0) return false
  const end = groups.ends[count - 1] ?? 0
  const after = page.at(end)
  if (isLetter(after) || after === 46 || (count > 1 && after === 45)) return false
  const before = page.at(place - 1)
  if (before === 45 || before === 47 || before === 95 || before === 38) return false
  const written = page.ascii(place, end)
  const digits = written.replace(/[^0-9]/g, '')
  if (cardBrand(digits) === null || !luhnHolds(digits)) return false
  const card = readCard(written.replace(/[^0-9]/g, ' '))
  if (!card.ok) return false
  const named = context?.topic === 'card' ? [context.word] : []
  const alone = count === 1 && named.length === 0
  page.digitsUntil = end
  const identifier: Identifier = alone
    ? {
        ...card.value.identifier,
        strength: 'weak',
        because: `${card.value.identifier.because}; neither grouped nor named`,
      }
    : card.value.identifier
  page.emit(place, end, identifier, named, masked(written))
  return true
}

function cardGroups(groups: Groups): number {
  const { count } = groups
  const first = lengthOf(groups, 0)
  if (first > 11 && first < 20) return 1
  if (first !== 4 || count < 3) return 0
  const mark = groups.marks[0] ?? 0
  if ((mark !== 32 && mark !== 45) || mark !== groups.marks[1]) return 0
  const [second, third, fourth] = [lengthOf(groups, 1), lengthOf(groups, 2), lengthOf(groups, 3)]
  if (second === 6 && (third === 5 || third === 4)) return 3
  if (count < 4 || second !== 4 || third !== 4 || fourth !== 4 || groups.marks[2] !== mark) return 0
  // Five or six equal groups are a key or an account, no card.
  return count > 4 && lengthOf(groups, 4) === 4 && groups.marks[3] === mark ? 0 : 4
}

/** Every digit but the last four becomes a star; marks stay, so that the place in the text can be recognised. */
function masked(written: string): string {
  return written.replace(/[0-9](?=(?:[^0-9]*[0-9]){4})/g, '*')
}

/** A SIM card number tells by itself (89, calling code, check digit), but weakly where no word names it. */
function findSim(page: Page, place: number, groups: Groups): boolean {
  const length = lengthOf(groups, 0)
  if ((length !== 19 && length !== 20) || page.at(place) !== 56 || page.at(place + 1) !== 57) return false
  const end = groups.ends[0] ?? 0
  const sim = readIccid(page.ascii(place, end))
  if (!sim.ok || sim.value.identifier.strength !== 'checksum') return false
  page.digitsUntil = end
  page.emit(place, end, {
    ...sim.value.identifier,
    strength: 'weak',
    because: `${sim.value.identifier.because}; not named`,
  })
  return true
}
