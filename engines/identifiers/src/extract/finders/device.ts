import { readMac } from '../../device/mac.ts'
import { type DeviceIdReading, readDeviceId } from '../../device/uuid.ts'
import { readIp } from '../../ip.ts'
import { isHex, isWordByte } from '../bytes.ts'
import { contextBefore } from '../context.ts'
import type { Page } from '../page.ts'

/** An id of a device, only where the text before it says that it is one. */
export function emitDeviceId(
  page: Page,
  start: number,
  end: number,
  by: DeviceIdReading['by'],
  word?: string,
): boolean {
  const said = word ?? namedAs(page, start, by)
  if (said === null) return false
  const reading = readDeviceId(page.ascii(start, end), by)
  if (!reading.ok) return false
  page.emit(start, end, reading.value.identifier, [said])
  return true
}

function namedAs(page: Page, start: number, by: DeviceIdReading['by']): string | null {
  const context = contextBefore(page, start)
  return context?.topic === by ? context.word : null
}

const macLength = 17

/** At the first colon or hyphen: six bytes in hex with the same mark between them. */
export function findMac(page: Page, place: number): boolean {
  const mark = page.at(place)
  const start = place - 2
  if (page.at(place + 3) !== mark || page.at(place + 6) !== mark || page.at(place + 9) !== mark) return false
  if (page.at(place + 12) !== mark || isWordByte(page.at(place + 15)) || page.at(place + 15) === mark) return false
  if (page.at(start - 1) === mark || isWordByte(page.at(start - 1))) return false
  const mac = readMac(page.ascii(start, start + macLength))
  if (!mac.ok) return false
  page.emit(start, start + macLength, mac.value.identifier)
  page.colonsUntil = start + macLength
  page.digitsUntil = Math.max(page.digitsUntil, start + macLength)
  return true
}

/** Longest text of an IPv6 address with an IPv4 one inside. */
const longestAddress = 45

/** At a colon among hex digits: the whole run of hex digits and colons around it is looked at once. */
export function findColons(page: Page, place: number): void {
  if (place < page.colonsUntil) return
  const floor = Math.max(page.colonsUntil, place - 5, 0)
  let start = place
  while (start > floor && isHex(page.at(start - 1))) start -= 1
  if (place - start === 2 && findMac(page, place)) return
  let end = place
  let colons = 0
  let shortened = false
  const ceiling = place + longestAddress + 1
  while (end < ceiling && (isHex(page.at(end)) || page.at(end) === 58)) {
    if (page.at(end) === 58) {
      colons += 1
      if (page.at(end - 1) === 58) shortened = true
    }
    end += 1
  }
  // ::ffff:192.0.2.1
  if (page.at(end) === 46 && colons > 1)
    while (end < ceiling && (isDigit(page.at(end)) || page.at(end) === 46)) end += 1
  page.colonsUntil = end
  if (colons < 2 || (!shortened && colons < 6) || end === ceiling || isWordByte(page.at(end)) || place - start > 4)
    return
  const before = page.at(start - 1)
  if (isWordByte(before) || before === 58 || before === 46) return
  while (page.at(end - 1) === 46) end -= 1
  if (page.at(end - 1) === 58 && page.at(end - 2) !== 58) end -= 1
  const ip = readIp(page.ascii(start, end))
  if (!ip.ok || ip.value.version !== 6) return
  // Two colons stand between names in programs, and 12:34:56 is a time; eight groups or a `::` with a digit are neither.
  if (end - start < 3 || (colons < 7 && colons === 2 && end - start < 6)) return
  page.digitsUntil = Math.max(page.digitsUntil, end)
  page.hostUntil = Math.max(page.hostUntil, end)
  page.emit(start, end, ip.value.identifier)
}

const isDigit = (byte: number): boolean => byte > 47 && byte < 58
