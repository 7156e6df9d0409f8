import { type Detection, detect } from './detect.ts'
import type { LooksLike } from './looks-like.ts'
import { defaultLimits, type FormatId, type Limits, type ReaderEnd, wholeFile } from './reader.ts'
import { dumpReaders, readers } from './readers.ts'
import type { Account, AnyRecord, Entry, Remark } from './record.ts'

export interface ReadOptions {
  /** A person's answer when the content is ambiguous; detection is passed over. */
  readonly format?: FormatId
  readonly limits?: Partial<Limits>
}

/** What is known when the last entry is out. */
export interface Reading {
  readonly format: FormatId | null
  readonly account: Account
  /** What the sender says, beside our own count. */
  readonly claimedRecords: number | null
  readonly remarks: readonly Remark[]
}

/** Detects, reads, and ends with the exact account. Never throws: what cannot be read is one entry, set aside. */
export function* readEntries(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Generator<Entry<AnyRecord>, Reading, undefined> {
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const counts = { accepted: 0, remarked: 0, setAside: 0 }
  let format: FormatId | null = options.format ?? null
  let end: ReaderEnd | undefined
  const count = (entry: Entry<AnyRecord>): Entry<AnyRecord> => {
    counts[entry.outcome === 'set-aside' ? 'setAside' : entry.outcome] += 1
    return entry
  }
  if (bytes.length > limits.maxBytes) yield count(wholeFile('file-too-large', `larger than ${limits.maxBytes} bytes`))
  else {
    const detection: Detection = format === null ? detect(bytes) : { kind: 'known', format, certain: true }
    if (detection.kind === 'known') {
      format = detection.format
      const reading = readAs(format, bytes, limits)
      let step = reading.next()
      while (step.done !== true) {
        yield count(step.value)
        step = reading.next()
      }
      end = step.value
    } else yield count(notReadable(detection))
  }
  const records = counts.accepted + counts.remarked + counts.setAside
  const empty: Remark = {
    code: 'no-records',
    place: 'whole file',
    says: `Read as ${format}, it holds no record at all.`,
  }
  return {
    format,
    account: { records, ...counts },
    claimedRecords: end?.claimedRecords ?? null,
    remarks: [...(end?.remarks ?? []), ...(records === 0 ? [empty] : [])],
  }
}

export function readAll(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Reading & { readonly entries: readonly Entry<AnyRecord>[] } {
  const entries: Entry<AnyRecord>[] = []
  const reading = readEntries(bytes, options)
  let step = reading.next()
  while (step.done !== true) {
    entries.push(step.value)
    step = reading.next()
  }
  return { ...step.value, entries }
}

function* readAs(
  format: FormatId,
  bytes: Uint8Array,
  limits: Limits,
): Generator<Entry<AnyRecord>, ReaderEnd | undefined, undefined> {
  const reader = [...readers, ...dumpReaders].find(({ id }) => id === format)
  if (reader === undefined) {
    yield wholeFile('format-unknown', `there is no reader for ${format}`)
    return undefined
  }
  try {
    return yield* reader.read(bytes, limits)
  } catch {
    // A bug of ours must not lose the file: what was read stays, the rest is set aside and visible.
    yield wholeFile(
      'reader-failed',
      'an error in our reader: the rest of the file was not read; tell the maintainers',
      'rest of the file',
    )
    return undefined
  }
}

const looks: Readonly<Record<LooksLike, string>> = {
  empty: 'the file is empty',
  json: 'it is JSON, but of no agreed form',
  'json lines': 'it is a list of JSON lines, but of no agreed form',
  xml: 'it is XML, but of no agreed form',
  csv: 'it is a table, but without a column of hashes that we know',
  text: 'it is plain text',
  binary: 'it is binary data',
}

const dumpOf: Readonly<Partial<Record<LooksLike, FormatId>>> = {
  'json lines': 'json-lines',
  csv: 'table-csv',
  text: 'plain-text',
}

function notReadable(detection: Exclude<Detection, { kind: 'known' }>): Entry<never> {
  if (detection.kind === 'ambiguous') {
    return wholeFile(
      'format-ambiguous',
      `it could be ${detection.candidates.join(' or ')}: say which, and read it again`,
    )
  }
  const code = detection.looksLike === 'empty' ? 'file-empty' : 'format-unknown'
  const dump = dumpOf[detection.looksLike]
  const hint = dump === undefined ? '' : `; if it is a dump, say so and it is read as ${dump}`
  return wholeFile(code, `no reader knows this content: ${looks[detection.looksLike]}${hint}`)
}
