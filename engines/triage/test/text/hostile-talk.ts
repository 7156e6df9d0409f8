import type { Turn } from '@tandem/triage'

const marks = [
  ...[
    "'",
    '`',
    '\u2019',
    '\u200b',
    '\u0301',
    '\u00ad',
    '\ufe0f',
    '\u20e3',
    '.',
    ',',
    '\u2026',
    '\u2014',
    '"',
    '-',
    '_',
  ],
  ...['@', '$', '%', '\n', '\u00a0', '\u{1f600}', '\ud83d', '\udc00', '1,000', '12', '0', '4', '\u0663', '\u00b2'],
  ...['\u0410', '\uff33', '\u00df', '\u00e6', '\ufb01', '\ufdfa', '\u{1d41a}', '\u0130', '\u0131', '\u01c6', '\u6f22'],
]
const standIns: Readonly<Record<string, string>> = { a: '4', b: '8', e: '3', i: '1', l: '1', o: '0', s: '$', t: '7' }
const alike: Readonly<Record<string, string>> = { a: '\u0430', c: '\u0441', e: '\u0435', o: '\u03bf', s: '\u0455' }
const roles = ['reported', 'victim', 'other', 'not said'] as const

/** Talks made of these texts, written in every way that the reading knows and some that it does not; the same every time. */
export function hostileTalks(texts: readonly string[], count: number): readonly (readonly Turn[])[] {
  let state = 2463
  const below = (most: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % most
  }
  const pick = <T>(from: readonly T[], otherwise: T): T => from[below(from.length)] ?? otherwise
  const ways: readonly ((letter: string) => string)[] = [
    (letter) => letter.toUpperCase(),
    (letter) => letter + letter,
    (letter) => letter.repeat(4),
    (letter) => letter + pick(marks, '.'),
    (letter) => standIns[letter] ?? letter,
    (letter) => alike[letter] ?? letter,
    (letter) => `${letter} `,
    () => '',
  ]
  const changed = (text: string, often: number): string =>
    [...text].map((letter) => (below(100) < often ? pick(ways, String)(letter) : letter)).join('')
  const piece = (): string => {
    const text = pick(texts, '')
    switch (below(6)) {
      case 0:
        return changed(text, 8)
      case 1:
        return changed(text, 40)
      case 2:
        return [...text.replaceAll(' ', '')].join(pick([' ', '.', '-', ' \u2764 '], ' '))
      case 3:
        return `${pick(marks, '.')}${below(3000)}${pick(marks, '.')}`
      default:
        return text
    }
  }
  const turn = (): Turn => {
    const text = Array.from({ length: below(8) }, piece).join(pick([' ', '  ', '. ', ', ', ''], ' '))
    return { role: pick(roles, 'other'), ...(below(3) === 0 ? { id: pick(['x', 'y'], 'x') } : {}), text }
  }
  return Array.from({ length: count }, () => Array.from({ length: 1 + below(12) }, turn))
}
