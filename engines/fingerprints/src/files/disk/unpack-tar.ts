import { extract, type Header } from 'tar-stream'
import { LimitReached } from '../limits.ts'
import { type Name, nameFromBytes } from '../name.ts'
import { type FileOutcome, setAside } from '../outcome.ts'
import { memberPlace, readMember, restOf, type Unpacking } from './member.ts'
import { pump } from './pump.ts'

/** TAR says nothing about the encoding of names: one character for each byte. The library's types do not know it. */
const namesAsBytes: object = { filenameEncoding: 'latin1' }

/** Members of a TAR stream, read in order; no member is ever written anywhere. */
export async function* unpackTar(chunks: AsyncIterable<Uint8Array>, within: Unpacking): AsyncGenerator<FileOutcome> {
  const reader = extract(namesAsBytes)
  const pumped = pump(chunks, reader)
  try {
    for await (const entry of reader) {
      const { header } = entry
      if (header.type === 'directory') {
        entry.resume()
        continue
      }
      within.budget.takeMember()
      const name = nameOf(header)
      if (header.type === 'file' || header.type === 'contiguous-file') {
        yield* readMember(bytesIn(entry), name, within, { size: header.size })
      } else {
        entry.resume()
        yield notAFile(header, name, within)
      }
      if (within.budget.reached !== null) throw new LimitReached(within.budget.reached)
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    yield restOf(within, error instanceof LimitReached ? 'limit' : 'damaged', why)
  } finally {
    reader.destroy()
    await pumped
  }
}

/** A pax header gives the name in UTF-8 (POSIX.1-2001); otherwise each character stands for one byte. */
function nameOf(header: Header): Name {
  const inPax = typeof header.pax === 'object' && header.pax !== null && 'path' in header.pax
  return inPax ? { text: header.name, bytes: null } : nameFromBytes(Buffer.from(header.name, 'latin1'))
}

function notAFile({ type }: Header, name: Name, within: Unpacking): FileOutcome {
  const place = memberPlace(within, name)
  if (type === 'symlink' || type === 'link') return setAside(place, 'link', 'A link: it has no bytes of its own.')
  if (type === 'fifo' || type === 'character-device' || type === 'block-device') {
    return setAside(place, 'special', 'A device or pipe, no file.')
  }
  return setAside(place, 'unsupported', 'A kind of member that is not known.')
}

async function* bytesIn(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A member is made of bytes')
    yield chunk
  }
}
