import { formatIpv6, parseIpv4, parseIpv6 } from '../ip-text.ts'

/**
 * An address as hexadecimal digits: 8 for IPv4, 32 for IPv6. Keys of one length compare as text like the numbers they
 * are, so that ranges need no big integers.
 */
export type AddressKey = string

/** Strict text of one address, without port, brackets or zone. Null: not an address. A mapped IPv4 address is IPv4. */
export function addressKey(written: string): AddressKey | null {
  const parts = parseIpv4(written)
  if (parts !== null) return parts.map((part) => part.toString(16).padStart(2, '0')).join('')
  const groups = written.includes(':') ? parseIpv6(written) : null
  if (groups === null) return null
  const key = groups.map((group) => group.toString(16).padStart(4, '0')).join('')
  return key.startsWith(mappedPrefix) ? key.slice(24) : key
}

const mappedPrefix = '00000000000000000000ffff'

/** RFC 5952 and dotted decimal: what an officer reads. */
export function addressText(key: AddressKey): string {
  if (key.length === 8) return (key.match(/../g) ?? []).map((part) => Number.parseInt(part, 16)).join('.')
  return formatIpv6((key.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16)))
}

export interface AddressRange {
  readonly first: AddressKey
  readonly last: AddressKey
}

/** `192.0.2.0/24`, `2001:db8::/32` or a single address. Bits behind the prefix are cleared, as routers do. */
export function readCidr(written: string): AddressRange | null {
  const [address = '', length, ...more] = written.split('/')
  const key = addressKey(address)
  if (key === null || more.length > 0) return null
  if (length === undefined) return { first: key, last: key }
  if (!/^\d{1,3}$/.test(length)) return null
  // `::ffff:192.0.2.0/120` counts its bits in IPv6.
  const bits = Number(length) - (key.length === 8 && address.includes(':') ? 96 : 0)
  if (bits < 0 || bits > key.length * 4) return null
  return rangeOf(key, bits)
}

/** The block of `bits` leading bits in which the address lies. */
export function rangeOf(key: AddressKey, bits: number): AddressRange {
  const whole = Math.floor(bits / 4)
  const rest = bits % 4
  const head = key.slice(0, whole)
  if (rest === 0) return { first: head.padEnd(key.length, '0'), last: head.padEnd(key.length, 'f') }
  const mask = 15 >> rest
  const digit = Number.parseInt(key[whole] ?? '0', 16)
  return {
    first: (head + (digit & ~mask).toString(16)).padEnd(key.length, '0'),
    last: (head + (digit | mask).toString(16)).padEnd(key.length, 'f'),
  }
}

/** `count` IPv4 addresses from the first on; registries count, and not always in powers of two. Null: past the end. */
export function countedRange(first: AddressKey, count: number): AddressRange | null {
  if (first.length !== 8 || !Number.isSafeInteger(count) || count < 1) return null
  const last = Number.parseInt(first, 16) + count - 1
  return last > 0xffff_ffff ? null : { first, last: ipv4Key(last) }
}

export const ipv4Key = (number: number): AddressKey => number.toString(16).padStart(8, '0')

export const contains = ({ first, last }: AddressRange, key: AddressKey): boolean =>
  key.length === first.length && first <= key && key <= last

export const rangeText = ({ first, last }: AddressRange): string =>
  first === last ? addressText(first) : `${addressText(first)} to ${addressText(last)}`
