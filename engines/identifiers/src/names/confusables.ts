/**
 * Letters that look like a Latin one, from Cyrillic, Greek and a few neighbours: the common part of the table
 * `confusables.txt` of Unicode Technical Standard 39 (Unicode Security Mechanisms), written here as pairs.
 */
const lookalikes: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic, small and capital
    'аa еe оo рp сc уy хx ѕs іi јj ԁd һh ԛq ԝw ѵv ѡw ӏl ьb вb гr кk мm нh тt пn ё\u00eb',
    'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ԌG ԚQ ԜW ѴV ӀI ЗZ Ьb',
    // Greek, small and capital
    'αa γy ιi κk νv οo ρp υu χx ωw τt ηn ϲc ϳj σo εe',
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ϺM',
    // Armenian and Cherokee letters seen in false names
    'օo սu հh ոn զq ցg Տs ՍU ᎪA ᏴB ᏟC ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᎡR ᏚS ᎢT ᏙV ᎳW ᏃZ',
    // Latin letters and digits that look like others of their own script
    'ıi ɡg ɑa ʟl ǀl ⅼl ⅰi ꞵB ꓲl ꓳO',
  ]
    .join(' ')
    .split(' ')
    .map((pair): [string, string] => {
      const [letter = '', ...like] = pair
      return [letter, like.join('')]
    }),
)

export interface OddCharacter {
  /** Position in UTF-16 code units. */
  readonly at: number
  readonly character: string
  /** `U+0430`. */
  readonly codePoint: string
  readonly script: string
  /** The Latin letter it can be taken for, or null. */
  readonly looksLike: string | null
  readonly why: 'other script' | 'lookalike' | 'invisible' | 'direction' | 'compatibility'
}

export interface Confusables {
  /** Scripts among the letters, most frequent first. */
  readonly scripts: readonly string[]
  readonly mixed: boolean
  readonly odd: readonly OddCharacter[]
  /** What a reader takes it for: lookalikes as Latin letters, marks that cannot be seen left out. Never compared alone. */
  readonly looksLike: string
}

const scripts = (
  'Latin Cyrillic Greek Armenian Hebrew Arabic Devanagari Bengali Thai Georgian Hangul Hiragana Katakana Han Cherokee ' +
  'Ethiopic Khmer Tamil Lisu'
)
  .split(' ')
  .map((script) => ({ script, of: new RegExp(`^\\p{Script=${script}}$`, 'u') }))

/**
 * Shows letters in a name or domain that a reader takes for others. A name wholly in one script is nothing odd (a name in
 * Cyrillic is a name), unless every one of its letters looks like a Latin one. Japanese mixes three scripts by habit.
 */
export function revealConfusables(text: string): Confusables {
  const letters = [...text].map((character) => ({ character, script: scriptOf(character) }))
  const counts = new Map<string, number>()
  for (const { script } of letters) if (script !== 'Common') counts.set(script, (counts.get(script) ?? 0) + 1)
  const found = [...counts].sort((a, b) => b[1] - a[1]).map(([script]) => script)
  const japanese = found.filter((script) => !['Han', 'Hiragana', 'Katakana'].includes(script))
  const mixed = found.length > 1 && japanese.length + (found.length > japanese.length ? 1 : 0) > 1
  const allAlike = letters.every(({ character, script }) => script === 'Common' || lookalikes.has(character))
  const main = found[0] ?? 'Common'
  const odd: OddCharacter[] = []
  let looksLike = ''
  let at = 0
  for (const { character, script } of letters) {
    const why = oddness(character, script, mixed || allAlike, main)
    const like = lookalikes.get(character) ?? (why === 'compatibility' ? character.normalize('NFKC') : null)
    if (why !== null) {
      const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
      odd.push({ at, character, codePoint, script, looksLike: like, why })
    }
    if (why !== 'invisible' && why !== 'direction') looksLike += why === null ? character : (like ?? character)
    at += character.length
  }
  return { scripts: found, mixed, odd, looksLike }
}

function oddness(character: string, script: string, judged: boolean, main: string): OddCharacter['why'] | null {
  // Marks that turn the direction of writing, then others that take no room (Unicode: default ignorable).
  if (/^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/.test(character)) return 'direction'
  if (/^\p{Default_Ignorable_Code_Point}$/u.test(character) || /^\p{Cc}$/u.test(character)) return 'invisible'
  if (lookalikes.has(character) && (judged || script === 'Latin')) return 'lookalike'
  if (character.normalize('NFKC') !== character && /^[\p{L}\p{N}]$/u.test(character)) return 'compatibility'
  return judged && script !== 'Common' && script !== main ? 'other script' : null
}

const scriptOf = (character: string): string =>
  /^[\p{L}\p{M}]$/u.test(character) ? (scripts.find(({ of }) => of.test(character))?.script ?? 'Common') : 'Common'
