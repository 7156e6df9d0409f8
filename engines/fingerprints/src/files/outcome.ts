import type { HashKind } from '../exact/index.ts'
import type { PictureRefusal, PixelHash } from '../pdq/index.ts'
import type { Name } from './name.ts'

/** A file in a folder, or a member within archives: `members` leads from the outermost archive inwards. */
export interface FilePlace {
  readonly path: Name
  readonly members: readonly Name[]
}

export type Digests = { readonly [Kind in HashKind]?: string }

/** What can be compared by likeness. A video has to be hashed by whoever can start a decoder. */
export type Likeness =
  | {
      readonly kind: 'picture'
      /** One a dialect asked for. */
      readonly hashes: readonly PixelHash[]
      /** It breaks off, and was hashed as far as it goes. */
      readonly incomplete: boolean
      /** It has several frames or pages, and only the first was hashed. */
      readonly firstOnly: boolean
      readonly remarks: readonly string[]
    }
  | { readonly kind: 'not-decoded'; readonly code: PictureRefusal['kind']; readonly says: string }
  | { readonly kind: 'video'; readonly name: string }

export interface FileRemark {
  readonly code: RemarkCode | ReasonCode
  /** One line for the person who reads the list. */
  readonly says: string
}

/** Hashed, and something about it should be known. */
export type RemarkCode = 'changed-while-read' | 'checksum-differs' | 'size-differs' | 'not-opened'

/** An archive that stays closed. */
export const notOpened = (why: string): FileRemark => ({
  code: 'not-opened',
  says: `An archive, hashed but not opened: ${why}.`,
})

export const closedHere = (name: string): string => `${name} is not read here; unpack a copy`

/** Not hashed. */
export type ReasonCode =
  | 'link'
  | 'special'
  | 'loop'
  | 'unreadable'
  | 'encrypted'
  | 'unsupported'
  | 'damaged'
  | 'limit'
  | 'failed'

/** One for each file, link, special file and archive member met: found = hashed + remarked + set aside. */
export type FileOutcome =
  | {
      readonly outcome: 'hashed'
      readonly place: FilePlace
      readonly size: number
      readonly digests: Digests
      readonly likeness?: Likeness
    }
  | {
      readonly outcome: 'remarked'
      readonly place: FilePlace
      readonly size: number
      readonly digests: Digests
      readonly likeness?: Likeness
      readonly remarks: readonly FileRemark[]
    }
  | { readonly outcome: 'set-aside'; readonly place: FilePlace; readonly reason: FileRemark }

export interface FileAccount {
  readonly found: number
  readonly hashed: number
  readonly remarked: number
  readonly setAside: number
  readonly bytes: number
}

export const setAside = (place: FilePlace, code: ReasonCode, says: string): FileOutcome => ({
  outcome: 'set-aside',
  place,
  reason: { code, says },
})

export function hashed(
  place: FilePlace,
  size: number,
  digests: Digests,
  remarks: readonly FileRemark[] = [],
  likeness: Likeness | null = null,
): FileOutcome {
  const about = { place, size, digests, ...(likeness === null ? {} : { likeness }) }
  return remarks.length === 0 ? { outcome: 'hashed', ...about } : { outcome: 'remarked', ...about, remarks }
}

export function accountOf(outcomes: Iterable<FileOutcome>): FileAccount {
  let account: FileAccount = { found: 0, hashed: 0, remarked: 0, setAside: 0, bytes: 0 }
  for (const outcome of outcomes) account = counted(account, outcome)
  return account
}

export function counted(account: FileAccount, outcome: FileOutcome): FileAccount {
  const is = (kind: FileOutcome['outcome']) => (outcome.outcome === kind ? 1 : 0)
  return {
    found: account.found + 1,
    hashed: account.hashed + is('hashed'),
    remarked: account.remarked + is('remarked'),
    setAside: account.setAside + is('set-aside'),
    bytes: account.bytes + (outcome.outcome === 'set-aside' ? 0 : outcome.size),
  }
}
