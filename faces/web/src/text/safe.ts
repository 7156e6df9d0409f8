/**
 * Text from outside may carry characters that no eye sees but that change what it reads: bidirectional controls
 * (Unicode TR 36, "Trojan Source"), zero-width characters, control codes, tags. They are shown, never obeyed.
 */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden'; readonly code: string; readonly name: string }

const names: Readonly<Record<number, string>> = {
  0: 'null',
  9: 'tab',
  10: 'line feed',
  13: 'carriage return',
  27: 'escape',
  127: 'delete',
  173: 'soft hyphen',
  847: 'grapheme joiner',
  1564: 'Arabic letter mark',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'end of embedding',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first-strong isolate',
  8297: 'end of isolate',
  12644: 'Hangul filler',
  65279: 'byte order mark',
}

const hiddenRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
]

const isHidden = (code: number): boolean => hiddenRanges.some(([from, to]) => code >= from && code <= to)
const pictograph = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{fe0f}/u
const joinsPictographs = (code: number): boolean => code === 0x200d || code === 0xfe0f
const nameOf = (code: number): string =>
  names[code] ?? (code >= 0xd800 && code <= 0xdfff ? 'broken character' : 'unseen')

/** More accents than this on one letter climb over the lines above and below (so-called zalgo text). */
const MOST_MARKS = 4
const mark = /\p{M}/u

const plainText = /^[\x20-\x7e]+$/

/** `lines`: keep line feeds and tabs as they are, for text that is shown as a block. */
export function segments(text: string, lines = false): Segment[] {
  // Most values hold nothing but plain characters, and long lists are full of them.
  if (plainText.test(text)) return [{ kind: 'text', text }]
  const found: Segment[] = []
  let plain = ''
  let marks = 0
  let before = ''
  const flush = () => {
    if (plain !== '') found.push({ kind: 'text', text: plain })
    plain = ''
  }
  const hide = (code: number, name: string) => {
    flush()
    found.push({ kind: 'hidden', code: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, name })
  }
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    marks = mark.test(character) ? marks + 1 : 0
    if (lines && (code === 0x0a || code === 0x09)) plain += character
    else if (joinsPictographs(code) && pictograph.test(before)) plain += character
    else if (isHidden(code)) hide(code, nameOf(code))
    else if (marks > MOST_MARKS) hide(code, 'stacked accent')
    else plain += character
    before = character
  }
  flush()
  return found
}

/** The same for places that take plain text only, such as a label or the clipboard. */
export const revealed = (text: string): string =>
  segments(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : `⟨${segment.code}⟩`))
    .join('')
