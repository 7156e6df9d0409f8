import { createHash } from 'node:crypto'
import type { Span } from '../json/node.ts'

/** Encoded media at a byte span of a text. */
export interface Find extends Span {
  readonly sha256: string
  readonly length: number
  readonly type: string
  readonly why: string
  /** The span stands where JSON expects a value, so the marker needs quotes. */
  readonly quoted?: boolean
  /** The span stands where JSON expects keys with values. */
  readonly keyed?: boolean
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const findOf = (start: number, end: number, decoded: Uint8Array, type: string, why: string): Find => ({
  start,
  end,
  sha256: sha256(decoded),
  length: decoded.length,
  type,
  why,
})

/** Holds no quote, comma, bracket pair of XML or line break, so JSON, XML and CSV stay valid around it. */
export const markerOf = (find: Find): string =>
  `[stripped ${find.type === 'application/octet-stream' ? 'binary' : 'media'} sha256=${find.sha256} length=${find.length} type=${find.type}]`

export function withMarkers(bytes: Uint8Array, finds: readonly Find[]): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  for (const find of finds) {
    const value = find.quoted === true ? `"${markerOf(find)}"` : markerOf(find)
    const marker = find.keyed === true ? `"stripped":${value}` : value
    parts.push(bytes.subarray(at, find.start), Buffer.from(marker))
    at = find.end
  }
  parts.push(bytes.subarray(at))
  return Buffer.concat(parts)
}
