import { readHash } from '../bits/index.ts'
import type { HashKind } from '../exact/index.ts'
import { type Dialect, RELIABLE_QUALITY, type Variant } from '../pdq/index.ts'
import { bitsPerBand, type FoundBy, type Match } from '../perceptual/index.ts'
import type { EntryAbout, ListAbout } from './list.ts'

/** What was looked up. */
export interface PerceptualQuery {
  /** The hash that was looked up: that of the variant. */
  readonly hash: string
  readonly threshold: number
  /** Null where the hash came without it. */
  readonly quality: number | null
  readonly dialect: Dialect | null
  readonly variant: Variant | null
}

export type Matching =
  | { readonly by: 'exact'; readonly kind: HashKind; readonly hash: string }
  | {
      readonly by: 'pdq'
      readonly hash: string
      readonly listedHash: string
      readonly distance: number
      readonly threshold: number
      readonly dialect: Dialect | null
      readonly listDialect: string | null
      readonly variant: Variant | null
      /** Of what was looked up; the list's own quality stands with the entry. */
      readonly quality: number | null
      readonly bitsPerBand: readonly number[]
      readonly foundBy: FoundBy
    }

/** Everything that can be said of one hit. */
export interface Explanation {
  readonly list: ListAbout
  readonly entry: EntryAbout
  readonly matching: Matching
  /** False: a quality under 50 on either side. Null: no quality is known. Such a hit is told, never dropped. */
  readonly reliable: boolean | null
  readonly words: readonly string[]
}

export const leadNotVerdict = 'A hit is a lead, never a verdict: a person looks before anything follows from it.'

export function explainExact(given: {
  readonly list: ListAbout
  readonly entry: EntryAbout
  readonly kind: HashKind
  readonly hash: string
}): Explanation {
  const { list, entry, kind, hash } = given
  const same = `The ${kindNames[kind]} is the same as that of ${listed(list, entry)}: the same bytes.`
  // Both can be made to collide on purpose (SHA-1: SHAttered, 2017).
  const weak =
    kind === 'sha256' ? [] : [`${kindNames[kind]} can be forged: other bytes with the same value can be made.`]
  return {
    list,
    entry,
    matching: { by: 'exact', kind, hash: hash.toLowerCase() },
    reliable: true,
    words: [same, category(entry), ...weak, leadNotVerdict],
  }
}

export function explainPerceptual(given: {
  readonly list: ListAbout
  readonly entry: EntryAbout
  readonly match: Match
  readonly query: PerceptualQuery
}): Explanation {
  const { list, entry, match, query } = given
  const [a, b] = [bytes(query.hash), bytes(match.hash)]
  const qualities = [query.quality, entry.quality].filter((quality) => quality !== null)
  const poor = qualities.some((quality) => quality < RELIABLE_QUALITY)
  return {
    list,
    entry,
    matching: {
      by: 'pdq',
      hash: query.hash.toLowerCase(),
      listedHash: match.hash,
      distance: match.distance,
      threshold: query.threshold,
      dialect: query.dialect,
      listDialect: list.dialect,
      variant: query.variant,
      quality: query.quality,
      bitsPerBand: bitsPerBand(a, b),
      foundBy: match.foundBy,
    },
    reliable: qualities.length === 0 ? null : !poor,
    words: [
      `Looks like ${listed(list, entry)}: ${match.distance} of 256 bits differ, up to ${query.threshold} count as a hit.`,
      category(entry),
      ...qualityWords(query, entry),
      ...dialectWords(query, list),
      ...variantWords(query),
      leadNotVerdict,
    ],
  }
}

const kindNames = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const satisfies Record<HashKind, string>

function listed({ name, version }: ListAbout, { entry, entryId }: EntryAbout): string {
  const id = entryId === null ? '' : ` (its id ${entryId})`
  return `entry ${entry}${id} of the list "${name}"${version === null ? '' : `, version ${version}`}`
}

function category({ category: said }: EntryAbout): string {
  if (said === null) return 'The list gives it no category.'
  return `The list puts it in category ${said.value}${said.scheme === null ? ', in a scheme it does not name' : ` of ${said.scheme}`}.`
}

function qualityWords({ quality }: PerceptualQuery, entry: EntryAbout): string[] {
  const poor: string[] = []
  const say = (whose: string, value: number) =>
    poor.push(
      `Not reliable: the quality of ${whose} is ${value}, under ${RELIABLE_QUALITY}. Plain pictures look alike.`,
    )
  if (quality !== null && quality < RELIABLE_QUALITY) say('the picture looked up', quality)
  if (entry.quality !== null && entry.quality < RELIABLE_QUALITY) say('the listed picture', entry.quality)
  return poor.length > 0 || quality !== null ? poor : ['The quality of what was looked up is not known.']
}

function dialectWords({ dialect }: PerceptualQuery, list: ListAbout): string[] {
  if (dialect === null || list.dialect === null || dialect === list.dialect) return []
  return [
    `Hashed by dialect ${dialect}, the list by ${list.dialect}: the two differ by some bits for the same picture.`,
  ]
}

const variantWords = ({ variant }: PerceptualQuery): string[] =>
  variant === null || variant === 'original' ? [] : [`Found turned or mirrored: ${variant}.`]

function bytes(hash: string): Uint8Array {
  const read = readHash(hash)
  if (!read.ok) throw new RangeError(read.error.says)
  return read.value
}
