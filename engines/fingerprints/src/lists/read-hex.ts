import { bitsSet } from '../bits/index.ts'
import { type Line, LONGEST_LINE, linesOf } from '../vpdq/lines.ts'
import type { FingerprintKind, ListedHash } from './list.ts'

export interface HexOptions {
  /** 64 digits are a SHA-256 or a PDQ; a list that does not say so line by line must be told apart by whoever loads it. */
  readonly sixtyFourDigits: 'sha256' | 'pdq'
}

export type HexItem =
  | { readonly kind: 'accepted'; readonly line: number; readonly hash: ListedHash }
  | { readonly kind: 'set-aside'; readonly line: number; readonly text: string; readonly reason: string }

/** Every line that is neither empty nor a comment is accepted or set aside. */
export interface HexAccount {
  readonly records: number
  readonly accepted: number
  readonly setAside: number
}

/**
 * One hash a line: bare, as `sha1: ...`, or as `md5sum` and its kin write it, with a file name behind it, which is not
 * kept. `#` begins a comment.
 */
export async function* readHexLines(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: HexOptions,
): AsyncGenerator<HexItem, HexAccount> {
  let accepted = 0
  let setAside = 0
  for await (const line of linesOf(source)) {
    if (/^\s*#/.test(line.text)) continue
    const item = readItem(line, options)
    if (item.kind === 'accepted') accepted++
    else setAside++
    yield item
  }
  return { records: accepted + setAside, accepted, setAside }
}

function readItem({ number, text, tooLong }: Line, options: HexOptions): HexItem {
  const refuse = (reason: string): HexItem => ({ kind: 'set-aside', line: number, text: text.slice(0, 200), reason })
  if (tooLong) return refuse(`The line is longer than ${LONGEST_LINE} characters.`)
  const [, named = '', digits = '', after = ''] =
    /^\s*(?:(md5|sha-?1|sha-?256|pdq)\s*[:=]\s*)?\\?([^\s,;#]+)(.*)$/i.exec(text) ?? []
  if (/^[\d.,]+e\+?\d+$/i.test(digits))
    return refuse('A spreadsheet turned the hash into a number; ask for the list anew.')
  if (!/^[0-9a-f]+$/i.test(digits)) return refuse('The line does not begin with hexadecimal digits.')
  const said = named === '' ? null : named.toLowerCase().replace('-', '')
  const kind = kindOf(digits.length, said, options)
  if (kind === null) {
    const where = said === null ? '' : `, and the line calls it ${said}`
    return refuse(`The hash has ${digits.length} digits${where}; MD5 has 32, SHA-1 has 40, SHA-256 and PDQ have 64.`)
  }
  // Columns mean something that this reader does not know: a list with columns has a reader of its own.
  if (/^\s*[,;]/.test(after)) return refuse('The line has columns; load the list as CSV.')
  return { kind: 'accepted', line: number, hash: { kind, value: digits.toLowerCase() } }
}

function kindOf(digits: number, said: string | null, { sixtyFourDigits }: HexOptions): FingerprintKind | null {
  const possible: readonly FingerprintKind[] =
    digits === 32 ? ['md5'] : digits === 40 ? ['sha1'] : digits === 64 ? [sixtyFourDigits, 'sha256', 'pdq'] : []
  return possible.find((kind) => said === null || kind === said) ?? null
}

/**
 * What a list's hashes of 64 digits are, if they show it: at most 128 bits of a PDQ hash are set (those above the
 * median), nearly always exactly 128; of a SHA-256 seldom.
 */
export function guessSixtyFour(samples: readonly string[]): 'sha256' | 'pdq' | null {
  const counts = samples.map((hex) => Buffer.from(hex, 'hex').reduce((sum, byte) => sum + bitsSet(byte), 0))
  if (counts.some((count) => count > 128)) return 'sha256'
  return counts.filter((count) => count === 128).length >= 4 ? 'pdq' : null
}
