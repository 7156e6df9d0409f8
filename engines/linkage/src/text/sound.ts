/**
 * How a name in Latin letters sounds, roughly, whatever the language of who wrote it down: letters that are written for
 * one sound become one, vowels become `a`, doubled letters one. Finer than Soundex, for no letter is left out but h.
 */
export function soundOf(word: string): string {
  const plain = word
    .replace(/tz|ts/g, 's')
    .replaceAll('x', 'ks')
    .replaceAll('ph', 'f')
    .replace(/ck|q/g, 'k')
    .replace(/igh|eigh/g, 'i')
    .replace(/g(?=[eiy])/g, 'j')
    .replace(/c(?=[eiy])/g, 's')
    .replaceAll('c', 'k')
    .replaceAll('z', 's')
    .replaceAll('w', 'v')
    .replace(/(?<=.)h/g, '')
    .replace(/[aeiouy]+/g, 'a')
  return plain.replace(/(.)\1+/g, '$1')
}
