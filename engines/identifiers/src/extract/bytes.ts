/** What the scanner does at a byte. Letters and `_` are skipped: nothing begins at them. */
export const skip = 0
/** A separator, or a byte beyond ASCII: a word has ended. */
export const separator = 1
export const digit = 2
/** From here on: a separator at which something may stand. */
export const at = 3
export const dot = 4
export const colon = 5
export const hash = 6
export const bracket = 7
export const percent = 8
export const slash = 9
export const hyphen = 10

export const classes: Uint8Array = (() => {
  const table = new Uint8Array(256).fill(separator)
  for (let byte = 0; byte < 26; byte += 1) table[65 + byte] = table[97 + byte] = skip
  table[95] = skip
  for (let byte = 48; byte < 58; byte += 1) table[byte] = digit
  const anchors: readonly (readonly [string, number])[] = [
    ['@', at],
    ['.', dot],
    [':', colon],
    ['#', hash],
    ['[', bracket],
    ['(', bracket],
    ['{', bracket],
    ['%', percent],
    ['/', slash],
    ['-', hyphen],
  ]
  for (const [character, kind] of anchors) table[character.charCodeAt(0)] = kind
  return table
})()

const letter = 1
const decimal = 2
const hex = 4
const hostMark = 8
const localMark = 16
const urlMark = 32
const high = 64

const traits: Uint8Array = (() => {
  const table = new Uint8Array(256)
  const add = (characters: string, trait: number): void => {
    for (const character of characters) table[character.charCodeAt(0)] = (table[character.charCodeAt(0)] ?? 0) | trait
  }
  add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', letter)
  add('0123456789', decimal)
  add('0123456789abcdefABCDEF', hex)
  add('-._', hostMark)
  add('-._+%', localMark)
  for (let byte = 33; byte < 127; byte += 1) table[byte] = (table[byte] ?? 0) | urlMark
  for (const character of '<>"`{}|\\^') {
    table[character.charCodeAt(0)] = (table[character.charCodeAt(0)] ?? 0) & ~urlMark
  }
  for (let byte = 128; byte < 256; byte += 1) table[byte] = high
  return table
})()

const has = (byte: number, trait: number): boolean => ((traits[byte] ?? 0) & trait) !== 0

export const isLetter = (byte: number): boolean => has(byte, letter)
export const isDigit = (byte: number): boolean => has(byte, decimal)
export const isWordByte = (byte: number): boolean => has(byte, letter | decimal)
export const isHex = (byte: number): boolean => has(byte, hex)
/** Letters, digits, `.`, `-`, `_`: what a name of a host is written with. */
export const isHostByte = (byte: number): boolean => has(byte, letter | decimal | hostMark)
export const isLocalByte = (byte: number): boolean => has(byte, letter | decimal | localMark)
export const isUrlByte = (byte: number): boolean => has(byte, urlMark | high)
export const isHigh = (byte: number): boolean => byte > 127
/** Leads of Latin, Greek and Cyrillic letters (U+0080 to U+07FF) and all continuation bytes. */
export const isAlphabetByte = (byte: number): boolean => byte > 127 && byte < 0xe0
