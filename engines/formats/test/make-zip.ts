import { crc32, deflateRawSync } from 'node:zlib'

export interface Made {
  readonly name: string | Uint8Array
  readonly bytes: Uint8Array
  readonly stored?: boolean
  readonly described?: boolean
  readonly flags?: number
  readonly method?: number
  readonly hidden?: boolean
}

/** A ZIP as small programs write it; every habit a switch. */
export function zipOf(members: readonly Made[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, stored = false, described = false, flags = 0, method, hidden = false } of members) {
    const nameBytes = Buffer.from(name)
    const packed = stored ? Buffer.from(bytes) : deflateRawSync(bytes)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(flags | (described ? 8 : 0), 6)
    head.writeUInt16LE(method ?? (stored ? 0 : 8), 8)
    head.writeUInt16LE(0x6000, 10)
    head.writeUInt16LE(0x5a21, 12)
    const sizes = (buffer: Buffer, at: number): void => {
      buffer.writeUInt32LE(crc32(bytes), at)
      buffer.writeUInt32LE(packed.length, at + 4)
      buffer.writeUInt32LE(bytes.length, at + 8)
    }
    if (!described) sizes(head, 14)
    head.writeUInt16LE(nameBytes.length, 26)
    const parts = [head, nameBytes, packed]
    if (described) {
      const descriptor = Buffer.alloc(16)
      descriptor.writeUInt32LE(0x08074b50, 0)
      sizes(descriptor, 4)
      parts.push(descriptor)
    }
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(flags | (described ? 8 : 0), 8)
    sizes(central, 16)
    central.writeUInt16LE(nameBytes.length, 28)
    central.writeUInt32LE(offset, 42)
    if (!hidden) directory.push(central, nameBytes)
    const local = Buffer.concat(parts)
    offset += local.length
    locals.push(local)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)])
}
