import { ok, type Result } from '@tandem/core'
import { type LedgerRefusal, refusal } from '../refusal.ts'

export const longestEntry = 0xffff

/** C2SP tlog-tiles, "Log entries": each entry behind its length in two bytes. Throws when an entry is too long. */
export function writeEntryBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > longestEntry) throw new RangeError(`an entry has at most ${longestEntry} bytes`)
      return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

export function readEntryBundle(bytes: Uint8Array): Result<Uint8Array[], LedgerRefusal> {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    const entry = bytes.subarray(at + 2, at + 2 + length)
    if (at + 2 > bytes.length || entry.length < length) return refusal('entries', 'The bundle of entries is cut short.')
    entries.push(entry)
    at += 2 + length
  }
  return ok(entries)
}
