import { type Entry, fromBufferPromise, fromFdPromise, type ZipFile } from 'yauzl'
import { LimitReached } from '../limits.ts'
import { nameFromBytes } from '../name.ts'
import { type FileOutcome, setAside } from '../outcome.ts'
import { memberPlace, readMember, restOf, type Unpacking } from './member.ts'

/** Names stay bytes, and sizes are compared here: a member with a false size is hashed and remarked. */
const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: false }

export const unpackZipDescriptor = (descriptor: number, within: Unpacking): AsyncGenerator<FileOutcome> =>
  unpackZip(() => fromFdPromise(descriptor, options), within)

export const unpackZipBytes = (bytes: Uint8Array, within: Unpacking): AsyncGenerator<FileOutcome> =>
  unpackZip(() => fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), options), within)

/** Members as the central directory lists them. */
async function* unpackZip(open: () => Promise<ZipFile>, within: Unpacking): AsyncGenerator<FileOutcome> {
  try {
    const zip = await open()
    for await (const entry of zip.eachEntry()) {
      if (isFolder(entry)) continue
      within.budget.takeMember()
      yield* unpackEntry(zip, entry, within)
      if (within.budget.reached !== null) throw new LimitReached(within.budget.reached)
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    yield restOf(within, error instanceof LimitReached ? 'limit' : 'damaged', why)
  }
}

async function* unpackEntry(zip: ZipFile, entry: Entry, within: Unpacking): AsyncGenerator<FileOutcome> {
  const name = nameFromBytes(entry.fileNameRaw)
  const place = memberPlace(within, name)
  if (entry.isEncrypted()) {
    yield setAside(place, 'encrypted', 'Encrypted: it can only be hashed when it is unpacked with its password.')
    return
  }
  if (!entry.canDecodeFileData()) {
    yield setAside(place, 'unsupported', `Packed by method ${entry.compressionMethod}, which is not known here.`)
    return
  }
  try {
    const stream = await zip.openReadStreamPromise(entry)
    try {
      yield* readMember(stream, name, within, { size: entry.uncompressedSize, sum: entry.crc32 })
    } finally {
      stream.destroy()
    }
  } catch (error) {
    yield setAside(place, 'damaged', `Cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

/**
 * A name that ends in a slash and holds nothing (packed nothing is two bytes). One that holds bytes is read: nothing
 * hides behind its name.
 */
const isFolder = (entry: Entry): boolean =>
  entry.fileNameRaw.at(-1) === 0x2f && entry.compressedSize <= 2 && entry.uncompressedSize === 0
