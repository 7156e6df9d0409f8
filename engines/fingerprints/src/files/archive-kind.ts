export type ArchiveKind = 'zip' | 'tar' | 'gzip'

/** Bytes needed to tell: a TAR's magic stands at 257. */
export const headLength = 512

/** By content, never by name: a renamed archive is still one, and office documents are ZIP archives too. */
export function archiveKind(head: Uint8Array): ArchiveKind | null {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip'
  // A split archive's only part begins with a marker (APPNOTE 8.5.4).
  if (startsWith(head, [0x50, 0x4b, 0x30, 0x30, 0x50, 0x4b, 0x03, 0x04])) return 'zip'
  if (startsWith(head, [0x1f, 0x8b, 0x08])) return 'gzip'
  return isTarHeader(head) ? 'tar' : null
}

const closed: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['XZ', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['Cabinet', [0x4d, 0x53, 0x43, 0x46, 0x00, 0x00, 0x00, 0x00]],
]

/** The name of a kind of archive that is not opened here, or null: what lies in it is not compared, which has to be told. */
export function closedArchive(head: Uint8Array): string | null {
  const isBzip2 =
    startsWith(head, [0x42, 0x5a, 0x68]) && startsWith(head.subarray(4), [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
  return isBzip2 ? 'bzip2' : (closed.find(([, magic]) => startsWith(head, magic))?.[0] ?? null)
}

/** POSIX.1-1988 ustar and the older form without a magic: both have a sum over the header (the sum's place as spaces). */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < headLength || head[0] === 0) return false
  const written = Number.parseInt(new TextDecoder('latin1').decode(head.subarray(148, 156)).replace(/\0/g, ' '), 8)
  if (!Number.isInteger(written)) return false
  let unsigned = 8 * 0x20
  let signed = 8 * 0x20
  for (const [at, byte] of head.subarray(0, headLength).entries()) {
    if (at >= 148 && at < 156) continue
    unsigned += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  return written === unsigned || written === signed
}

const startsWith = (head: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, at) => head[at] === byte)
