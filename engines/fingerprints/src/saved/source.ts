/** Where a saved file's bytes come from: a file, a buffer, a part of either. The reader asks for one step at a time. */
export interface ByteSource {
  readonly size: number
  /** Fills `into` from `offset` on; gives the bytes read, fewer only at the end. Throws when the medium fails. */
  read(offset: number, into: Uint8Array): number
}

export const sourceOfBytes = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read(offset, into) {
    const part = bytes.subarray(offset, offset + into.length)
    into.set(part)
    return part.length
  },
})

/** Fills `into` wholly although the source may give less at a time (pipes, 2 GiB limits); false when it ends before. */
export function fill(source: ByteSource, offset: number, into: Uint8Array): boolean {
  let done = 0
  while (done < into.length) {
    const got = source.read(offset + done, into.subarray(done))
    if (got <= 0) return false
    done += got
  }
  return true
}
