import { readCidr } from '@tandem/identifiers'
import type { ContextFormat } from './content.ts'
import { looksLikeMmdb } from './mmdb/reader.ts'

/** Enough to see a format: 27 lines of comments stand before some statistics, a licence before some tables. */
export const contextHeadLength = 16 * 1024

/** What a text file is, by its first lines. Null: none of these. */
export function detectContextText(head: string): Exclude<ContextFormat, 'mmdb'> | null {
  const lines = head.split(/\r?\n/)
  const [first = ''] = lines
  if (/^@type network-status-(?:microdesc-)?consensus-3 /.test(first)) return 'tor-consensus'
  if (/^network-status-version 3(?: microdesc)?$/.test(first)) return 'tor-consensus'
  if (/^@type tordnsel /.test(first) || /^ExitNode [0-9A-F]{40}$/.test(first)) return 'tor-exit-list'
  if (/^\uFEFF?\s*\{/.test(head)) return 'misp-warning-list'
  const [said = ''] = lines.filter((line) => line !== '' && !/^[#;]/.test(line))
  if (/^2(?:\.\d)?\|[a-z]+\|/.test(said) || /^[a-z]+\|(?:[A-Z]{2})?\|(?:asn|ipv[46])\|/.test(said))
    return 'rir-delegations'
  if (/^(?:\d{1,10},\d{1,10}|[0-9a-f:]+,[0-9a-f:]+),(?:[A-Z][A-Z0-9]|\?\?)$/.test(said)) return 'country-ranges'
  if (/^AS\d{1,10}\b/i.test(said)) return 'network-list'
  const [range = ''] = said.replace(/\s*[#;].*$/, '').split(',')
  return readCidr(range.trim()) === null ? null : 'range-list'
}

export const isMmdb = (bytes: Uint8Array): boolean =>
  looksLikeMmdb(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
