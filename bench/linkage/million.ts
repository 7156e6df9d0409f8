import type { Field } from '@tandem/linkage'

/** Invented persons and records of them with slips, by columns: '' where nothing was said. */
export interface People {
  readonly fields: readonly Field[]
  readonly columns: readonly (readonly string[])[]
  readonly truth: Int32Array
}

const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou']
const consonants = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'w',
  'th',
  'st',
  'br',
  'ch',
]

/**
 * `records` of about two thirds as many persons, in no order. Names and places are made of syllables and as unevenly
 * common as names are; every fifth cell of a copy has a slip or is left out.
 */
export function people(records: number, seed = 88675123): People {
  let state = seed
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  const word = (number: number): string => {
    let [rest, text] = [number + 7, '']
    while (rest > 0) {
      text += (consonants[rest % 20] ?? '') + (vowels[Math.floor(rest / 20) % 8] ?? '')
      rest = Math.floor(rest / 160)
    }
    return text
  }
  const words = (count: number): string[] => Array.from({ length: count }, (_, number) => word(number * 37))
  const [firsts, lasts, cities] = [words(1500), words(30_000), words(800)]
  // The square of an even draw: the first are the most common.
  const common = (list: readonly string[]): string => list[Math.floor(list.length * (below(1e6) / 1e6) ** 2)] ?? ''
  const two = (number: number): string => String(number).padStart(2, '0')
  const person = (): string[] => {
    const [first, last] = [common(firsts), common(lasts)]
    const birth = `${1930 + below(80)}${two(1 + below(12))}${two(1 + below(28))}`
    return [
      first,
      last,
      birth,
      common(cities),
      `${word(below(9000)).slice(0, 2)}${below(100)} ${below(10)}xy`,
      `${first}.${last}${below(1000)}@mail${below(20)}`,
    ]
  }
  const slip = (text: string): string => {
    const at = below(text.length)
    const kind = below(4)
    const letter = /\d/.test(text[at] ?? '') ? String(below(10)) : 'abcdefghijklmnopqrstuvwxyz'.charAt(below(26))
    if (kind === 0) return text.slice(0, at) + letter + text.slice(at + 1)
    if (kind === 1) return text.slice(0, at) + text.slice(at + 1)
    if (kind === 2) return text.slice(0, at) + letter + text.slice(at)
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
  }
  const columns: string[][] = Array.from({ length: 6 }, () => new Array<string>(records).fill(''))
  const truth = new Int32Array(records)
  const places = Int32Array.from({ length: records }, (_, place) => place)
  for (let place = records - 1; place > 0; place--) {
    const other = below(place + 1)
    const kept = places[place] ?? 0
    places[place] = places[other] ?? 0
    places[other] = kept
  }
  let made = 0
  for (let number = 0; made < records; number++) {
    const cells = person()
    const copies = below(3) === 0 ? 2 + below(2) : 1
    for (let copy = 0; copy < copies && made < records; copy++) {
      const row = places[made++] ?? 0
      truth[row] = number
      cells.forEach((cell, at) => {
        const dice = below(100)
        const column = columns[at]
        // Mail addresses are often not said at all.
        if (column !== undefined && dice >= 8 && (at < 5 || dice >= 40))
          column[row] = copy > 0 && dice < 20 ? slip(cell) : cell
      })
    }
  }
  const kinds = ['name', 'name', 'date', 'place', 'postcode', 'email'] as const
  const names = ['first', 'last', 'birth', 'city', 'postcode', 'mail']
  return { fields: kinds.map((kind, at) => ({ name: names[at] ?? '', kind })), columns, truth }
}
