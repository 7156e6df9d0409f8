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
  return [
    ...onTheWay('as a cell reads it', () => asInCell(bytes)),
    ...onTheWay(`as ${format}`, () => gathered(readEntries(bytes, { format }))),
  ]
}

function onTheWay(way: string, read: () => Whole | null): string[] {
  try {
    const whole = read()
    return whole === null ? [] : faultsIn(whole).map((fault) => `${way}: ${fault}`)
  } catch (error) {
    return [`${way}: threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
  }
}

export interface Whole {
  readonly reading: Reading
  readonly entries: Entries
}

function gathered(reading: Generator<Entry<AnyRecord>, Reading, undefined>): Whole {
  const entries: Entry<AnyRecord>[] = []
  for (;;) {
    const step = reading.next()
    if (step.done === true) return { reading: step.value, entries }
    entries.push(step.value)
  }
}

const laneLimit = 64 * 1024 * 1024

/** Guard or unpacking first, then the reader that the content names; null when the guard refused the whole file. */
function asInCell(bytes: Uint8Array): Whole | null {
  const container = containerOf(bytes)
  if (container !== null) {
    const unpacked = unpack(bytes, container, { maxBytes: laneLimit })
    return 'refusal' in unpacked ? null : gathered(readUnpacked(unpacked.kept))
  }
  const outcome = guardBytes(bytes)
  return outcome.refusal === null ? gathered(readEntries(outcome.guarded)) : null
}

export function faultsIn({ reading, entries }: Whole): string[] {
  const { records, accepted, remarked, setAside } = reading.account
  const count = (outcome: string): number => entries.filter((entry) => entry.outcome === outcome).length
  const counted = [count('accepted'), count('remarked'), count('set-aside')].join()
  const stored = JSON.stringify(entries)
  return [
    ...(records === 0 && reading.remarks.length === 0 ? ['nothing was said of it'] : []),
    ...(records === entries.length && counted === [accepted, remarked, setAside].join()
      ? []
      : [`account ${JSON.stringify(reading.account)} of ${entries.length} entries`]),
    // JSON writes half a character as an escape.
    ...(/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(stored) ? ['half a character'] : []),
    ...entries.flatMap((entry) => faultsOfEntry(entry)),
  ]
}

function faultsOfEntry(entry: Entry<AnyRecord>): string[] {
  if (entry.place === '') return ['an entry without a place']
  if (entry.outcome === 'accepted') return []
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
  const whole = gathered(readEntries(bytes, { format })).entries
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
