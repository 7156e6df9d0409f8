import { createGunzip } from 'node:zlib'
import type { Name } from '../name.ts'
import type { FileOutcome } from '../outcome.ts'
import { readMember, restOf, type Unpacking } from './member.ts'
import { pump } from './pump.ts'

/** The one member of a gzip stream; when that is a TAR, its members too. */
export async function* unpackGzip(chunks: AsyncIterable<Uint8Array>, within: Unpacking): AsyncGenerator<FileOutcome> {
  if (within.budget.reached !== null) {
    yield restOf(within, 'limit', within.budget.reached)
    return
  }
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  const pumped = pump(chunks, gunzip)
  try {
    within.budget.takeMember()
    yield* readMember(gunzip, unpackedName(within), within)
  } catch (error) {
    yield restOf(within, 'limit', error instanceof Error ? error.message : String(error))
  } finally {
    gunzip.destroy()
    await pumped
  }
}

function unpackedName({ place }: Unpacking): Name {
  const own = place.members.at(-1) ?? place.path
  const text = (own.text.split('/').at(-1) ?? '').replace(/\.t(?:ar\.)?gz$/i, '.tar').replace(/\.gz$/i, '')
  return { text: text === '' ? 'unpacked' : text, bytes: null }
}
