/**
 * Names in Cyrillic and Greek, and Latin letters that are no other letter with a mark, in the Latin letters that passports use (ICAO 9303 part 3 section 6, ELOT 743 simplified),
 * so that a name written in two scripts can be compared at all. Scripts without written vowels are left as they are: a
 * guess would be no comparison.
 */
const pairs =
  'а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ ie ' +
  'ы y ь _ э e ю iu я ia є ie і i ї i ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz ' +
  'ß ss ø o æ ae œ oe ł l đ d ð d þ th ' +
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o'
const letters = new Map<string, string>()
const words = pairs.split(' ')
for (let at = 0; at + 1 < words.length; at += 2) letters.set(words[at] ?? '', (words[at + 1] ?? '').replace('_', ''))

/** Of small letters without marks. What is neither Cyrillic nor Greek stays. */
export const latin = (text: string): string =>
  /[\u0370-\u03ff\u0400-\u04ffßøæœłđðþ]/.test(text)
    ? Array.from(text, (letter) => letters.get(letter) ?? letter).join('')
    : text
