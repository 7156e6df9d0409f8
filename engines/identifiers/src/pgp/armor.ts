export type ArmorKind = 'public' | 'private' | 'message' | 'signature'

export interface Armor {
  readonly kind: ArmorKind
  readonly bytes: Uint8Array
  /** CRC-24 of RFC 9580 section 6.1; newer writers leave it out, and readers must not insist on it. */
  readonly crc: 'holds' | 'fails' | 'absent'
}

const kinds: ReadonlyMap<string, ArmorKind> = new Map([
  ['PUBLIC KEY BLOCK', 'public'],
  ['PRIVATE KEY BLOCK', 'private'],
  ['MESSAGE', 'message'],
  ['SIGNATURE', 'signature'],
])

/** RFC 9580 section 6: a begin line, headers, an empty line, base64, a checksum and an end line of the same name. */
export function readArmor(text: string): Armor | null {
  const lines = text.split('\n').map((line) => line.trim())
  const begin = lines.findIndex((line) => line.startsWith('-----BEGIN PGP '))
  const name = /^-----BEGIN PGP ([A-Z ]{7,17})-----$/.exec(lines[begin] ?? '')?.[1] ?? ''
  const kind = kinds.get(name)
  const end = lines.indexOf(`-----END PGP ${name}-----`, begin + 1)
  if (kind === undefined || end === -1) return null
  let at = begin + 1
  while (at < end && /^[A-Za-z][A-Za-z0-9-]{0,40}: /.test(lines[at] ?? '')) at += 1
  const body: string[] = []
  let sum: string | null = null
  for (; at < end; at += 1) {
    const line = lines[at] ?? ''
    if (/^=[A-Za-z0-9+/]{4}$/.test(line)) sum = line.slice(1)
    else if (!/^[A-Za-z0-9+/]*={0,2}$/.test(line) || sum !== null) return null
    else body.push(line)
  }
  const bytes = Buffer.from(body.join(''), 'base64')
  if (bytes.length === 0) return null
  return { kind, bytes, crc: sum === null ? 'absent' : crc24(bytes) === crcOf(sum) ? 'holds' : 'fails' }
}

const crcOf = (text: string): number => Buffer.from(text, 'base64').readUIntBE(0, 3)

export function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb
    }
  }
  return crc & 0xffffff
}
