import { err, ok, type Result } from '@tandem/core'
import ipaddr from 'ipaddr.js'
import type { Identifier, IdentifierRefusal } from './identifier.ts'
import { formatIpv6, parseIpv4, parseIpv6 } from './ip-text.ts'
import { readPort } from './port.ts'

export interface IpReading {
  readonly identifier: Identifier
  readonly version: 4 | 6
  /** Address in normal form, without port, brackets and zone. */
  readonly address: string
  readonly port: number | null
  /** The IPv4 address inside `::ffff:0:0/96`. */
  readonly mappedIpv4: string | null
  /** `%eth0`: means something on the sender's machine only (RFC 4007), so it is never compared. */
  readonly zone: string | null
  /** `public`, or why the address names no subscriber on the internet: `private`, `carrierGradeNat`, `loopback`, ... */
  readonly scope: string
}

/** Strict IPv4 (four decimal numbers, no leading zero, RFC 6943 section 3.1.1) or IPv6, with an optional port. */
export function readIp(written: string): Result<IpReading, IdentifierRefusal> {
  const text = written.trim()
  if (text.length > 128) return refused('ip-too-long', 'the text is longer than any IP address')
  const bracketed = /^\[([^[\]]*)\](?::(.*))?$/.exec(text)
  if (bracketed !== null) return withPort(readIpv6(bracketed[1] ?? ''), bracketed[2])
  const colons = text.split(':').length - 1
  if (colons === 0) return readIpv4(text)
  if (colons === 1) {
    const [address = '', port] = text.split(':')
    return withPort(readIpv4(address), port)
  }
  return readIpv6(text)
}

function readIpv4(text: string): Result<IpReading, IdentifierRefusal> {
  const parts = parseIpv4(text)
  if (parts === null) {
    const zeros = /^\d+(?:\.\d+){3}$/.test(text) && text.split('.').some((part) => part.length > 1 && part[0] === '0')
    return zeros
      ? refused('ip-leading-zero', 'a number with a leading zero can be read as decimal or octal: two addresses')
      : refused('ip-invalid', 'not an IPv4 or IPv6 address')
  }
  const address = parts.join('.')
  const identifier: Identifier = { kind: 'ip', normal: address, strength: 'form', because: 'strict IPv4' }
  return ok({ identifier, version: 4, address, port: null, mappedIpv4: null, zone: null, scope: scopeOf(address) })
}

function readIpv6(text: string): Result<IpReading, IdentifierRefusal> {
  const [bare = '', zone = null, ...more] = text.split('%')
  const groups = parseIpv6(bare)
  if (groups === null || more.length > 0 || zone === '') return refused('ip-invalid', 'not an IPv4 or IPv6 address')
  const address = formatIpv6(groups)
  const mapped = mappedOf(groups)
  const identifier: Identifier = {
    kind: 'ip',
    normal: address,
    strength: 'form',
    because: mapped === null ? 'IPv6, written as RFC 5952 says' : 'v4-mapped IPv6 (RFC 4291 section 2.5.5.2)',
    ...(mapped === null ? {} : { also: [mapped] }),
  }
  const scope = scopeOf(mapped ?? address)
  return ok({ identifier, version: 6, address, port: null, mappedIpv4: mapped, zone, scope })
}

function withPort(
  reading: Result<IpReading, IdentifierRefusal>,
  written: string | undefined,
): Result<IpReading, IdentifierRefusal> {
  if (!reading.ok || written === undefined) return reading
  const port = readPort(written)
  return port.ok ? ok({ ...reading.value, port: port.value }) : port
}

function mappedOf(groups: readonly number[]): string | null {
  const [a, b, c, d, e, f, high = 0, low = 0] = groups
  if (a !== 0 || b !== 0 || c !== 0 || d !== 0 || e !== 0 || f !== 0xffff) return null
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function scopeOf(address: string): string {
  const range = ipaddr.parse(address).range()
  return range === 'unicast' ? 'public' : range
}

const refused = (code: string, says: string): Result<never, IdentifierRefusal> => err({ code, says })
