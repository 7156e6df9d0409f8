import { crc32, deflateRawSync } from 'node:zlib'

/** A small ZIP and TAR writer that can write what a good writer would not. */
export interface ZipMember {
  readonly name: string | Uint8Array
  readonly data: string | Uint8Array
  readonly method?: number
  readonly descriptor?: boolean
  readonly encrypted?: boolean
  readonly zip64?: boolean
  readonly damage?: boolean
  /** What the archive says, when it is not true. */
  readonly crc?: number
  readonly size?: number
}

export function zipOf(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const data = Buffer.from(member.data)
    const method = member.method ?? 8
    const packed = method === 8 ? deflateRawSync(data) : Buffer.from(data)
    if (member.damage === true) packed.fill(0xff)
    const fields: ZipFields = {
      member,
      name: Buffer.from(member.name),
      method,
      flags: (member.encrypted === true ? 1 : 0) | (member.descriptor === true ? 8 : 0),
      crc: member.crc ?? crc32(data),
      packed: packed.length,
      size: member.size ?? data.length,
    }
    const local = Buffer.concat([localHeader(fields), packed, descriptor(fields)])
    locals.push(local)
    central.push(centralHeader(fields, offset))
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

interface ZipFields {
  readonly member: ZipMember
  readonly name: Buffer
  readonly method: number
  readonly flags: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

function localHeader({ name, method, flags, crc, packed, size, member }: ZipFields): Buffer {
  const later = member.descriptor === true
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(method, 8)
  header.writeUInt32LE(later ? 0 : crc, 14)
  header.writeUInt32LE(later ? 0 : packed, 18)
  header.writeUInt32LE(later ? 0 : size, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor({ member, crc, packed, size }: ZipFields): Buffer {
  if (member.descriptor !== true) return Buffer.alloc(0)
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeUInt32LE(packed, 8)
  bytes.writeUInt32LE(size, 12)
  return bytes
}

function centralHeader({ name, method, flags, crc, packed, size, member }: ZipFields, offset: number): Buffer {
  const extra = member.zip64 === true ? Buffer.alloc(20) : Buffer.alloc(0)
  if (member.zip64 === true) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(16, 2)
    extra.writeBigUInt64LE(BigInt(size), 4)
    extra.writeBigUInt64LE(BigInt(packed), 12)
  }
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(45, 4)
  header.writeUInt16LE(member.zip64 === true ? 45 : 20, 6)
  header.writeUInt16LE(flags, 8)
  header.writeUInt16LE(method, 10)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(member.zip64 === true ? 0xffffffff : packed, 20)
  header.writeUInt32LE(member.zip64 === true ? 0xffffffff : size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, name, extra])
}

export interface TarMember {
  readonly name: string | Uint8Array
  readonly data?: string | Uint8Array
  /** As in the header: 0 file, 1 hard link, 2 link, 3 character device, 5 folder. */
  readonly type?: string
}

export function tarOf(members: readonly TarMember[]): Buffer {
  const parts = members.flatMap(({ name, data = '', type = '0' }) => {
    const bytes = Buffer.from(data)
    const header = Buffer.alloc(512)
    header.set(Buffer.from(name), 0)
    header.write('0000644\0', 100)
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('00000000000\0', 136)
    header.write(`        ${type}`, 148)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}
