// Control characters could drive the terminal; format characters (bidirectional marks, for one) turn what is read around.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const shown = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

/** For one line of a terminal. */
export const clean = (text: string): string => text.toWellFormed().replace(unsafe, shown)

/** For text of several lines. */
export const cleanLines = (text: string): string => text.split(/\r?\n/).map(clean).join('\n')

/** JSON of one line that is safe to look at, too. */
export const cleanJson = (value: unknown): string => JSON.stringify(value).replace(unsafe, escaped)

/** JSON writes what lies beyond the first 65,536 characters as two units. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
