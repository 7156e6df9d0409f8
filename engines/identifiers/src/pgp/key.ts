import { hash } from 'node:crypto'
import { type Packet, uint } from './packets.ts'

export interface PgpKey {
  readonly role: 'primary' | 'subkey'
  readonly version: number
  /** Lower-case hex: 40 digits (version 4, SHA-1) or 64 (versions 5 and 6, SHA-256). */
  readonly fingerprint: string
  /** 16 hex digits, a part of the fingerprint. */
  readonly keyId: string
  /** RFC 3339. The owner's own clock wrote it: anyone can choose it. */
  readonly createdAt: string
  readonly isPrivate: boolean
}

/** Tags 6 and 14 are public, 5 and 7 the same key with its private part behind the public one. */
export function readKeyPacket({ tag, body }: Packet): PgpKey | null {
  const version = body[0] ?? 0
  const isPrivate = tag === 5 || tag === 7
  const length = isPrivate ? publicLength(body, version) : body.length
  if (length === null || length < 6 || length > body.length) return null
  const material = body.subarray(0, length)
  const fingerprint = fingerprintOf(version, material)
  if (fingerprint === null) return null
  return {
    role: tag === 6 || tag === 5 ? 'primary' : 'subkey',
    version,
    fingerprint,
    keyId: version === 4 ? fingerprint.slice(-16) : fingerprint.slice(0, 16),
    createdAt: new Date(uint(body, 1, 4) * 1000).toISOString(),
    isPrivate,
  }
}

/** RFC 9580 section 5.5.4; version 5 is LibrePGP's. Version 3 keys hash what nobody can trust and are not read. */
function fingerprintOf(version: number, material: Uint8Array): string | null {
  if (version === 4) return hash('sha1', Buffer.concat([framed(0x99, 2, material.length), material]), 'hex')
  if (version !== 5 && version !== 6) return null
  const frame = framed(version === 6 ? 0x9b : 0x9a, 4, material.length)
  return hash('sha256', Buffer.concat([frame, material]), 'hex')
}

function framed(mark: number, width: number, length: number): Uint8Array {
  const frame = Buffer.alloc(1 + width)
  frame[0] = mark
  frame.writeUIntBE(length % 2 ** (width * 8), 1, width)
  return frame
}

/** How far the public part of a private key goes: the numbers of its algorithm (RFC 9580 section 5.5.5). */
function publicLength(body: Uint8Array, version: number): number | null {
  if (version === 5 || version === 6) return 10 + uint(body, 6, 4)
  if (version !== 4) return null
  const algorithm = body[5] ?? 0
  if (algorithm <= 3) return afterNumbers(body, 6, 2)
  if (algorithm === 16) return afterNumbers(body, 6, 3)
  if (algorithm === 17) return afterNumbers(body, 6, 4)
  if (algorithm === 18 || algorithm === 19 || algorithm === 22) {
    const point = afterNumbers(body, 7 + (body[6] ?? 0), 1)
    return algorithm === 18 && point !== null ? point + 1 + (body[point] ?? 0) : point
  }
  const fixed = new Map([
    [25, 32],
    [26, 56],
    [27, 32],
    [28, 57],
  ]).get(algorithm)
  return fixed === undefined ? null : 6 + fixed
}

function afterNumbers(body: Uint8Array, start: number, count: number): number | null {
  let at = start
  for (let number = 0; number < count; number += 1) {
    if (at + 2 > body.length) return null
    at += 2 + Math.ceil(uint(body, at, 2) / 8)
  }
  return at <= body.length ? at : null
}
