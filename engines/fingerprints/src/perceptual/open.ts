import { err, ok, type Result } from '@tandem/core'
import { hashBytes } from '../bits/index.ts'
import { type ByteSource, openSaved, problem, type Saved, type SavedProblem } from '../saved/index.ts'
import { readAbout, type SavedSegment } from './about.ts'
import type { IndexOptions, PerceptualIndex } from './contract.ts'
import { kernelRuns } from './kernel.ts'
import { PlainIndex } from './oracle.ts'
import { nobody, RowOwners } from './owners.ts'
import { bytesOf, ownerColumns, savedKind, savedVersion } from './save.ts'
import { imageLength, Segment } from './segment.ts'
import { samplesOf, selfTest } from './self-test.ts'
import { TableIndex } from './table-index.ts'

export interface OpenOptions extends IndexOptions {
  /** `everything` looks at each entry of each band; `planted` at a sample of hashes with known bits flipped. */
  readonly check?: 'planted' | 'everything'
}

/**
 * Loads a saved index into memory of its own, each table read straight to its place. A file that is cut short, foreign,
 * altered or of a newer version is refused, and so is one whose planted entries are not found.
 */
export function openPerceptualIndex(
  source: ByteSource,
  options: OpenOptions = {},
): Result<PerceptualIndex, SavedProblem> {
  const opened = openSaved(source, { kind: savedKind, newestVersion: savedVersion })
  if (!opened.ok) return opened
  const saved = opened.value
  const about = readAbout(saved.about)
  if (about === null || !hasTheseSections(saved, about)) {
    return err(problem('altered', 'The file does not describe its tables soundly. Build it anew.'))
  }
  const tail = new Uint32Array(about.records * 10)
  const read = saved.load('tail', bytesOf(tail))
  if (!read.ok) return read
  const samples: Uint8Array[] = samplesOf(tail, 10, null)
  const plain = options.kernel === 'plain' || !kernelRuns()
  const index = plain ? new PlainIndex() : new TableIndex(options)
  for (const [number, segment] of about.segments.entries()) {
    const loaded =
      index instanceof PlainIndex
        ? loadPlain(saved, number, segment, index)
        : loadSegment(saved, number, segment, index, options.check ?? 'planted')
    if (!loaded.ok) return loaded
    samples.push(...loaded.value)
  }
  index.adoptRecords(tail)
  const failure = selfTest(index, samples)
  return failure === null ? ok(index) : err(failure)
}

type Loaded = Result<readonly Uint8Array[], SavedProblem>

function loadSegment(
  saved: Saved,
  number: number,
  about: SavedSegment,
  index: TableIndex,
  check: 'planted' | 'everything',
): Loaded {
  const segment = Segment.empty(about.plan, about.rows, about.more)
  const image = saved.load(`segment-${number}`, segment.imageBytes())
  if (!image.ok) return image
  const owners = loadOwners(saved, number, segment.owners)
  if (!owners.ok) return owners
  if (check === 'everything' && !segment.isSound()) {
    const says = `Table ${number} does not hold every hash in its place. Build the file anew.`
    return err(problem('failed-self-test', says))
  }
  index.adopt(segment)
  return ok(samplesOf(segment.rowWords(), 8, segment.owners.lists))
}

/** The plain path keeps no bands: it takes rows and owners. */
function loadPlain(saved: Saved, number: number, about: SavedSegment, index: PlainIndex): Loaded {
  const image = saved.load(`segment-${number}`)
  if (!image.ok) return image
  const rows = new Uint32Array(image.value.slice(0, about.rows * hashBytes).buffer)
  const owners = new RowOwners(about.rows, about.more)
  const read = loadOwners(saved, number, owners)
  if (!read.ok) return read
  owners.each((row, list, entry) => index.adoptRow(rows, row, list, entry))
  return ok(samplesOf(rows, 8, owners.lists))
}

function loadOwners(saved: Saved, number: number, owners: RowOwners): Result<void, SavedProblem> {
  for (const [name, column] of ownerColumns(owners)) {
    const read = saved.load(`segment-${number}-${name}`, bytesOf(column))
    if (!read.ok) return read
  }
  const { lists, moreLists, moreRows } = owners
  if (moreRows.some((row, at) => row >= lists.length || row < (moreRows[at - 1] ?? 0))) {
    return err(problem('altered', 'The owners of a table are out of order. Build the file anew.'))
  }
  owners.dead = removedIn(lists) + removedIn(moreLists)
  return ok(undefined)
}

/** Sections of the lengths that the description promises: nothing is allocated for a file that lies about itself. */
function hasTheseSections(saved: Saved, about: { segments: readonly SavedSegment[]; records: number }): boolean {
  return (
    saved.lengthOf('tail') === about.records * 40 &&
    about.segments.every(({ plan, rows, more }, number) =>
      Object.entries({
        '': imageLength(plan, rows),
        '-lists': rows * 4,
        '-entries': rows * 4,
        '-more-rows': more * 4,
        '-more-lists': more * 4,
        '-more-entries': more * 4,
      }).every(([name, length]) => saved.lengthOf(`segment-${number}${name}`) === length),
    )
  )
}

const removedIn = (lists: Uint32Array): number => lists.reduce((sum, list) => (list === nobody ? sum + 1 : sum), 0)
