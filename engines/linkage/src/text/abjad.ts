/**
 * Arabic script writes consonants and long vowels only. A Latin spelling cannot be made of it without guessing, but the
 * consonants of both can be compared: long vowels and their bearers are dropped on both sides.
 */
const pairs =
  'ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z غ gh ف f ق k ك k ک k گ g ل l م m ن n ه h ' +
  'ة _ پ p چ ch ژ zh ا _ أ _ إ _ آ _ ٱ _ ع _ ء _ ئ _ ؤ _ و _ ي _ ى _ ی _ ـ _'
const letters = new Map<string, string>()
const words = pairs.split(' ')
for (let at = 0; at + 1 < words.length; at += 2) letters.set(words[at] ?? '', (words[at + 1] ?? '').replace('_', ''))

export const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text)

/** Consonants of a word in Arabic or Latin letters, doubled ones once; '' where another letter stands in it. */
export function consonantsOf(word: string): string {
  const plain = isArabic(word)
    ? Array.from(word, (letter) => letters.get(letter) ?? '?').join('')
    : word.replace(/[aeiouwy'’-]/g, '').replaceAll('q', 'k')
  return /^[a-z]*$/.test(plain) ? plain.replace(/(.)\1+/g, '$1') : ''
}
