import { type AddressKey, addressText } from './address-key.ts'

/** An IPv4 address that stands inside an IPv6 address: the one that a provider could know. */
export interface EmbeddedAddress {
  readonly address: string
  readonly key: AddressKey
  readonly how: 'Teredo client' | '6to4' | 'NAT64'
  readonly source: string
  /** Teredo alone: the port of the translated connection. */
  readonly port: number | null
}

/** Null when the address is plain, or when the part that would hold IPv4 is all zeros. */
export function embeddedAddress(key: AddressKey): EmbeddedAddress | null {
  if (key.length !== 32) return null
  const found = read(key)
  return found === null || found.key === '00000000' ? null : { ...found, address: addressText(found.key) }
}

function read(key: AddressKey): Omit<EmbeddedAddress, 'address'> | null {
  // RFC 4380 section 4: port and address of the client are written with every bit turned over.
  if (key.startsWith('20010000')) {
    const port = Number.parseInt(key.slice(20, 24), 16) ^ 0xffff
    const client = (Number.parseInt(key.slice(24), 16) ^ 0xffff_ffff) >>> 0
    const turned = client.toString(16).padStart(8, '0')
    return { key: turned, how: 'Teredo client', source: 'RFC 4380 section 4', port }
  }
  if (key.startsWith('2002')) return { key: key.slice(4, 12), how: '6to4', source: 'RFC 3056 section 2', port: null }
  if (key.startsWith('0064ff9b0000000000000000'))
    return { key: key.slice(24), how: 'NAT64', source: 'RFC 6052 section 2.2', port: null }
  return null
}
