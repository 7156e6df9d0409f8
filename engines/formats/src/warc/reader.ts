import { setAside } from '../bulk/item.ts'
import { type PushParser, readingBy } from '../bulk/push.ts'
import type { Head } from '../head.ts'
import { Gunzip, type GzipPart } from '../packed/gunzip.ts'
import type { Fit, Limits, Reader, ReaderEnd } from '../reader.ts'
import type { Entry, ItemRecord, Remark } from '../record.ts'
import { Capture } from './capture.ts'
import { WarcCutter, type WarcPart } from './cutter.ts'

const gzipSays = {
  'gzip-damaged': 'The compressed bytes are damaged here; reading goes on at the next member.',
  'gzip-checksum': 'A compressed member does not fit its checksum; reading goes on behind it.',
  'gzip-cut-off': 'The file ends inside a compressed member.',
  'not-gzip': 'Bytes between the compressed members are none of theirs.',
}

export class WarcParser implements PushParser {
  readonly #limits: Limits
  readonly #cutter = new WarcCutter()
  #gunzip: Gunzip | null = null
  #head: Buffer | null = Buffer.alloc(0)
  #capture: Capture | null = null
  #number = 0
  #packedMembers = 0
  readonly #remarks: Remark[] = []

  constructor(limits: Limits) {
    this.#limits = limits
  }

  *push(chunk: Uint8Array): Generator<Entry<ItemRecord>, void, undefined> {
    let bytes = chunk
    if (this.#head !== null) {
      this.#head = Buffer.concat([this.#head, chunk])
      if (this.#head.length < 2) return
      bytes = this.#head
      this.#begin(bytes)
    }
    if (this.#gunzip === null) yield* this.#parts(this.#cutter.push(bytes))
    else yield* this.#unpacked(this.#gunzip.push(bytes))
  }

  *end(): Generator<Entry<ItemRecord>, ReaderEnd, undefined> {
    if (this.#head !== null) yield* this.#parts(this.#cutter.push(this.#head))
    if (this.#gunzip !== null) yield* this.#unpacked(this.#gunzip.end())
    yield* this.#parts(this.#cutter.end())
    if (this.#packedMembers === 1 && this.#number > 1) {
      const says = 'All records are compressed as one: no record can be read without those before it.'
      this.#remarks.push({ code: 'one-gzip-member', place: 'whole file', says })
    }
    return { claimedRecords: null, remarks: this.#remarks }
  }

  #begin(head: Uint8Array): void {
    this.#head = null
    if (head[0] === 0x1f && head[1] === 0x8b) this.#gunzip = new Gunzip()
  }

  *#unpacked(parts: Iterable<GzipPart>): Generator<Entry<ItemRecord>, void, undefined> {
    for (const part of parts) {
      if (part.kind === 'bytes') yield* this.#parts(this.#cutter.push(part.bytes))
      else if (part.kind === 'member-end') this.#packedMembers += 1
      else {
        yield* this.#parts(this.#cutter.broken())
        yield setAside(part.code, `packed byte ${part.offset}`, gzipSays[part.code])
      }
    }
  }

  *#parts(parts: Iterable<WarcPart>): Generator<Entry<ItemRecord>, void, undefined> {
    for (const part of parts) {
      if (part.kind === 'record') {
        this.#number += 1
        const place = `record ${this.#number}, byte ${part.offset}`
        this.#capture = new Capture(place, part.version, part.fields, this.#limits)
      } else if (part.kind === 'block') this.#capture?.block(part.bytes)
      else if (part.kind === 'end') {
        if (this.#capture !== null) yield this.#capture.finish(part.fault, part.bytes)
        this.#capture = null
      } else {
        yield setAside(
          'no-record',
          `bytes ${part.offset}-${part.offset + part.length}`,
          'These bytes are no WARC record.',
        )
      }
    }
  }
}

const isWarc = (text: string): boolean => /^(?:\r?\n)*WARC\/[01]\.\d{1,2}\r?\n/.test(text)

function detect(head: Head): Fit {
  const [a, b] = head.bytes
  if (a !== 0x1f || b !== 0x8b) return isWarc(head.text.slice(0, 64)) ? 'certain' : 'no'
  for (const part of new Gunzip().push(head.bytes, true)) {
    if (part.kind === 'bytes')
      return isWarc(Buffer.from(part.bytes.subarray(0, 64)).toString('latin1')) ? 'certain' : 'no'
    if (part.kind === 'damaged') return 'no'
  }
  return 'no'
}

export const warcReader = {
  id: 'warc',
  title: 'Web archive (WARC 1.0, 1.1)',
  detect,
  ...readingBy((limits) => new WarcParser(limits)),
} satisfies Omit<Reader, 'id'> & { readonly id: 'warc' }
