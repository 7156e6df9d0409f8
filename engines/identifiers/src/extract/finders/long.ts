import type { Result } from '@tandem/core'
import { readUuid } from '../../device/uuid.ts'
import { readHash } from '../../hash.ts'
import type { Identifier, IdentifierRefusal } from '../../identifier.ts'
import { ibanLengths, readIban } from '../../money/iban.ts'
import { readLightning } from '../../money/lightning.ts'
import { readTransaction } from '../../money/transaction.ts'
import { readWallet } from '../../money/wallet.ts'
import { readMessengerId } from '../../names/messenger.ts'
import { readOnion } from '../../network/onion.ts'
import { readPgpKeyName } from '../../pgp/fingerprint.ts'
import { contextBefore } from '../context.ts'
import type { Page } from '../page.ts'
import { emitDeviceId } from './device.ts'

export const shortestRun = 14
export const longestRun = 4096

const isLowerHex = 1
const isUpperHex = 2
const isOtherLower = 4
const isOtherUpper = 8
const isDecimal = 16
const isUnderscore = 32

const traits: Uint8Array = (() => {
  const table = new Uint8Array(256)
  for (let byte = 97; byte < 123; byte += 1) {
    table[byte] = byte < 103 ? isLowerHex : isOtherLower
    table[byte - 32] = byte < 103 ? isUpperHex : isOtherUpper
  }
  for (let byte = 48; byte < 58; byte += 1) table[byte] = isDecimal
  table[95] = isUnderscore
  return table
})()

const hashLengths: ReadonlySet<number> = new Set([32, 40, 56, 64, 96, 128])

/** At the end of a run of letters and digits of 14 or more: hex, base58, bech32, base32, an IBAN without blanks. */
export function findLong(page: Page, start: number, end: number): void {
  let seen = 0
  for (let at = start; at < end; at += 1) seen |= traits[page.at(at)] ?? 0
  if ((seen & isUnderscore) !== 0 || seen === isDecimal) return
  const length = end - start
  // Words of one case and without a digit are words; the one exception is the base32 of a bare onion address.
  if (
    (seen & isDecimal) === 0 &&
    length !== 56 &&
    (seen & (isLowerHex | isUpperHex | isOtherLower | isOtherUpper)) === seen
  ) {
    const mixed = (seen & (isLowerHex | isOtherLower)) !== 0 && (seen & (isUpperHex | isOtherUpper)) !== 0
    if (!mixed || length < 25) return
  }
  if (length <= 34 && (seen & (isLowerHex | isOtherLower)) === 0 && isIbanStart(page, start)) {
    const iban = readIban(page.ascii(start, end))
    if (iban.ok) {
      page.emit(start, end, iban.value.identifier)
      return
    }
  }
  const isHexOnly = (seen & (isOtherLower | isOtherUpper)) === 0
  if (isHexOnly) {
    findHex(page, start, end)
    return
  }
  const first = page.at(start)
  if (first === 48 && (page.at(start + 1) | 32) === 120) {
    findMarkedHex(page, start, end)
    return
  }
  if (length === 56 && (seen & (isUpperHex | isOtherUpper)) === 0) {
    emitRead(page, start, end, readOnion)
    return
  }
  if (length > 34 && length < 95 && (first | 32) !== 98 && (first | 32) !== 116 && (first | 32) !== 108) return
  const lower = first | 32
  if (length > 106 && lower !== 108) return
  if (lower === 108 && (page.at(start + 1) | 32) === 110) {
    emitRead(page, start, end, readLightning)
    return
  }
  if (
    (length > 24 && length < 36) ||
    length === 95 ||
    length === 106 ||
    lower === 98 ||
    lower === 116 ||
    lower === 108
  ) {
    emitRead(page, start, end, readWallet)
  }
}

type Reader = (text: string) => Result<{ readonly identifier: Identifier }, IdentifierRefusal>

function emitRead(page: Page, start: number, end: number, read: Reader): void {
  const reading = read(page.ascii(start, end))
  if (reading.ok) page.emit(start, end, reading.value.identifier)
}

function findHex(page: Page, start: number, end: number): void {
  const length = end - start
  if (length === 66 || length === 76) {
    emitRead(page, start, end, readMessengerId)
    return
  }
  if (length === 15 || length === 16) {
    emitDeviceId(page, start, end, 'android')
    return
  }
  if (!hashLengths.has(length)) return
  const text = page.ascii(start, end)
  const context = contextBefore(page, start)
  if (context !== null && emitNamedHex(page, start, end, text, context)) return
  const hash = readHash(text)
  if (hash.ok) page.emit(start, end, hash.value.identifier)
}

/** What the word before it makes of hex digits that could be several things. */
function emitNamedHex(
  page: Page,
  start: number,
  end: number,
  text: string,
  { topic, word }: { readonly topic: string; readonly word: string },
): boolean {
  const reading =
    topic === 'transaction'
      ? readTransaction(text, true)
      : topic === 'pgp'
        ? readPgpKeyName(text)
        : topic === 'hash'
          ? readHash(text, namesAlgorithm(word) ? word : 'hash')
          : null
  if (reading === null || !reading.ok) return topic === 'apple' && emitDeviceId(page, start, end, 'apple', word)
  page.emit(start, end, reading.value.identifier, [word])
  return true
}

const namesAlgorithm = (word: string): boolean => /^(?:md5|sha(?:1|224|256|384|512))$/i.test(word)

/** `0x` and 40 digits are an Ethereum address, 64 a transaction of it, 16 a key id where the text speaks of keys. */
function findMarkedHex(page: Page, start: number, end: number): void {
  const length = end - start - 2
  if (length === 40) {
    emitRead(page, start, end, readWallet)
    return
  }
  if (length === 64) {
    const context = contextBefore(page, start)
    const named = context?.topic === 'transaction'
    const transaction = readTransaction(page.ascii(start, end), named)
    if (transaction.ok) page.emit(start, end, transaction.value.identifier, named ? [context.word] : [])
    return
  }
  if (length !== 16) return
  const context = contextBefore(page, start)
  const key = context?.topic === 'pgp' ? readPgpKeyName(page.ascii(start, end)) : null
  if (context !== null && key?.ok === true) page.emit(start, end, key.value.identifier, [context.word])
}

/** At the first hyphen of eight hex digits: a UUID, or an advertising id where the text says so. */
export function findUuid(page: Page, start: number): void {
  const text = page.ascii(start, start + 36)
  const uuid = readUuid(text)
  if (!uuid.ok) return
  if (!emitDeviceId(page, start, start + 36, 'advertising')) page.emit(start, start + 36, uuid.value.identifier)
}

const isIbanStart = (page: Page, start: number): boolean => ibanLengths.has(page.ascii(start, start + 2))

/** At the third character of a word `GB33`: an IBAN in groups of four. */
export function findGroupedIban(page: Page, start: number): void {
  const expected = ibanLengths.get(page.ascii(start, start + 2))
  if (expected === undefined || page.at(start + 4) !== 32) return
  let count = 0
  let at = start
  for (; count < expected; at += 1) {
    const byte = page.at(at)
    if (byte === 32) {
      if (count % 4 !== 0) return
    } else if ((traits[byte] ?? 0) & (isDecimal | isUpperHex | isOtherUpper)) count += 1
    else return
  }
  if ((traits[page.at(at)] ?? 0) !== 0) return
  const iban = readIban(page.ascii(start, at))
  if (!iban.ok) return
  page.digitsUntil = Math.max(page.digitsUntil, at)
  page.emit(start, at, iban.value.identifier)
}
