import { readTimeClaim, type TimeClaim } from '@tandem/core'
import { cp437, isAscii, nameRemarks, utf8Name } from '../archive/names.ts'
import type { MemberHead } from '../archive/parts.ts'
import type { Remark } from '../record.ts'

/** A local file header (APPNOTE 4.3.7) and what is needed to find the end of its bytes. */
export interface LocalHead {
  readonly member: MemberHead
  readonly method: number
  readonly encrypted: boolean
  /** Sizes and checksum stand behind the bytes (bit 3). */
  readonly described: boolean
  readonly crc: number
  readonly packed: number
  readonly size: number
}

export const localLength = 30

export function readLocalHead(bytes: Buffer, offset: number): LocalHead {
  const flags = bytes.readUInt16LE(6)
  const method = bytes.readUInt16LE(8)
  const nameLength = bytes.readUInt16LE(26)
  const nameBytes = bytes.subarray(localLength, localLength + nameLength)
  const extra = extraFields(bytes.subarray(localLength + nameLength))
  const { name, remarks, details } = readName(nameBytes, (flags & 0x800) !== 0, extra)
  const sizes = sizesOf(bytes.readUInt32LE(18), bytes.readUInt32LE(22), extra.get(0x0001))
  const encrypted = (flags & 1) !== 0
  const described = (flags & 8) !== 0
  const isKnown = !described || sizes.packed > 0
  return {
    method,
    encrypted,
    described,
    crc: bytes.readUInt32LE(14),
    ...sizes,
    member: {
      name,
      offset,
      is: name.endsWith('/') ? 'folder' : 'file',
      modified: timeOf(bytes.readUInt16LE(10), bytes.readUInt16LE(12), extra.get(0x5455)),
      details: [['method', methods[method] ?? String(method)], ...details],
      remarks: [...nameRemarks(name), ...remarks],
      packed: isKnown ? sizes.packed : null,
    },
  }
}

const methods: Readonly<Record<number, string>> = {
  0: 'stored',
  8: 'deflated',
  9: 'deflate64',
  12: 'bzip2',
  14: 'lzma',
  93: 'zstandard',
  95: 'xz',
  99: 'AE-x encrypted',
}

export function readName(
  bytes: Uint8Array,
  saysUtf8: boolean,
  extra: ReadonlyMap<number, Buffer>,
): { name: string; remarks: Omit<Remark, 'place'>[]; details: (readonly [string, string])[] } {
  const utf8 = utf8Name(bytes)
  // Info-ZIP Unicode Path (APPNOTE 4.6.9): version, checksum of the plain name, name.
  const unicode = extra.get(0x7075)
  const stated = unicode !== undefined && unicode.length > 5 ? utf8Name(unicode.subarray(5)) : null
  if (stated !== null) return { name: stated, remarks: [], details: [] }
  if (isAscii(bytes)) return { name: utf8 ?? '', remarks: [], details: [] }
  if (saysUtf8 && utf8 !== null) return { name: utf8, remarks: [], details: [] }
  const name = cp437(bytes)
  if (saysUtf8) {
    return {
      name,
      remarks: [
        { code: 'name-not-utf-8', says: 'The name is said to be UTF-8 and is not; it is read as code page 437.' },
      ],
      details: [],
    }
  }
  if (utf8 === null) return { name, remarks: [], details: [] }
  const says = 'By the rule the name is in code page 437, but its bytes are also UTF-8; both readings are given.'
  return { name, remarks: [{ code: 'name-two-readings', says }], details: [['name if UTF-8', utf8]] }
}

export function extraFields(bytes: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>()
  let at = 0
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt16LE(at + 2)
    if (!fields.has(bytes.readUInt16LE(at))) fields.set(bytes.readUInt16LE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return fields
}

const full = 0xffffffff

/** ZIP64 (APPNOTE 4.5.3): the extra field holds what did not fit, in this order: size, packed size. */
function sizesOf(packed: number, size: number, extra: Buffer | undefined): { packed: number; size: number } {
  let at = 0
  const next = (value: number): number => {
    if (value !== full || extra === undefined || at + 8 > extra.length) return value
    const read = Number(extra.readBigUInt64LE(at))
    at += 8
    return read
  }
  const whole = next(size)
  return { size: whole, packed: next(packed) }
}

/** MS-DOS time has no zone; the extended timestamp (0x5455) is seconds since 1970, in UTC. */
function timeOf(time: number, date: number, stamp: Buffer | undefined): TimeClaim | null {
  if (stamp !== undefined && stamp.length >= 5 && ((stamp[0] ?? 0) & 1) === 1) {
    const seconds = stamp.readInt32LE(1)
    return { ...readTimeClaim(new Date(seconds * 1000).toISOString()), original: String(seconds) }
  }
  if (date === 0) return null
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`
  const clock = `${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`
  return readTimeClaim(`${day}T${clock}`)
}
