import { parse } from 'tldts'

/** Kept apart for documentation and tests (RFC 2606, RFC 6761, RFC 9476): no one's, but real text uses them. */
const reserved: ReadonlySet<string> = new Set(['example', 'test', 'invalid'])

/** Suffixes that are also the end of file names: `setup.py`, `photos.zip`, `main.rs`. */
const alsoFiles: ReadonlySet<string> = new Set(
  'zip mov py pl rs sh md app cc ps ai so cab dev do im in la mk mm pub java cpa tf to am ad as ms me id st'.split(' '),
)

const seen = new Map<string, boolean>()

/** Whether the last label is a registered one (the ICANN part of the public suffix list) or reserved for examples. */
export function isKnownSuffix(label: string): boolean {
  const known = seen.get(label)
  if (known !== undefined) return known
  const answer = reserved.has(label) || parse(`a.${label}`, { allowPrivateDomains: false }).isIcann === true
  // Hostile text brings new endings for ever; what is remembered stays small.
  if (seen.size > 5000) seen.clear()
  seen.set(label, answer)
  return answer
}

export const isAlsoFileEnding = (label: string): boolean => alsoFiles.has(label)
