import { hash } from 'node:crypto'
import { base32 } from '@scure/base'
import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface OnionReading {
  readonly identifier: Identifier
  readonly version: 2 | 3
  /** Labels before the address: `www` in `www.….onion`. They name a part of the same service. */
  readonly subdomain: string | null
  /** Written with a gateway behind it (`….onion.example`): whoever used it was not on Tor. */
  readonly gateway: string | null
}

/**
 * A hidden service. Version 3 is a key, a checksum and a version in base32 (rend-spec-v3 section 6); version 2 has no
 * checksum and was switched off in 2021: it is a label from the past. Addresses are compared, never visited.
 */
export function readOnion(written: string): Result<OnionReading, IdentifierRefusal> {
  const text = written
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
  if (text.length > 512) return refuse('onion-length', 'longer than any name of a host')
  const host =
    /^(?:([a-z0-9_.-]{1,200})\.)?([a-z2-7]{56}|[a-z2-7]{16})(\.onion(\.[a-z0-9.-]{2,200})?)?\.?(?::[0-9]{1,5})?(?:\/.*)?$/
  const match = host.exec(text)
  if (match === null) return refuse('onion-form', 'not 56 (or once 16) characters of base32 before .onion')
  const [, subdomain = null, name = '', onion, after] = match
  if (onion === undefined && (name.length === 16 || subdomain !== null)) {
    return refuse('onion-form', 'without .onion only an address with a checksum is one')
  }
  const gateway = after === undefined ? null : after.slice(1)
  const version = name.length === 16 ? 2 : 3
  if (version === 3 && !holds(name)) return refuse('onion-checksum', 'the checksum of the address does not hold')
  const identifier: Identifier = {
    kind: 'onion',
    normal: `${name}.onion`,
    strength: version === 3 ? 'checksum' : 'form',
    because: version === 3 ? 'SHA3-256 checksum and version 3' : 'form of version 2, which was switched off in 2021',
  }
  return ok({ identifier, version, subdomain, gateway })
}

function holds(name: string): boolean {
  const bytes = base32.decode(name.toUpperCase())
  if (bytes[34] !== 3) return false
  const key = bytes.subarray(0, 32)
  const sum = hash('sha3-256', Buffer.concat([Buffer.from('.onion checksum'), key, Buffer.of(3)]), 'buffer')
  return sum[0] === bytes[32] && sum[1] === bytes[33]
}
