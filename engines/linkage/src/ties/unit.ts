/** The part of a house that somebody lives in, taken out of an address. */
export interface Apart {
  /** What is left of each part of the address, word by word. */
  readonly parts: readonly (readonly string[])[]
  /** Block, floor, flat and side in this order, however they were ordered. Two of one class stay as they were written. */
  readonly unit: readonly string[]
}

const of = (words: string): readonly string[] => words.split(' ')
/** What a number or a letter is called in a house: `b` a building of several, `f` a floor, `u` a dwelling. */
const classes: ReadonlyMap<string, string> = new Map([
  ...of(
    'block blk blok bloque bloco building bldg bld tower batiment bat scala sc escalera esc stiege korpus korp корпус корп wing ' +
      'entrance подъезд',
  ).map((word): [string, string] => [word, 'b']),
  ...of('floor fl etage og stock planta piano andar этаж').map((word): [string, string] => [word, 'f']),
  ...of(
    'flat apt apartment appt app appartement appartamento unit suite ste room rm whg wohnung lgh lagenhet kv kvartira кв ' +
      'квартира interno int piso porta puerta pta tur door top mieszkanie lok',
  ).map((word): [string, string] => [word, 'u']),
])

const sides: ReadonlyMap<string, string> = new Map(
  [
    'left links gauche izq izda izqda izquierda esq esquerdo sinistra sx vanster',
    'right rechts droite dcha dch derecha dto direito destra dx hoger',
    'eg erdgeschoss bajo rdc parterre',
    'dg dachgeschoss atico attic penthouse',
    'ug souterrain basement sotano',
    'entresuelo mezzanine',
    ...of('ii iii iv vi vii viii ix'),
  ].flatMap((line) => of(line).map((word, _, [first = word]): [string, string] => [word, first])),
)

const counted = of('one two three four five six seven eight nine ten')
/** Five digits are a postcode: `FL 33101` is no floor. */
const saysWhich = /^\d{1,4}[a-z]?$|^\p{L}\d{0,4}$/u
/** `3º` and `3rd` are 3: the form of a text has made `3o` of the first. */
export const plain = (word: string): string => word.replace(/^(\d+)(?:o|st|nd|rd|th|er|eme)$/, '$1')

/** A number or a letter beside its word, wherever it stands; a side of the stairs; `ground floor`. */
export function takeUnit(parts: readonly (readonly string[])[]): Apart {
  const found: string[] = []
  const left = parts.map((words) => {
    const rest: string[] = []
    for (let at = 0; at < words.length; at++) {
      const [word = '', next = '', afterNext = ''] = words.slice(at, at + 3)
      const kind = classes.get(word)
      const number = counted.indexOf(next) + 1
      const value = next === 'no' && /^\d/.test(afterNext) ? afterNext : number > 0 ? String(number) : plain(next)
      if (kind !== undefined && saysWhich.test(value)) {
        found.push(kind + value)
        at += value === afterNext && next === 'no' ? 2 : 1
      } else if (sides.has(word)) found.push(`s${sides.get(word)}`)
      else if (classes.get(next) === 'f' && plain(word) !== word) {
        found.push(`f${plain(word)}`)
        at += 1
      } else if (of('og etage stock').includes(next) && saysWhich.test(word)) {
        found.push(`f${word}`)
        at += 1
      } else if (of('floor flat').includes(next) && /^\p{L}{2,}$/u.test(word) && kind === undefined) {
        found.push(`f${word}`)
        at += saysWhich.test(plain(afterNext)) && next === 'flat' ? 0 : 1
      } else rest.push(word)
    }
    return rest.every((word) => classes.has(word)) ? [] : rest
  })
  return {
    parts: left,
    unit: found
      .map((each, at) => ({ each, at }))
      .sort(byClass)
      .map(({ each }) => each),
  }
}

interface Placed {
  readonly each: string
  readonly at: number
}
const byClass = (a: Placed, b: Placed): number => (a.each[0] ?? '').localeCompare(b.each[0] ?? '') || a.at - b.at
