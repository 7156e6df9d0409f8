import type { HashKind } from '../../exact/index.ts'
import type { Dialect } from '../../pdq/index.ts'
import { type ArchiveKind, archiveKind, closedArchive, headLength } from '../archive-kind.ts'
import { Digesting } from '../digesting.ts'
import { Likening } from '../likening.ts'
import { Budget, type Limits } from '../limits.ts'
import { nameFromBytes } from '../name.ts'
import {
  closedHere,
  type FileOutcome,
  type FilePlace,
  type FileRemark,
  hashed,
  notOpened,
  setAside,
} from '../outcome.ts'
import { errorWords } from './error-words.ts'
import type { Unpacking } from './member.ts'
import { type FileState, OpenFile, readLength } from './open-file.ts'
import { unpackGzip } from './unpack-gzip.ts'
import { unpackTar } from './unpack-tar.ts'
import { unpackZipDescriptor } from './unpack-zip.ts'

export interface HashSettings {
  readonly kinds: readonly HashKind[]
  /** Dialects of PDQ in which pictures are hashed in the same pass; none: pictures are files like any other. */
  readonly pictures: readonly Dialect[]
  /** Whether to look into ZIP, TAR and gzip files. */
  readonly archives: boolean
  readonly limits: Limits
}

export interface Reading {
  /** In a thread of its own reading may wait; elsewhere it must let others work. */
  readonly mayBlock: boolean
  readonly onBytes: (bytes: number) => void
}

/** A file, then the members of the archive it may be. Whatever happens to the file is an outcome. */
export async function* hashFile(
  path: Uint8Array,
  settings: HashSettings,
  reading: Reading,
): AsyncGenerator<FileOutcome> {
  const place: FilePlace = { path: nameFromBytes(path), members: [] }
  let file: OpenFile
  try {
    file = new OpenFile(path)
  } catch (error) {
    yield setAside(place, 'unreadable', `The file cannot be read: ${errorWords(error)}.`)
    return
  }
  try {
    const before = file.state()
    if (!before.regular) {
      yield setAside(place, 'special', 'No file any more.')
      return
    }
    const { outcome, kind } = await hashBytes(file, before, place, settings, reading)
    yield outcome
    if (kind !== null && settings.archives) yield* unpack(file, before, kind, place, settings)
  } catch (error) {
    yield setAside(place, 'unreadable', `The file cannot be read to its end: ${errorWords(error)}.`)
  } finally {
    file.close()
  }
}

async function hashBytes(
  file: OpenFile,
  before: FileState,
  place: FilePlace,
  { kinds, pictures, archives }: HashSettings,
  { mayBlock, onBytes }: Reading,
): Promise<{ outcome: FileOutcome; kind: ArchiveKind | null }> {
  const digesting = new Digesting(kinds)
  const likening = new Likening(pictures)
  // One byte more than the file says: a file that grows is seen to grow, and not followed for ever.
  const buffer = new Uint8Array(Math.min(readLength, before.size + 1))
  let kind: ArchiveKind | null = null
  let closed: string | null = null
  let grew = false
  try {
    while (!grew) {
      const offset = digesting.size
      const room = buffer.subarray(0, Math.min(buffer.length, before.size - offset + 1))
      const got = mayBlock ? file.readNow(room, offset) : await file.readLater(room, offset)
      if (got === 0) break
      grew = offset + got > before.size
      const chunk = room.subarray(0, grew ? got - 1 : got)
      if (offset === 0) {
        kind = archiveKind(chunk.subarray(0, headLength))
        closed = archives ? closedArchive(chunk) : null
      }
      digesting.update(chunk)
      likening.update(chunk)
      onBytes(chunk.length)
    }
  } catch (error) {
    likening.forget()
    throw error
  }
  const changes = changeRemarks(before, file.state(), digesting.size, grew)
  const remarks = closed === null ? changes : [...changes, notOpened(closedHere(closed))]
  const likeness = await likening.finish()
  return { outcome: hashed(place, digesting.size, digesting.digests(), remarks, likeness), kind }
}

function changeRemarks(before: FileState, after: FileState, size: number, grew: boolean): FileRemark[] {
  const same = before.size === after.size && before.modified === after.modified && before.changed === after.changed
  if (same && !grew && size === before.size) return []
  const says = 'The file changed while it was read: the hash may be of a state that never was. Hash it again.'
  return [{ code: 'changed-while-read', says }]
}

function unpack(
  file: OpenFile,
  { size }: FileState,
  kind: ArchiveKind,
  place: FilePlace,
  { kinds, pictures, limits }: HashSettings,
): AsyncGenerator<FileOutcome> {
  const within: Unpacking = { kinds, pictures, budget: new Budget(limits, size), place, depth: 1 }
  if (kind === 'zip') return unpackZipDescriptor(file.descriptor, within)
  return kind === 'tar' ? unpackTar(file.chunks(size), within) : unpackGzip(file.chunks(size), within)
}
