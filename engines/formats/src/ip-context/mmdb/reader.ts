import { err, ok, type Result } from '@tandem/core'
import { type AddressKey, rangeOf, rangeText } from '@tandem/identifiers'
import { MmdbData, MmdbFault, type MmdbValue } from './data.ts'
import { type MmdbLayout, recordOf } from './layout.ts'
import { verify } from './verify.ts'

export interface MmdbRecord {
  readonly [key: string]: MmdbValue
}

export interface MmdbHit {
  /** The block that the record is about, in words. */
  readonly network: string
  readonly record: MmdbRecord
}

export interface MmdbReader {
  /** `GeoIP2-Anonymous-IP`, `GeoLite2-ASN`, ... */
  readonly databaseType: string
  /** When it was built: RFC 3339, UTC. */
  readonly built: string
  /** Distinct records, each decoded once when the file was opened. */
  readonly records: number
  /** Null: no data. An empty record is no data either. */
  lookup(key: AddressKey): MmdbHit | null
}

export interface MmdbRefusal {
  readonly code: 'mmdb-broken' | 'mmdb-version-unknown'
  readonly says: string
}

const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
/** The metadata lie within the last 128 KiB (specification, "Metadata Section"). */
const searched = 128 * 1024
const separator = 16

export const looksLikeMmdb = (bytes: Buffer): boolean => markerOf(bytes) >= 0

/** Opens a MaxMind DB 2.0 file, or says why it must not be used. The whole file is checked here. */
export function openMmdb(given: Uint8Array): Result<MmdbReader, MmdbRefusal> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  try {
    return open(bytes)
  } catch (error) {
    if (error instanceof MmdbFault) return broken(error.message)
    throw error
  }
}

function open(bytes: Buffer): Result<MmdbReader, MmdbRefusal> {
  const at = markerOf(bytes)
  if (at < 0) return broken('its metadata are missing: it is cut or no database of this kind')
  const metadata = new MmdbData(bytes.subarray(at + marker.length)).decode(0)
  if (!isRecord(metadata)) return broken('its metadata are no map')
  const major = metadata['binary_format_major_version']
  if (major !== 2)
    return err({ code: 'mmdb-version-unknown', says: `version ${String(major)} of the format is not known` })
  const layout = layoutOf(metadata, at)
  if (layout === null) return broken('its metadata do not fit the file')
  const data = new MmdbData(bytes.subarray(layout.dataStart, layout.dataEnd))
  const records = verify(bytes, layout, data)
  const epoch = Number(metadata['build_epoch'])
  // Year 9999: more is no time.
  if (!(epoch >= 0 && epoch < 253_402_300_800)) return broken('the time of its making is none')
  const start = layout.ipVersion === 6 ? ipv4Start(bytes, layout) : { node: 0, depth: 0 }
  return ok({
    databaseType: String(metadata['database_type']),
    built: new Date(epoch * 1000).toISOString(),
    records,
    lookup: (key) => lookup(bytes, layout, data, start, key),
  })
}

interface Start {
  readonly node: number
  readonly depth: number
}

/** In a tree of IPv6 the IPv4 addresses lie below 96 zeros; a short tree ends before. */
function ipv4Start(bytes: Buffer, layout: MmdbLayout): Start {
  let [node, depth] = [0, 0]
  while (depth < 96 && node < layout.nodeCount) {
    node = recordOf(bytes, layout, node, 0)
    depth += 1
  }
  return { node, depth }
}

function lookup(bytes: Buffer, layout: MmdbLayout, data: MmdbData, start: Start, key: AddressKey): MmdbHit | null {
  const isFour = key.length === 8
  if (!isFour && layout.ipVersion === 4) return null
  let node = isFour ? start.node : 0
  let depth = 0
  while (node < layout.nodeCount && depth < key.length * 4) {
    const digit = Number.parseInt(key[depth >> 2] ?? '0', 16)
    node = recordOf(bytes, layout, node, (digit >> (3 - (depth & 3))) & 1)
    depth += 1
  }
  if (node <= layout.nodeCount) return null
  const record = data.decode(node - layout.nodeCount - separator)
  if (!isRecord(record) || Object.keys(record).length === 0) return null
  return { network: `${rangeText(rangeOf(key, depth))}`, record }
}

function layoutOf(metadata: MmdbRecord, end: number): MmdbLayout | null {
  const [nodeCount, recordSize, ipVersion] = [metadata['node_count'], metadata['record_size'], metadata['ip_version']]
  if (typeof nodeCount !== 'number' || nodeCount < 1 || (ipVersion !== 4 && ipVersion !== 6)) return null
  if (recordSize !== 24 && recordSize !== 28 && recordSize !== 32) return null
  const dataStart = (nodeCount * recordSize) / 4 + separator
  return dataStart > end ? null : { nodeCount, recordSize, ipVersion, dataStart, dataEnd: end }
}

const markerOf = (bytes: Buffer): number => {
  const from = Math.max(0, bytes.length - searched)
  const at = bytes.subarray(from).lastIndexOf(marker)
  return at < 0 ? -1 : from + at
}

const isRecord = (value: MmdbValue): value is MmdbRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const broken = (says: string): Result<never, MmdbRefusal> =>
  err({ code: 'mmdb-broken', says: `The database is broken and not used: ${says}.` })
