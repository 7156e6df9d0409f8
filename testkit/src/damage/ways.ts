import {
  type AnyRecord,
  containerOf,
  defaultLimits,
  detect,
  dumpReaders,
  type Entry,
  type FormatId,
  guardBytes,
  type Reader,
  type Reading,
  readEntries,
  readers,
  readUnpacked,
  unpack,
} from '@tandem/formats'

type Entries = readonly Entry<AnyRecord>[]

export const readerNamed = (id: FormatId): Reader | undefined =>
  [...readers, ...dumpReaders].find((each) => each.id === id)

/** The format that the content names, and for what no reader knows: the one that a person would name. */
export function formatOf(bytes: Uint8Array): FormatId {
  const found = detect(bytes)
  if (found.kind === 'known') return found.format
  if (found.looksLike === 'csv') return 'table-csv'
  return found.looksLike === 'json lines' ? 'json-lines' : 'plain-text'
}

/** What is wrong with how these bytes are read, on every way there is; empty when all is well. */
export function faultsOf(bytes: Uint8Array, format: FormatId): string[] {
  const cell = onTheWay('as a cell reads it', () => asInCell(bytes))
  // Where the guard changed nothing and the content names this format, the other way is the very same one.
  if (cell.read?.reading.format === format && cell.read.guarded?.length === bytes.length) {
    if (Buffer.compare(cell.read.guarded, bytes) === 0) return cell.faults
  }
  return [...cell.faults, ...onTheWay(`as ${format}`, () => judge(readEntries(bytes, { format }))).faults]
}

interface OnTheWay {
  readonly read: InCell | null
  readonly faults: string[]
}

function onTheWay(way: string, read: () => InCell | null): OnTheWay {
  try {
    const judged = read()
    return { read: judged, faults: judged === null ? [] : judged.faults.map((fault) => `${way}: ${fault}`) }
  } catch (error) {
    const threw = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { read: null, faults: [`${way}: threw ${threw}`] }
  }
}

type Reads = Generator<Entry<AnyRecord>, Reading, undefined>

interface Judged {
  readonly reading: Reading
  readonly faults: readonly string[]
}

interface InCell extends Judged {
  /** What the guard let through of a file that is no container. */
  readonly guarded?: Uint8Array
}

const laneLimit = 64 * 1024 * 1024

/** Guard or unpacking first, then the reader that the content names; null when the guard refused the whole file. */
function asInCell(bytes: Uint8Array): InCell | null {
  const container = containerOf(bytes)
  if (container !== null) {
    const unpacked = unpack(bytes, container, { maxBytes: laneLimit })
    return 'refusal' in unpacked ? null : judge(readUnpacked(unpacked.kept))
  }
  const outcome = guardBytes(bytes)
  if (outcome.refusal !== null) return null
  return { ...judge(readEntries(outcome.guarded)), guarded: outcome.guarded }
}

export interface Whole {
  readonly reading: Reading
  readonly entries: Entries
}

export function faultsIn({ reading, entries }: Whole): readonly string[] {
  return judge(
    (function* () {
      yield* entries
      return reading
    })(),
  ).faults
}

/** Each entry as it comes: a long file is not held. */
function judge(reads: Reads): Judged {
  const counted = { accepted: 0, remarked: 0, 'set-aside': 0 }
  const faults: string[] = []
  let halved = false
  let met = 0
  let step = reads.next()
  for (; step.done !== true; step = reads.next()) {
    const entry = step.value
    counted[entry.outcome] += 1
    met += 1
    faults.push(...faultsOfEntry(entry))
    halved ||= holdsHalfCharacter(entry)
  }
  const { account, remarks } = step.value
  if (account.records === 0 && remarks.length === 0) faults.push('nothing was said of it')
  const adds =
    account.records === met &&
    counted.accepted === account.accepted &&
    counted.remarked === account.remarked &&
    counted['set-aside'] === account.setAside
  if (!adds) faults.push(`account ${JSON.stringify(account)} of ${met} entries`)
  if (halved) faults.push('half a character')
  return { reading: step.value, faults }
}

/** Anywhere in what is stored: half of a surrogate pair cannot be written as UTF-8. */
function holdsHalfCharacter(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsHalfCharacter)
}

const fine: readonly string[] = []

function faultsOfEntry(entry: Entry<AnyRecord>): readonly string[] {
  if (entry.place === '') return ['an entry without a place']
  if (entry.outcome === 'accepted') return fine
  const remarks = entry.outcome === 'set-aside' ? [entry.reason] : entry.remarks
  if (remarks.length === 0) return [`${entry.place}: remarked without a remark`]
  return remarks.flatMap(({ code, place, says }) => [
    ...(code === 'reader-failed' ? [`${place}: our reader failed`] : []),
    ...(/^[a-z0-9-]+$/.test(code) && place !== '' && says.length > 5 ? [] : [`${place}: remark ${code} says nothing`]),
  ])
}

/** Through `stream`, in pieces of one buffer that is used again, a reader must say what it says of the whole. */
export async function faultsOfStream(bytes: Uint8Array, format: FormatId, piece: number): Promise<string[]> {
  const reader = readerNamed(format)
  if (reader?.stream === undefined) return []
  const whole = [...readEntries(bytes, { format })]
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const buffer = new Uint8Array(piece)
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.subarray(at, at + piece)
      buffer.set(part)
      yield buffer.subarray(0, part.length)
    }
  }
  const streamed: Entry<AnyRecord>[] = []
  for await (const entry of reader.stream(pieces(), defaultLimits)) streamed.push(entry)
  return JSON.stringify(streamed) === JSON.stringify(whole)
    ? []
    : [`in pieces of ${piece}: ${streamed.length} entries, of the whole ${whole.length}, or others`]
}
