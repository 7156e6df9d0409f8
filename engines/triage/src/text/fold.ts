/**
 * One normal form for letters, the same for rules and for texts: NFKC with case taken away (UAX #15), accents of the
 * European scripts dropped, and look-alikes of Cyrillic and Greek read as the Latin letter (the idea of UTS #39).
 * What it gives for a character: letters or digits, '' for what hides inside a word, null for what ends a word.
 */
export function fold(character: string): string | null {
  const code = character.codePointAt(0) ?? 0
  if (isHidden(code)) return ''
  // Compatibility forms keep their case (fullwidth, mathematical), so the case goes last, and once more what it opens.
  const plain = character.normalize('NFKD').toLowerCase().normalize('NFKD')
  let folded = ''
  for (const each of plain) {
    if (isHidden(each.codePointAt(0) ?? 0)) continue
    if (!wordCharacter.test(each)) return null
    folded += lookAlikes.get(each) ?? digitOf(each) ?? each
  }
  return folded
}

const wordCharacter = /^[\p{L}\p{M}\p{N}]$/u

/** Accents, apostrophes inside words, soft hyphens, joiners, marks of direction, variation selectors. */
function isHidden(code: number): boolean {
  return (
    code === 0x27 ||
    code === 0x60 ||
    code === 0xad ||
    code === 0xb4 ||
    code === 0x2bc ||
    (code >= 0x300 && code <= 0x36f) ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    code === 0x2018 ||
    code === 0x2019 ||
    code === 0x201b ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0x20e3 ||
    (code >= 0xe0000 && code <= 0xe0fff)
  )
}

const lookAlikes = new Map<string, string>()
for (const pair of [
  // Cyrillic
  ...['аa', 'вb', 'сc', 'ԁd', 'еe', 'ёe', 'һh', 'нh', 'іi', 'їi', 'ӏl', 'јj', 'кk', 'мm', 'оo', 'рp', 'ԛq'],
  ...['ѕs', 'тt', 'ѵv', 'ԝw', 'хx', 'уy'],
  // Greek
  ...['αa', 'εe', 'ηn', 'ιi', 'κk', 'νv', 'οo', 'ρp', 'τt', 'υu', 'χx', 'γy', 'ωw'],
  // Latin letters that NFKD leaves alone
  ...['ıi', 'ɑa', 'ɡg', 'øo', 'łl', 'đd', 'ħh', 'ɩi', 'ʏy', 'ꜱs', 'ɪi', 'ɴn', 'ʀr', 'ᴀa', 'ᴇe', 'ᴍm', 'ᴏo', 'ᴛt'],
]) {
  const [from = '', to = ''] = pair
  lookAlikes.set(from, to)
}
lookAlikes.set('ß', 'ss')
lookAlikes.set('æ', 'ae')
lookAlikes.set('œ', 'oe')

/** Decimal digits of any script; their blocks are ten long and begin at zero. */
function digitOf(character: string): string | null {
  if (!/^\p{Nd}$/u.test(character)) return null
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x30 && code <= 0x39) return character
  let zero = code
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

export const isDigit = (character: string): boolean => character >= '0' && character <= '9'

/** What stands for a letter in playful or evasive spelling; tried only where the word as written is unknown. */
export const standIns: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['8', 'b'],
  ['9', 'g'],
  ['@', 'a'],
  ['$', 's'],
])

/** The whole of a text, or null when something in it ends a word. */
export function foldWord(written: string): string | null {
  let folded = ''
  for (const character of written) {
    const one = fold(character)
    if (one === null) return null
    folded += one
  }
  return folded
}
