import { revealed } from '../../text/safe.ts'

/** Both ends of a value tell it apart, so the middle goes. */
const LONGEST = 30
const TAIL = 9
const FAR = 200
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A label as it is painted: unseen and turning characters shown as codes, one line, not too long. */
export function painted(label: string, longest = LONGEST): string {
  const text = revealed(label)
  if (text.length <= longest) return text
  // What is far from both ends is not painted, and need not be taken apart.
  if (text.length > FAR * 2) return painted(text.slice(0, FAR) + text.slice(-FAR), longest)
  const signs = [...letters.segment(text)].map(({ segment }) => segment)
  return signs.length <= longest
    ? text
    : `${signs.slice(0, longest - TAIL - 1).join('')}…${signs.slice(-TAIL).join('')}`
}
