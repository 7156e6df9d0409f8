import { crc32 } from 'node:zlib'
import type { ArchiveCutter, ArchivePart, MemberFault } from '../archive/parts.ts'
import { Inflate } from '../packed/inflate.ts'
import type { Remark } from '../record.ts'
import { extraFields, type LocalHead, localLength, readLocalHead, readName } from './head.ts'

const local = 0x04034b50
const central = 0x02014b50
const descriptorMark = 0x08074b50
const endMarks: ReadonlyMap<number, number> = new Map([
  [0x06054b50, 22],
  [0x06064b50, 56],
  [0x07064b50, 20],
])
const centralLength = 46

/**
 * Reads ZIP from front to back: members as they stand, then the directory, which is only compared. So it works on a
 * stream, and sees members that the directory hides.
 */
export class ZipCutter implements ArchiveCutter {
  #in: Buffer = Buffer.alloc(0)
  #offset = 0
  #state: 'between' | 'skip' | 'stored' | 'deflated' | 'search' | 'descriptor' | 'junk' | 'comment' = 'between'
  #head: LocalHead | null = null
  #fault: MemberFault | null = null
  #left = 0
  #crc = 0
  #size = 0
  #packed = 0
  #inflate: Inflate | null = null
  #junkFrom = 0
  #closed = false
  #listed = false
  #members = 0

  passOver(): boolean {
    const packed = this.#head?.member.packed ?? null
    if (packed === null || this.#left < 0) return false
    this.#inflate = null
    this.#fault = 'size-wrong'
    this.#state = 'skip'
    return true
  }

  *push(chunk: Uint8Array): Generator<ArchivePart, void, undefined> {
    this.#in = this.#in.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#in, chunk])
    yield* this.#run(false)
  }

  *end(): Generator<ArchivePart, void, undefined> {
    yield* this.#run(true)
  }

  closing(): readonly Omit<Remark, 'place'>[] {
    if (this.#closed && this.#listed) return []
    if (this.#closed && this.#members === 0) return []
    const says = 'The archive has no directory at its end: it was cut off, or is being hidden in something else.'
    return [{ code: 'directory-missing', says }]
  }

  *#run(final: boolean): Generator<ArchivePart, void, undefined> {
    for (;;) {
      const parts = this.#step(final)
      if (parts === 'more') return
      yield* parts
    }
  }

  #drop(count: number): void {
    this.#in = this.#in.subarray(count)
    this.#offset += count
  }

  #step(final: boolean): Iterable<ArchivePart> | 'more' {
    switch (this.#state) {
      case 'between':
        return this.#between(final)
      case 'skip':
        return this.#skip(final)
      case 'stored':
        return this.#stored(final)
      case 'deflated':
        return this.#deflated(final)
      case 'search':
        return this.#search(final)
      case 'descriptor':
        return this.#descriptor(final)
      case 'comment':
        this.#drop(Math.min(this.#left, this.#in.length))
        this.#state = 'between'
        return []
      case 'junk':
        return this.#junk(final)
    }
  }

  #between(final: boolean): Iterable<ArchivePart> | 'more' {
    if (this.#in.length < 4) return final && this.#in.length > 0 ? this.#toJunk() : 'more'
    const mark = this.#in.readUInt32LE(0)
    if (mark === local) return this.#member(final)
    if (mark === central) return this.#directory(final)
    const length = endMarks.get(mark)
    if (length === undefined) return this.#toJunk()
    if (this.#in.length < length) return final ? this.#toJunk() : 'more'
    this.#closed = true
    this.#left = mark === 0x06054b50 ? this.#in.readUInt16LE(20) : 0
    this.#drop(length)
    this.#state = 'comment'
    return []
  }

  #member(final: boolean): Iterable<ArchivePart> | 'more' {
    const length =
      this.#in.length < localLength ? localLength : localLength + this.#in.readUInt16LE(26) + this.#in.readUInt16LE(28)
    if (this.#in.length < length) return final ? this.#toJunk() : 'more'
    const head = readLocalHead(this.#in.subarray(0, length), this.#offset)
    this.#drop(length)
    this.#head = head
    this.#members += 1
    this.#fault = null
    this.#crc = 0
    this.#size = 0
    this.#packed = 0
    this.#left = head.packed
    this.#junkFrom = this.#offset
    const isSized = head.member.packed !== null
    if (head.encrypted || (head.method !== 0 && head.method !== 8)) {
      this.#fault = head.encrypted ? 'encrypted' : 'method-unknown'
      this.#state = isSized ? 'skip' : 'junk'
    } else if (head.method === 8) {
      this.#inflate = new Inflate()
      this.#state = 'deflated'
    } else this.#state = isSized ? 'stored' : 'search'
    return [{ kind: 'member', member: head.member }]
  }

  #skip(final: boolean): Iterable<ArchivePart> | 'more' {
    const here = Math.min(this.#left, this.#in.length)
    this.#drop(here)
    this.#left -= here
    this.#packed += here
    if (this.#left > 0) return final ? this.#close('cut-off') : 'more'
    return this.#bytesDone()
  }

  *#give(bytes: Uint8Array): Generator<ArchivePart, void, undefined> {
    this.#crc = crc32(bytes, this.#crc)
    this.#size += bytes.length
    yield { kind: 'bytes', bytes }
  }

  #stored(final: boolean): Iterable<ArchivePart> | 'more' {
    if (this.#left === 0) return this.#bytesDone()
    if (this.#in.length === 0) return final ? this.#close('cut-off') : 'more'
    const bytes = this.#in.subarray(0, Math.min(this.#left, this.#in.length))
    this.#left -= bytes.length
    this.#packed += bytes.length
    this.#drop(bytes.length)
    return this.#give(bytes)
  }

  #deflated(final: boolean): Iterable<ArchivePart> | 'more' {
    if (this.#inflate === null || (this.#in.length === 0 && !final)) return 'more'
    return this.#inflated(this.#inflate, final)
  }

  *#inflated(inflate: Inflate, final: boolean): Generator<ArchivePart, void, undefined> {
    const sized = this.#head?.member.packed !== null
    const input = sized ? this.#in.subarray(0, this.#left) : this.#in
    this.#drop(input.length)
    this.#packed += input.length
    if (sized) this.#left -= input.length
    const isLast = final || (sized && this.#left === 0)
    for (const bytes of inflate.push(input, isLast)) {
      yield* this.#give(bytes)
      if (this.#state !== 'deflated') return
    }
    if (inflate.state === 'going') return
    const unused = inflate.unused.length
    if (inflate.state === 'damaged') {
      // Its size may be damaged too: what follows begins at the next mark, and no member is swallowed.
      this.#fault = final ? 'cut-off' : 'member-damaged'
      this.#in = Buffer.concat([inflate.unused, this.#in])
      this.#offset -= unused
      this.#inflate = null
      this.#state = 'junk'
      return
    }
    this.#packed -= unused
    if (sized && (unused > 0 || this.#left > 0)) {
      // The stream ended before its stated size.
      this.#fault = 'size-wrong'
      this.#state = 'skip'
      return
    }
    this.#in = Buffer.concat([inflate.unused, this.#in])
    this.#offset -= unused
    this.#state = this.#head?.described === true ? 'descriptor' : 'between'
    if (this.#state === 'between') yield* this.#bytesDone()
  }

  /** Stored bytes of unknown length: they end where a descriptor stands that fits them. */
  #search(final: boolean): Iterable<ArchivePart> | 'more' {
    const at = this.#in.indexOf('PK\x07\x08', 0, 'latin1')
    const until = at >= 0 ? at : final ? this.#in.length : Math.max(0, this.#in.length - 3)
    const bytes = this.#in.subarray(0, until)
    if (at >= 0 && this.#in.length < at + 24 && !final) {
      if (bytes.length === 0) return 'more'
    } else if (at >= 0) {
      const crc = crc32(bytes, this.#crc)
      const size = this.#size + bytes.length
      const fits =
        this.#in.length >= at + 16 &&
        this.#in.readUInt32LE(at + 4) === crc &&
        this.#in.readUInt32LE(at + 8) === size % 2 ** 32
      this.#packed = size
      this.#drop(fits ? at : at + 4)
      if (fits) this.#state = 'descriptor'
      return this.#give(fits ? bytes : Buffer.concat([bytes, Buffer.from('PK\x07\x08', 'latin1')]))
    }
    this.#drop(until)
    this.#packed += until
    if (bytes.length > 0) return this.#give(bytes)
    return final ? this.#close('cut-off') : 'more'
  }

  #bytesDone(): Iterable<ArchivePart> {
    this.#state = this.#head?.described === true ? 'descriptor' : 'between'
    if (this.#state === 'descriptor') return []
    return this.#close(this.#fault ?? this.#compared(this.#head?.crc ?? 0, this.#head?.size ?? 0))
  }

  #compared(crc: number, size: number): MemberFault | null {
    if (size % 2 ** 32 !== this.#size % 2 ** 32) return 'size-wrong'
    return crc === this.#crc >>> 0 ? null : 'checksum-wrong'
  }

  /** APPNOTE 4.3.9: with or without its mark, sizes of 4 or of 8 bytes. */
  #descriptor(final: boolean): Iterable<ArchivePart> | 'more' {
    if (this.#in.length < 28 && !final) return 'more'
    const marked = this.#in.length >= 4 && this.#in.readUInt32LE(0) === descriptorMark
    const from = marked ? 4 : 0
    if (this.#in.length < from + 12) return this.#close(this.#fault ?? 'cut-off')
    const crc = this.#in.readUInt32LE(from)
    const isLong =
      this.#in.length >= from + 20 &&
      this.#in.readUInt32LE(from + 8) === 0 &&
      this.#in.readUInt32LE(from + 4) === this.#packed % 2 ** 32 &&
      this.#in.readUInt32LE(from + 12) === this.#size % 2 ** 32
    const size = this.#in.readUInt32LE(from + (isLong ? 12 : 8))
    this.#drop(from + (isLong ? 20 : 12))
    return this.#close(this.#fault ?? this.#compared(crc, size))
  }

  #close(fault: MemberFault | null): Iterable<ArchivePart> {
    this.#state = 'between'
    this.#inflate = null
    this.#head = null
    return [{ kind: 'end', fault, packed: this.#packed }]
  }

  #directory(final: boolean): Iterable<ArchivePart> | 'more' {
    const { length: here } = this.#in
    const length =
      here < centralLength
        ? centralLength
        : centralLength + this.#in.readUInt16LE(28) + this.#in.readUInt16LE(30) + this.#in.readUInt16LE(32)
    if (here < length) return final ? this.#toJunk() : 'more'
    const flags = this.#in.readUInt16LE(8)
    const nameEnd = centralLength + this.#in.readUInt16LE(28)
    const extra = extraFields(this.#in.subarray(nameEnd, nameEnd + this.#in.readUInt16LE(30)))
    const { name } = readName(this.#in.subarray(centralLength, nameEnd), (flags & 0x800) !== 0, extra)
    this.#drop(length)
    this.#listed = true
    return [{ kind: 'listed', name }]
  }

  #toJunk(): Iterable<ArchivePart> {
    this.#state = 'junk'
    this.#junkFrom = this.#offset
    this.#drop(Math.min(1, this.#in.length))
    return []
  }

  #junk(final: boolean): Iterable<ArchivePart> | 'more' {
    const marks = ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', 'PK\x06\x06']
    const found = marks.map((mark) => this.#in.indexOf(mark, 0, 'latin1')).filter((at) => at >= 0)
    if (found.length === 0) {
      this.#drop(final ? this.#in.length : Math.max(0, this.#in.length - 3))
      if (!final) return 'more'
    } else this.#drop(Math.min(...found))
    const length = this.#offset - this.#junkFrom
    this.#state = 'between'
    if (this.#head !== null) {
      this.#packed = length
      return this.#close(this.#fault)
    }
    return [{ kind: 'lost', offset: this.#junkFrom, length, says: 'These bytes belong to no member of the archive.' }]
  }
}
