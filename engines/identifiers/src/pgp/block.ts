import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'
import { type Armor, readArmor } from './armor.ts'
import { type PgpKey, readKeyPacket } from './key.ts'
import { type Packet, splitPackets, uint } from './packets.ts'

export interface PgpReading {
  readonly what: 'public' | 'private' | 'message'
  readonly keys: readonly PgpKey[]
  /** As the block writes them. Anyone can write any name and address here; nothing proves it. */
  readonly userIds: readonly string[]
  /** When the owner let the primary key end, RFC 3339, or null. */
  readonly expiresAt: string | null
  /** Key ids a message is encrypted to; all zeros (a hidden recipient) is left out. */
  readonly recipients: readonly string[]
  readonly crc: Armor['crc']
  /** Every packet was read to its end. */
  readonly whole: boolean
  readonly identifiers: readonly Identifier[]
}

export const longestPgpBlock = 1 << 20
const mostUserIds = 200

/**
 * One armored block. Of a private key only the public part is looked at: whoever holds such a block can act as its owner,
 * so it is named and handled apart, and never kept.
 */
export function readPgpBlock(text: string): Result<PgpReading, IdentifierRefusal> {
  if (text.length > longestPgpBlock) return refuse('pgp-length', 'longer than a million characters')
  const armor = readArmor(text)
  if (armor === null) return refuse('pgp-armor', 'no whole armored block')
  if (armor.kind === 'signature') return refuse('pgp-signature', 'a signature alone holds no key')
  if (armor.crc === 'fails') return refuse('pgp-crc', 'the checksum of the armor does not hold: altered or cut')
  const { packets, whole } = splitPackets(armor.bytes)
  const keys = packets.filter(({ tag }) => [5, 6, 7, 14].includes(tag)).flatMap((packet) => readKeyPacket(packet) ?? [])
  const recipients = [...new Set(packets.flatMap(recipientOf))]
  if (armor.kind === 'message' ? recipients.length === 0 : keys.length === 0) {
    return refuse('pgp-nothing', 'no key of a version that can be read')
  }
  return ok({
    what: armor.kind,
    keys,
    userIds: packets
      .filter(({ tag }) => tag === 13)
      .slice(0, mostUserIds)
      .map(({ body }) => textOf(body)),
    expiresAt: expiryOf(packets, keys),
    recipients,
    crc: armor.crc,
    whole,
    identifiers: [...keys.map((key) => identifierOf(key, armor)), ...recipients.map(recipientIdentifier)],
  })
}

function identifierOf(key: PgpKey, { kind, crc }: Armor): Identifier {
  const owner = key.role === 'primary' ? 'primary key' : 'subkey'
  const holds = crc === 'holds' ? ', checksum of the armor holds' : ''
  return {
    kind: 'pgp-key',
    normal: key.fingerprint,
    strength: 'checksum',
    because: `fingerprint computed from the ${owner} of version ${key.version}${holds}${kind === 'private' ? '; PRIVATE key block' : ''}`,
    also: [`keyid/${key.keyId}`],
  }
}

const recipientIdentifier = (keyId: string): Identifier => ({
  kind: 'pgp-key',
  normal: `keyid/${keyId}`,
  strength: 'weak',
  because: 'a message is encrypted to this key id',
})

/** Tag 1, version 3: the key id stands in clear (RFC 9580 section 5.1.1). */
function recipientOf({ tag, body }: Packet): readonly string[] {
  if (tag !== 1 || body[0] !== 3 || body.length < 9) return []
  const keyId = Buffer.from(body.subarray(1, 9)).toString('hex')
  return keyId === '0000000000000000' ? [] : [keyId]
}

const textOf = (body: Uint8Array): string => new TextDecoder().decode(body.subarray(0, 1024))

/** Subpacket 9 of the last self-signature over a user id or the key: seconds after the key was made. */
function expiryOf(packets: readonly Packet[], keys: readonly PgpKey[]): string | null {
  const primary = keys.find(({ role }) => role === 'primary')
  const seconds = packets.flatMap(lifetimeOf).at(-1)
  if (primary === undefined || seconds === undefined || seconds === 0) return null
  return new Date(Date.parse(primary.createdAt) + seconds * 1000).toISOString()
}

function lifetimeOf({ tag, body }: Packet): readonly number[] {
  const [version = 0, type = 0] = body
  if (tag !== 2 || (version !== 4 && version !== 6) || ((type < 0x10 || type > 0x13) && type !== 0x1f)) return []
  const width = version === 6 ? 4 : 2
  const end = Math.min(4 + width + uint(body, 4, width), body.length)
  for (let at = 4 + width; at < end; ) {
    const first = body[at] ?? 0
    const size = first < 192 ? 1 : first < 255 ? 2 : 5
    const length =
      size === 1 ? first : size === 2 ? ((first - 192) << 8) + (body[at + 1] ?? 0) + 192 : uint(body, at + 1, 4)
    if (((body[at + size] ?? 0) & 0x7f) === 9 && length === 5) return [uint(body, at + size + 1, 4)]
    at += size + Math.max(length, 1)
  }
  return []
}
