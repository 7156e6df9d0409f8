import { defaultArchiveLimits } from '../archive/limits.ts'
import { archiveKind } from '../archive/nested.ts'
import type { MemberOpening, MemberSink, OpenMember } from '../archive/parser.ts'
import { archiveParser } from '../archive/reader.ts'
import type { PushParser } from '../bulk/push.ts'
import { detect } from '../detect.ts'
import { type GuardRefusal, guardBytes, type Stripped } from '../guard/index.ts'
import { refusalOf } from '../guard/whole-file.ts'
import { headOf } from '../head.ts'
import { defaultLimits, type Limits } from '../reader.ts'
import { containerFormats } from '../readers.ts'
import type { AnyRecord, Entry } from '../record.ts'
import { waczReader } from '../wacz/reader.ts'
import { WarcParser, warcReader } from '../warc/reader.ts'
import type { ContainerFormat, UnpackedLine } from './line.ts'

export interface Unpacked {
  readonly container: ContainerFormat
  /** What may be stored: guarded texts and what was said of the rest, a JSON value a line (`readUnpacked`). */
  readonly kept: Uint8Array
  /** What was hashed and dropped. */
  readonly stripped: readonly Stripped[]
}

export interface UnpackLimits {
  /** Of everything kept. */
  readonly maxBytes: number
}

/** The container that bytes are, when it is one whose members can be read. Office documents and programs are none. */
export function containerOf(bytes: Uint8Array): ContainerFormat | null {
  const head = headOf(bytes)
  if (archiveKind(head.bytes) === 'zip' && isPackage(head.bytes)) return null
  const detection = detect(bytes)
  if (detection.kind !== 'known' || !detection.certain) return null
  return containerFormats.find((each) => each === detection.format) ?? null
}

/**
 * Takes a container apart in memory: members that are text go through the guard and are kept, all others are hashed as
 * they stream past and dropped. Nothing of a picture is in what is kept.
 */
export function unpack(
  bytes: Uint8Array,
  container: ContainerFormat,
  limits: UnpackLimits,
): Unpacked | { readonly refusal: GuardRefusal } {
  const gathering = new Gathering(container, limits.maxBytes)
  const parser = parserOf(container, bytes, gathering)
  for (const entry of parser.push(bytes)) gathering.entry(entry)
  const ending = parser.end()
  let step = ending.next()
  while (step.done !== true) {
    gathering.entry(step.value)
    step = ending.next()
  }
  gathering.line({ end: step.value })
  if (gathering.overrun) {
    const says = `unpacked it holds more text than the ${limits.maxBytes} bytes which this lane accepts; send it in parts`
    return { refusal: { code: 'too-large', type: 'application/octet-stream', says } }
  }
  const outcome = guardBytes(gathering.bytes(), { maxBytes: Number.MAX_SAFE_INTEGER })
  if (outcome.refusal !== null) return { refusal: outcome.refusal }
  return { container, kept: outcome.guarded, stripped: [...gathering.stripped, ...outcome.stripped] }
}

function parserOf(container: ContainerFormat, bytes: Uint8Array, gathering: Gathering): PushParser {
  if (container === 'warc') return new WarcParser(defaultLimits)
  if (container === 'wacz') return wholeReading(waczReader, defaultLimits)
  const kind = archiveKind(headOf(bytes).bytes)
  const options = { limits: defaultArchiveLimits, open: gathering.open }
  return archiveParser(kind ?? container, container, defaultLimits, options)
}

/** A reader of whole files as a parser that is pushed once. */
function wholeReading({ read }: Pick<typeof waczReader, 'read'>, limits: Limits): PushParser {
  let whole: Uint8Array = new Uint8Array(0)
  return {
    push: (chunk) => {
      whole = chunk
      return []
    },
    *end() {
      return (yield* read(whole, limits)) ?? { claimedRecords: null, remarks: [] }
    },
  }
}

class Gathering {
  readonly stripped: Stripped[] = []
  overrun = false
  readonly #lines: string[] = []
  readonly #maxBytes: number
  #length = 0
  /** Why the member at hand is not kept, when it is not; its entry comes next. */
  #dropped: GuardRefusal | null = null

  constructor(container: ContainerFormat, maxBytes: number) {
    this.#maxBytes = maxBytes
    this.line({ unpacked: container })
  }

  line(line: UnpackedLine): void {
    const text = JSON.stringify(line)
    this.#length += text.length
    if (this.#length > this.#maxBytes) this.overrun = true
    if (!this.overrun) this.#lines.push(text)
  }

  bytes(): Uint8Array {
    return Buffer.from(`${this.#lines.join('\n')}\n`, 'utf8')
  }

  entry(entry: Entry<AnyRecord>): void {
    const dropped = this.#dropped
    this.#dropped = null
    this.line({ entry: dropped === null ? entry : this.#told(entry, dropped) })
  }

  /** The listing of a member whose bytes were dropped: of what type they were, and that they were not read. */
  #told(entry: Entry<AnyRecord>, { code, type, says }: GuardRefusal): Entry<AnyRecord> {
    if (entry.outcome === 'set-aside' || entry.record.kind !== 'item') return entry
    const { record } = entry
    const [file] = record.files
    const sha256 = file?.hashes.find(({ kind }) => kind === 'sha256')?.value
    const size = record.details.find(({ kind }) => kind === 'size')?.value
    if (file === undefined || sha256 === undefined) return entry
    const why = 'hashed and dropped while the archive was unpacked'
    const place = `${entry.place}, ${file.name ?? 'no name'}`
    this.stripped.push({ start: 0, end: 0, place, sha256, length: Number(size ?? 0), type, why })
    const told = { ...record, files: [{ ...file, contentType: type }] }
    if (code === 'media-file') return { ...entry, record: told }
    const remarks = entry.outcome === 'remarked' ? entry.remarks : []
    const remark = { code: 'member-not-read', place: entry.place, says: `Only hashed: ${says}.` }
    return { outcome: 'remarked', place: entry.place, record: told, remarks: [...remarks, remark] }
  }

  readonly open: OpenMember = ({ path, head }: MemberOpening): MemberSink => {
    if (warcReader.detect(headOf(head)) === 'certain') return captures()
    const chunks: Uint8Array[] = []
    let refusal = refusalOf(head)
    let length = 0
    return {
      push: (chunk) => {
        length += chunk.length
        if (length > this.#maxBytes) this.overrun = true
        if (refusal === null && !this.overrun) chunks.push(Uint8Array.from(chunk))
        return []
      },
      end: () => {
        const outcome = refusal === null ? guardBytes(Buffer.concat(chunks), { maxBytes: this.#maxBytes }) : null
        if (outcome !== null && outcome.refusal === null) {
          const member = path.join(' > ')
          this.stripped.push(...outcome.stripped.map((each) => ({ ...each, place: `${member}, ${each.place}` })))
          this.line({ member: path, latin1: Buffer.from(outcome.guarded).toString('latin1') })
        } else refusal ??= outcome?.refusal ?? null
        this.#dropped = refusal
        return []
      },
    }
  }
}

/** Captures of pages inside an archive: their own parser takes the media out. */
function captures(): MemberSink {
  const parser = new WarcParser(defaultLimits)
  return {
    push: (chunk) => parser.push(chunk),
    *end() {
      const { remarks } = yield* parser.end()
      for (const reason of remarks) yield { outcome: 'set-aside', place: reason.place, reason }
    },
  }
}

/** First member of office documents (ECMA-376, ODF), books and programs: their parts mean nothing alone. */
function isPackage(head: Uint8Array): boolean {
  const name = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 256)).toString('latin1', 30)
  return ['[Content_Types].xml', '_rels/', 'mimetype', 'META-INF/', 'AndroidManifest.xml'].some((each) =>
    name.startsWith(each),
  )
}
