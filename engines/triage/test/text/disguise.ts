import fc from 'fast-check'

const alike: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
}
const digits: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }

const each = (word: string, change: (letter: string, at: number) => string): string =>
  [...word].map((letter, at) => change(letter, at)).join('')

/** Ways to write one word so that a person reads it as before. Each leaves digits and short words readable. */
const ways: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toUpperCase(),
  (word) => each(word, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter)),
  (word) =>
    each(word, (letter) => (/[a-z]/.test(letter) ? String.fromCodePoint(letter.charCodeAt(0) + 0xfee0) : letter)),
  (word) =>
    each(word, (letter) => (/[a-z]/.test(letter) ? String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97) : letter)),
  (word) => each(word, (letter) => `${letter}\u200b`),
  (word) => each(word, (letter) => (/[aeiou]/.test(letter) ? `${letter}\u0301` : letter)),
  (word) => each(word, (letter) => alike[letter] ?? letter),
  (word) => each(word, (letter, at) => (at === word.length - 1 && /[a-z]/.test(letter) ? letter.repeat(4) : letter)),
  (word) =>
    /^[a-z]{3,}$/.test(word) ? each(word, (letter, at) => (at === 1 ? (digits[letter] ?? letter) : letter)) : word,
]

export const disguised = (text: string): fc.Arbitrary<string> => {
  const words = text.toLowerCase().split(' ')
  return fc
    .array(fc.constantFrom(...ways), { minLength: words.length, maxLength: words.length })
    .map((chosen) => words.map((word, at) => chosen[at]?.(word) ?? word).join(' '))
}
