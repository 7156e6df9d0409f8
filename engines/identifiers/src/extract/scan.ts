import * as byte from './bytes.ts'
import { findColons, findMac } from './finders/device.ts'
import { findAt } from './finders/email.ts'
import { findFanged } from './finders/fanged.ts'
import { findHost, findUrl } from './finders/host.ts'
import { findGroupedIban, findLong, findUuid, longestRun, shortestRun } from './finders/long.ts'
import { findNumber } from './finders/numbers.ts'
import { findDiscriminator, findReddit } from './finders/platform.ts'
import { findAtWord, longestWord } from './finders/words.ts'
import type { Page } from './page.ts'

/** Where the scan stands: the next byte, and the separator before the word that is being read. */
export interface Stand {
  next: number
  separator: number
}

type OnArmor = (place: number) => void

/**
 * One pass over the bytes. Words are judged where they end, numbers where they begin, everything else at its mark; no
 * byte is visited twice, and finders look only a bounded way around. The kernel skips quickly to the bytes that matter.
 */
export function scan(page: Page, stand: Stand, limit: number, onArmor: OnArmor): void {
  if (page.kernel === null) scanPlainly(page, stand, limit, onArmor)
  else scanByKernel(page, stand, limit, onArmor)
}

/** The same in plain words: what the kernel is measured by, and what serves where there is none. */
export function scanPlainly(page: Page, stand: Stand, limit: number, onArmor: OnArmor): void {
  const { bytes } = page
  const { classes } = byte
  let last = stand.separator
  for (let at = stand.next; at < limit; at += 1) {
    const kind = classes[bytes[at] ?? 0] ?? 0
    if (kind === byte.skip) continue
    if (kind === byte.digit) {
      if (at === last + 1) findNumber(page, at)
      continue
    }
    const length = at - last - 1
    if (length > 1) {
      if (length <= longestWord) {
        findAtWord(page, last + 1, at)
        if (length === 4 && bytes[at] === 32 && isIbanHead(page, last + 1)) findGroupedIban(page, last + 1)
      } else if (length >= shortestRun && length <= longestRun) findLong(page, last + 1, at)
    }
    if (kind !== byte.separator) anchor(page, at, kind, length, onArmor)
    last = at
  }
  stand.next = limit
  stand.separator = last
}

const word = 11
const long = 12
const iban = 13

function scanByKernel(page: Page, stand: Stand, limit: number, onArmor: OnArmor): void {
  const { kernel } = page
  if (kernel === null) return
  const { events } = kernel
  while (stand.next < limit) {
    stand.next = kernel.scan(stand.next, limit, stand.separator)
    stand.separator = kernel.lastSeparator()
    const count = kernel.eventCount()
    for (let event = 0; event < count; event += 1) {
      const at = events[2 * event] ?? 0
      const packed = events[2 * event + 1] ?? 0
      const kind = packed & 15
      const length = packed >>> 4
      if (kind === byte.digit) findNumber(page, at)
      else if (kind === word) findAtWord(page, at - length, at)
      else if (kind === long) findLong(page, at - length, at)
      else if (kind === iban) findGroupedIban(page, at - length)
      else anchor(page, at, kind, length, onArmor)
    }
  }
}

/** Two capitals and two digits: a country and the check digits. */
function isIbanHead(page: Page, start: number): boolean {
  const [first, second] = [page.at(start), page.at(start + 1)]
  const capitals = first > 64 && first < 91 && second > 64 && second < 91
  return capitals && byte.isDigit(page.at(start + 2)) && byte.isDigit(page.at(start + 3))
}

function anchor(page: Page, at: number, kind: number, length: number, onArmor: OnArmor): void {
  const next = page.at(at + 1)
  switch (kind) {
    case byte.at:
      if (byte.isWordByte(next) || next === 95 || byte.isHigh(next)) findAt(page, at)
      return
    case byte.dot:
      if (at < page.hostUntil || !isNameByte(next) || !isNameByte(page.at(at - 1))) return
      // Between digits only a network address in three groups of four can stand.
      if (length !== 4 && byte.isDigit(next) && byte.isDigit(page.at(at - 1))) return
      findHost(page, at)
      return
    case byte.colon:
      if (next === 47) {
        if (page.at(at + 2) === 47) findUrl(page, at)
      } else if (at >= page.colonsUntil && mayBeAddress(page, at, next, length)) findColons(page, at)
      return
    case byte.hash:
      if (byte.isDigit(next)) findDiscriminator(page, at)
      return
    case byte.bracket:
      findFanged(page, at)
      return
    case byte.percent:
      if (next === 52 && page.at(at + 2) === 48) findAt(page, at, 3)
      return
    case byte.slash:
      if (length === 1) findReddit(page, at)
      return
    default:
      findAtHyphen(page, at, length, onArmor)
  }
}

const isNameByte = (code: number): boolean => byte.isWordByte(code) || byte.isHigh(code)

/** `::`, or a colon among hex digits with two groups and two colons behind it; a time of day has fewer. */
function mayBeAddress(page: Page, at: number, next: number, length: number): boolean {
  if (next === 58) return true
  if (!byte.isHex(next) || (length > 0 && !byte.isHex(page.at(at - 1)))) return false
  let place = at + 1
  for (let group = 0; group < 2; group += 1) {
    const end = place + 5
    while (place < end && byte.isHex(page.at(place))) place += 1
    if (page.at(place) !== 58) return false
    place += 1
  }
  return true
}

function findAtHyphen(page: Page, at: number, length: number, onArmor: OnArmor): void {
  if (length === 8) {
    if (page.at(at + 5) === 45) findUuid(page, at - 8)
  } else if (length === 2) {
    if (page.at(at + 3) === 45 && page.at(at + 6) === 45 && at >= page.colonsUntil) findMac(page, at)
  } else if (page.at(at + 1) === 45 && page.at(at - 1) !== 45 && page.ascii(at, at + 15) === '-----BEGIN PGP ')
    onArmor(at)
}
