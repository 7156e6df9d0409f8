import { type AddressKey, type AddressRange, contains, readCidr } from './address-key.ts'

/** An entry of the IANA special-purpose registries (RFC 6890), or multicast space, which stands beside them. */
export interface SpecialRange {
  readonly block: string
  readonly name: string
  readonly source: string
  readonly kind: SpecialKind
}

/**
 * `inside`: many networks use it, so that it names nobody by itself. `carrier NAT`: the carrier's own side of its
 * translation. `tunnel`: an IPv4 address may stand inside. `infrastructure`: a service of the internet, no customer.
 */
export type SpecialKind =
  | 'inside'
  | 'carrier NAT'
  | 'this machine'
  | 'link-local'
  | 'documentation'
  | 'tunnel'
  | 'infrastructure'
  | 'reserved'
  | 'multicast'

type Row = readonly [block: string, name: string, source: string, kind: SpecialKind]

const rows: readonly Row[] = [
  ['0.0.0.0/8', 'this network', 'RFC 791 section 3.2', 'this machine'],
  ['0.0.0.0/32', 'this host on this network', 'RFC 1122 section 3.2.1.3', 'this machine'],
  ['10.0.0.0/8', 'private use', 'RFC 1918', 'inside'],
  ['100.64.0.0/10', 'shared address space of carrier NAT', 'RFC 6598', 'carrier NAT'],
  ['127.0.0.0/8', 'loopback', 'RFC 1122 section 3.2.1.3', 'this machine'],
  ['169.254.0.0/16', 'link-local', 'RFC 3927', 'link-local'],
  ['172.16.0.0/12', 'private use', 'RFC 1918', 'inside'],
  ['192.0.0.0/24', 'IETF protocol assignments', 'RFC 6890 section 2.1', 'infrastructure'],
  ['192.0.0.0/29', 'IPv4 service continuity prefix (DS-Lite, 464XLAT)', 'RFC 7335', 'carrier NAT'],
  ['192.0.0.8/32', 'IPv4 dummy address', 'RFC 7600', 'infrastructure'],
  ['192.0.0.9/32', 'Port Control Protocol anycast', 'RFC 7723', 'infrastructure'],
  ['192.0.0.10/32', 'TURN anycast', 'RFC 8155', 'infrastructure'],
  ['192.0.0.170/32', 'NAT64/DNS64 discovery', 'RFC 7050 section 2.2', 'infrastructure'],
  ['192.0.0.171/32', 'NAT64/DNS64 discovery', 'RFC 7050 section 2.2', 'infrastructure'],
  ['192.0.2.0/24', 'documentation (TEST-NET-1)', 'RFC 5737', 'documentation'],
  ['192.31.196.0/24', 'AS112-v4', 'RFC 7535', 'infrastructure'],
  ['192.52.193.0/24', 'AMT', 'RFC 7450', 'infrastructure'],
  ['192.88.99.0/24', '6to4 relay anycast, given up', 'RFC 7526', 'infrastructure'],
  ['192.88.99.2/32', '6a44 relay anycast', 'RFC 6751', 'infrastructure'],
  ['192.168.0.0/16', 'private use', 'RFC 1918', 'inside'],
  ['192.175.48.0/24', 'direct delegation AS112 service', 'RFC 7534', 'infrastructure'],
  ['198.18.0.0/15', 'benchmarking', 'RFC 2544', 'inside'],
  ['198.51.100.0/24', 'documentation (TEST-NET-2)', 'RFC 5737', 'documentation'],
  ['203.0.113.0/24', 'documentation (TEST-NET-3)', 'RFC 5737', 'documentation'],
  ['224.0.0.0/4', 'multicast', 'RFC 5771', 'multicast'],
  ['240.0.0.0/4', 'reserved', 'RFC 1112 section 4', 'reserved'],
  ['255.255.255.255/32', 'limited broadcast', 'RFC 8190, RFC 919 section 7', 'reserved'],
  ['::1/128', 'loopback', 'RFC 4291', 'this machine'],
  ['::/128', 'unspecified', 'RFC 4291', 'this machine'],
  ['64:ff9b::/96', 'IPv4-IPv6 translation (NAT64)', 'RFC 6052', 'tunnel'],
  ['64:ff9b:1::/48', 'IPv4-IPv6 translation, local use', 'RFC 8215', 'inside'],
  ['100::/64', 'discard-only', 'RFC 6666', 'reserved'],
  ['100:0:0:1::/64', 'dummy IPv6 prefix', 'RFC 9780', 'reserved'],
  ['2001::/23', 'IETF protocol assignments', 'RFC 2928', 'infrastructure'],
  ['2001::/32', 'Teredo', 'RFC 4380, RFC 8190', 'tunnel'],
  ['2001:1::1/128', 'Port Control Protocol anycast', 'RFC 7723', 'infrastructure'],
  ['2001:1::2/128', 'TURN anycast', 'RFC 8155', 'infrastructure'],
  ['2001:1::3/128', 'DNS-SD service registration anycast', 'RFC 9665', 'infrastructure'],
  ['2001:2::/48', 'benchmarking', 'RFC 5180', 'inside'],
  ['2001:3::/32', 'AMT', 'RFC 7450', 'infrastructure'],
  ['2001:4:112::/48', 'AS112-v6', 'RFC 7535', 'infrastructure'],
  ['2001:10::/28', 'ORCHID, given up', 'RFC 4843', 'reserved'],
  ['2001:20::/28', 'ORCHIDv2', 'RFC 7343', 'reserved'],
  ['2001:30::/28', 'drone remote identification', 'RFC 9374', 'reserved'],
  ['2001:db8::/32', 'documentation', 'RFC 3849', 'documentation'],
  ['2002::/16', '6to4', 'RFC 3056', 'tunnel'],
  ['2620:4f:8000::/48', 'direct delegation AS112 service', 'RFC 7534', 'infrastructure'],
  ['3fff::/20', 'documentation', 'RFC 9637', 'documentation'],
  ['5f00::/16', 'segment routing identifiers', 'RFC 9602', 'infrastructure'],
  ['fc00::/7', 'unique local (private use)', 'RFC 4193, RFC 8190', 'inside'],
  ['fe80::/10', 'link-local', 'RFC 4291', 'link-local'],
  ['fec0::/10', 'site-local, given up', 'RFC 3879', 'inside'],
  ['ff00::/8', 'multicast', 'RFC 4291 section 2.7', 'multicast'],
]

interface Placed extends SpecialRange {
  readonly range: AddressRange
}

/** The narrower block first: it says more. */
const placed: readonly Placed[] = rows
  .flatMap(([block, name, source, kind]) => {
    const range = readCidr(block)
    return range === null ? [] : [{ block, name, source, kind, range }]
  })
  .sort((a, b) => prefix(b.block) - prefix(a.block))

function prefix(block: string): number {
  return Number(block.split('/')[1] ?? 0)
}

/** Every block of the registries, for a page that lists them. */
export const specialRanges: readonly SpecialRange[] = rows.map(([block, name, source, kind]) => ({
  block,
  name,
  source,
  kind,
}))

/** Why this address is no public address of a customer, or null. */
export function specialRangeOf(key: AddressKey): SpecialRange | null {
  const found = placed.find(({ range }) => contains(range, key))
  return found === undefined ? null : { block: found.block, name: found.name, source: found.source, kind: found.kind }
}
