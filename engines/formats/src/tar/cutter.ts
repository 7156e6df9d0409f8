import { readTimeClaim, type TimeClaim } from '@tandem/core'
import { nameRemarks, utf8Name } from '../archive/names.ts'
import type { ArchiveCutter, ArchivePart, MemberHead } from '../archive/parts.ts'
import type { Remark } from '../record.ts'

const block = 512
const maxLongField = 1024 * 1024

/** Reads TAR (POSIX ustar and pax, GNU long names, old v7) from front to back. */
export class TarCutter implements ArchiveCutter {
  #in: Buffer = Buffer.alloc(0)
  #offset = 0
  #state: 'head' | 'bytes' | 'field' | 'junk' | 'closed' = 'head'
  #left = 0
  #padding = 0
  #size = 0
  #skipping = false
  #field: { readonly type: string; readonly pieces: Uint8Array[] } | null = null
  #next: Extended = {}
  #all: Extended = {}
  #zeros = 0
  #junkFrom = 0

  passOver(): boolean {
    this.#skipping = true
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
    if (this.#zeros >= 2 || this.#state === 'closed') return []
    return [{ code: 'end-missing', says: 'The two empty blocks that end a TAR are missing: it may have been cut off.' }]
  }

  *#run(final: boolean): Generator<ArchivePart, void, undefined> {
    for (;;) {
      const parts =
        this.#state === 'head' ? this.#head(final) : this.#state === 'junk' ? this.#junk(final) : this.#body(final)
      if (parts === 'more') return
      yield* parts
    }
  }

  #drop(count: number): void {
    this.#in = this.#in.subarray(count)
    this.#offset += count
  }

  #head(final: boolean): readonly ArchivePart[] | 'more' {
    if (this.#in.length < block) {
      if (!final || this.#in.length === 0) return 'more'
      return this.#toJunk()
    }
    const head = this.#in.subarray(0, block)
    if (head.every((byte) => byte === 0)) {
      this.#zeros += 1
      this.#drop(block)
      return []
    }
    if (!isTarHead(head)) return this.#toJunk()
    this.#zeros = 0
    this.#skipping = false
    const offset = this.#offset
    const type = String.fromCharCode(head[156] ?? 0)
    const size = numberOf(head.subarray(124, 136))
    this.#drop(block)
    if (size === null) return this.#toJunk()
    if ('xgLK'.includes(type)) return this.#startField(type, size)
    const extended = { ...this.#all, ...this.#next }
    this.#next = {}
    const own = extended.size ?? size
    const { member, hasBytes } = readMember(head, type, extended, offset)
    this.#setLength(hasBytes ? own : 0)
    this.#state = 'bytes'
    return [{ kind: 'member', member: { ...member, packed: hasBytes ? own : 0 } }]
  }

  #setLength(size: number): void {
    this.#left = size
    this.#size = size
    this.#padding = (block - (size % block)) % block
  }

  #startField(type: string, size: number): readonly ArchivePart[] {
    if (size > maxLongField) return this.#toJunk()
    this.#field = { type, pieces: [] }
    this.#setLength(size)
    this.#state = 'field'
    return []
  }

  #body(final: boolean): readonly ArchivePart[] | 'more' {
    if (this.#left > 0) {
      if (this.#in.length === 0) return final ? this.#finish(true) : 'more'
      const bytes = this.#in.subarray(0, Math.min(this.#left, this.#in.length))
      this.#left -= bytes.length
      this.#drop(bytes.length)
      if (this.#field !== null) this.#field.pieces.push(bytes)
      return this.#field === null && !this.#skipping ? [{ kind: 'bytes', bytes }] : []
    }
    const padding = Math.min(this.#padding, this.#in.length)
    this.#drop(padding)
    this.#padding -= padding
    if (this.#padding > 0 && !final) return 'more'
    return this.#finish(false)
  }

  #finish(cut: boolean): readonly ArchivePart[] {
    this.#state = 'head'
    const field = this.#field
    this.#field = null
    if (field !== null) {
      const bytes = Buffer.concat(field.pieces)
      if (field.type === 'g') this.#all = { ...this.#all, ...readPax(bytes) }
      else this.#next = { ...this.#next, ...(field.type === 'x' ? readPax(bytes) : longName(field.type, bytes)) }
      this.#left = 0
      return []
    }
    const fault = cut ? 'cut-off' : this.#skipping ? 'size-wrong' : null
    const packed = this.#size - this.#left
    this.#left = 0
    return [{ kind: 'end', fault, packed }]
  }

  #toJunk(): readonly ArchivePart[] {
    this.#state = 'junk'
    this.#junkFrom = this.#offset
    return []
  }

  /** Block by block to the next head that fits its checksum. */
  #junk(final: boolean): readonly ArchivePart[] | 'more' {
    while (this.#in.length >= block && !isTarHead(this.#in.subarray(0, block))) this.#drop(block)
    if (this.#in.length < block) {
      if (!final) return 'more'
      this.#drop(this.#in.length)
    }
    this.#state = 'head'
    const length = this.#offset - this.#junkFrom
    return [{ kind: 'lost', offset: this.#junkFrom, length, says: 'These bytes are no member of the archive.' }]
  }
}

interface Extended {
  readonly path?: string
  readonly linkpath?: string
  readonly size?: number
  readonly mtime?: string
}

/** The sum of all bytes of the head, its own field counted as blanks; some old programs summed signed bytes. */
export function isTarHead(head: Uint8Array): boolean {
  if (head.length < block) return false
  const stated = numberOf(head.subarray(148, 156))
  let sum = 0
  let signed = 0
  for (let at = 0; at < block; at += 1) {
    const byte = at >= 148 && at < 156 ? 0x20 : (head[at] ?? 0)
    sum += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  return stated !== null && (stated === sum || stated === signed) && head.some((byte) => byte !== 0)
}

/** Octal text, or GNU's binary form for what does not fit. */
function numberOf(bytes: Uint8Array): number | null {
  if (((bytes[0] ?? 0) & 0x80) !== 0) {
    let value = BigInt((bytes[0] ?? 0) & 0x7f)
    for (const byte of bytes.subarray(1)) value = value * 256n + BigInt(byte)
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null
  }
  const text = textOf(bytes).trim()
  return text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  const piece = end < 0 ? bytes : bytes.subarray(0, end)
  return utf8Name(piece) ?? Buffer.from(piece).toString('latin1')
}

function readMember(
  head: Buffer,
  type: string,
  extended: Extended,
  offset: number,
): { member: Omit<MemberHead, 'packed'>; hasBytes: boolean } {
  const prefix = head.toString('latin1', 257, 262) === 'ustar' ? textOf(head.subarray(345, 500)) : ''
  const plain = textOf(head.subarray(0, 100))
  const isGnu = head.toString('latin1', 257, 265) === 'ustar  \0'
  const name = extended.path ?? (prefix === '' || isGnu ? plain : `${prefix}/${plain}`)
  const isFile = '0\x007S'.includes(type)
  const link = extended.linkpath ?? textOf(head.subarray(157, 257))
  const details: (readonly [string, string])[] = [['tar type', type === '\0' ? '0' : type]]
  if (link !== '') details.push(['link to', link])
  for (const [kind, from, to] of [
    ['owner', 265, 297],
    ['group', 297, 329],
  ] as const) {
    const value = prefix === '' && head.toString('latin1', 257, 262) !== 'ustar' ? '' : textOf(head.subarray(from, to))
    if (value !== '') details.push([kind, value])
  }
  const remarks = nameRemarks(name)
  if (type === 'S')
    remarks.push({ code: 'sparse', says: 'The member is stored with holes; its digest is of the stored bytes.' })
  const is =
    isFile && !(type !== '7' && name.endsWith('/'))
      ? 'file'
      : type === '5' || isFile
        ? 'folder'
        : type === '1' || type === '2'
          ? 'link'
          : 'other'
  // POSIX: only links, devices and folders have no bytes; an unknown type is read as a file.
  const hasBytes = !'123456'.includes(type)
  return { member: { name, offset, is, modified: modifiedAt(head, extended), details, remarks }, hasBytes }
}

function modifiedAt(head: Buffer, extended: Extended): TimeClaim | null {
  const original = extended.mtime ?? String(numberOf(head.subarray(136, 148)) ?? '')
  const seconds = Number(original)
  if (original === '' || !Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return null
  return { ...readTimeClaim(new Date(seconds * 1000).toISOString()), original }
}

const longName = (type: string, bytes: Buffer): Extended =>
  type === 'L' ? { path: textOf(bytes) } : { linkpath: textOf(bytes) }

/** `27 path=some name\n`: length, key, value (POSIX pax). */
function readPax(bytes: Buffer): Extended {
  let path: string | undefined
  let linkpath: string | undefined
  let size: number | undefined
  let mtime: string | undefined
  let at = 0
  while (at < bytes.length) {
    const blank = bytes.indexOf(0x20, at)
    const length = blank < 0 ? Number.NaN : Number(bytes.toString('latin1', at, blank))
    if (!Number.isSafeInteger(length) || length <= blank - at + 1 || at + length > bytes.length) break
    const text = bytes.toString('utf8', blank + 1, at + length - 1)
    const sign = text.indexOf('=')
    const value = text.slice(sign + 1)
    const key = text.slice(0, Math.max(0, sign))
    if (key === 'path') path = value
    else if (key === 'linkpath') linkpath = value
    else if (key === 'size' && /^\d{1,15}$/.test(value)) size = Number(value)
    else if (key === 'mtime' && /^-?\d{1,13}(?:\.\d{1,9})?$/.test(value)) mtime = value
    at += length
  }
  return {
    ...(path === undefined ? {} : { path }),
    ...(linkpath === undefined ? {} : { linkpath }),
    ...(size === undefined ? {} : { size }),
    ...(mtime === undefined ? {} : { mtime }),
  }
}
