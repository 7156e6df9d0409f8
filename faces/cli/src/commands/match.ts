import { createReadStream } from 'node:fs'
import {
  type Catalogue,
  type Explanation,
  type HexItem,
  readFrameList,
  readHexLines,
  type VpdqFrame,
  widestRadius,
} from '@tandem/fingerprints'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { hitAsJson } from '../fingerprints/hit-json.ts'
import { answersOf, listOptions, listsGiven } from '../fingerprints/lists-given.ts'
import { looksLikeFrames } from '../fingerprints/load-lists.ts'
import { type ListedVideo, lookUpFrames, type VideoComparison } from '../fingerprints/videos.ts'
import type { Output } from '../output.ts'
import { count } from '../words.ts'

/** What the field takes for two hashes of one picture (PDQ). */
export const usualRadius = 31

export function radiusOf(text: string | undefined): number | null {
  if (text === undefined) return usualRadius
  return /^\d{1,3}$/.test(text) && Number(text) <= 256 ? Number(text) : null
}

export default command({
  summary: 'Looks fingerprints up on lists: one hash a line in, one JSON object a hit out. Nothing is stored.',
  args: {
    ...listOptions,
    radius: {
      type: 'string',
      valueHint: 'N',
      description: `bits that perceptual hashes may differ by (${usualRadius})`,
    },
  },
  rest: 'QUERIES',
  more: `QUERIES is a file with one MD5, SHA-1, SHA-256 or PDQ hash a line, or the frame list of a video (vPDQ), or - for standard
input. With two frame lists a line {"video":{...}} says how many percent of each are in the other.
A line of output: {"query","line","hash","list","entry","entryId","distance","category","reliable","words",...}; query and
entry count from 0; the last line is {"summary":...}. Where lists of both kinds are loaded and nothing says what 64 digits
are, a query of 64 digits is looked up as SHA-256 and as PDQ. Radius 0 to ${widestRadius} uses the index, more scans. A hit is a lead, never a verdict.`,
  async run(args, output, words) {
    const radius = radiusOf(args.radius)
    if (radius === null) return output.fail(usageFailure('The radius is a whole number from 0 to 256.'))
    const [file, ...more] = args._
    if (file === undefined || more.length > 0) return output.fail(usageFailure('Name one file of queries, or -.'))
    const lists = await listsGiven(args, words, output)
    if (!lists.ok) return output.fail(failure(exitCodes.refused, lists.error))
    const queries = await readQueries(file, answersOf(args).sixtyFour)
    if (queries === null)
      return output.fail(failure(exitCodes.refused, `${file} is not there, or not readable for you.`))
    const { catalogue, videos } = lists.value
    const accepted = queries.filter((item): item is Query => item.kind === 'accepted')
    const hits = matchAll(catalogue, accepted, radius, answersOf(args).sixtyFour === null)
    return tell(hits, queries, () => videoMatches(catalogue, videos, queries, radius), output)
  },
})

/** A line of the queries; one of a frame list brings its quality along. */
type Item = HexItem & { readonly frame?: VpdqFrame }
type Query = Extract<Item, { kind: 'accepted' }>

/** A query of 64 digits is looked up as either kind, unless the command says which: a wrong guess would be a silent miss. */
async function readQueries(file: string, said: 'sha256' | 'pdq' | null): Promise<readonly Item[] | null> {
  try {
    const bytes = await gathered(file === '-' ? process.stdin : createReadStream(file))
    if (looksLikeFrames(bytes.subarray(0, 65_536))) return await readFrames(bytes)
    const items: Item[] = []
    for await (const item of readHexLines([bytes], { sixtyFourDigits: said ?? 'sha256' })) items.push(item)
    return items
  } catch {
    return null
  }
}

async function readFrames(bytes: Uint8Array): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of readFrameList([bytes])) {
    if (item.kind === 'set-aside') items.push(item)
    else {
      const { line, frame } = item
      items.push({ kind: 'accepted', line, hash: { kind: 'pdq', value: frame.hash }, frame })
    }
  }
  return items
}

/** Two videos by their frame lists: percentages both ways. */
function videoMatches(
  catalogue: Catalogue,
  videos: readonly ListedVideo[],
  items: readonly Item[],
  radius: number,
): readonly VideoComparison[] {
  const frames = items.flatMap((item) => (item.frame === undefined ? [] : [item.frame]))
  if (frames.length === 0 || videos.length === 0) return []
  return [...lookUpFrames(frames, null, catalogue, videos, radius).comparisons.values()]
}

async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

interface Hit {
  readonly query: number
  readonly explanation: Explanation
}

/** One query after the other: a hash that stands on lists many thousand times must not fill the memory. */
function* matchAll(
  catalogue: Catalogue,
  queries: readonly Query[],
  radius: number,
  mayBeEither: boolean,
): Generator<Hit> {
  for (const [query, { hash, frame }] of queries.entries()) {
    if (hash.kind !== 'pdq') {
      for (const explanation of catalogue.hitsOf({ [hash.kind]: hash.value })) yield { query, explanation }
    }
    if (hash.kind !== 'pdq' && !(mayBeEither && hash.kind === 'sha256')) continue
    const matches = catalogue.perceptual?.query(hash.value, radius)
    if (matches?.ok === false) throw new Error(matches.error.says)
    const about = { hash: hash.value, threshold: radius, quality: frame?.quality ?? null, dialect: null, variant: null }
    for (const match of matches?.value ?? []) yield { query, explanation: catalogue.explain(match, about) }
  }
}

async function tell(
  hits: Iterable<Hit>,
  items: readonly Item[],
  videos: () => readonly VideoComparison[],
  output: Output,
): Promise<ExitCode> {
  const queries = items.filter((item): item is Query => item.kind === 'accepted')
  const found = new Set<number>()
  let told = 0
  for (const { query, explanation } of hits) {
    found.add(query)
    told++
    output.object({ query, line: queries[query]?.line ?? null, ...hitAsJson(explanation) })
    await output.taken()
  }
  for (const video of videos()) output.object({ video })
  const aside = items.filter((item) => item.kind === 'set-aside')
  for (const { line, reason } of aside) {
    if (output.json) output.object({ line, setAside: reason })
    else output.note(`line ${line} set aside: ${reason}`)
  }
  output.object({
    summary: {
      lines: items.length,
      queries: queries.length,
      setAside: aside.length,
      queriesWithHits: found.size,
      hits: told,
    },
  })
  output.note(
    `${count(queries.length, 'query').replace('querys', 'queries')}: ${found.size} with hits, ${count(told, 'hit')}`,
  )
  return aside.length > 0 ? exitCodes.partly : exitCodes.done
}
