import type { BigIntStats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { nameFromBytes } from '../name.ts'
import { type FileOutcome, setAside } from '../outcome.ts'
import { errorWords } from './error-words.ts'

export interface FoundFile {
  readonly path: Uint8Array
  readonly size: number
  readonly modified: string
  readonly changed: string
}

export type Met = { readonly file: FoundFile } | { readonly outcome: FileOutcome }

const separator = Buffer.from('/')

interface Folder {
  readonly path: Buffer
  /** Device and inode of this folder and those above: a bind mount can lead back up without any link. */
  readonly above: ReadonlySet<string>
}

/** Everything below the roots, folders in the order of their names' bytes. Links are reported, never followed. */
export async function* walk(roots: readonly (string | Uint8Array)[]): AsyncGenerator<Met> {
  for (const root of roots) {
    const waiting: Folder[] = []
    yield* look(Buffer.from(root), new Set(), waiting)
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) yield* enter(folder, waiting)
  }
}

async function* enter(folder: Folder, waiting: Folder[]): AsyncGenerator<Met> {
  let names: Buffer[]
  try {
    names = await readdir(folder.path, { encoding: 'buffer' })
  } catch (error) {
    yield { outcome: unreadable(folder.path, 'folder', error) }
    return
  }
  const below: Folder[] = []
  for (const name of names.sort(Buffer.compare)) {
    const between = folder.path.at(-1) === separator[0] ? [] : [separator]
    yield* look(Buffer.concat([folder.path, ...between, name]), folder.above, below)
  }
  for (const each of below.reverse()) waiting.push(each)
}

async function* look(path: Buffer, above: ReadonlySet<string>, folders: Folder[]): AsyncGenerator<Met> {
  let stat: BigIntStats
  try {
    stat = await lstat(path, { bigint: true })
  } catch (error) {
    yield { outcome: unreadable(path, 'file', error) }
    return
  }
  const place = { path: nameFromBytes(path), members: [] }
  if (stat.isFile()) {
    const { size, mtimeNs, ctimeNs } = stat
    yield { file: { path, size: Number(size), modified: String(mtimeNs), changed: String(ctimeNs) } }
  } else if (stat.isDirectory()) {
    const self = `${stat.dev}:${stat.ino}`
    if (above.has(self)) yield { outcome: setAside(place, 'loop', 'The folder contains itself; not entered again.') }
    else folders.push({ path, above: new Set([...above, self]) })
  } else if (stat.isSymbolicLink()) {
    yield { outcome: setAside(place, 'link', 'A link: what it points to is only read where it stands itself.') }
  } else {
    yield { outcome: setAside(place, 'special', `A ${specialKind(stat)}, no file.`) }
  }
}

function specialKind(stat: BigIntStats): string {
  if (stat.isFIFO()) return 'pipe'
  if (stat.isSocket()) return 'socket'
  return stat.isBlockDevice() || stat.isCharacterDevice() ? 'device' : 'special file'
}

const unreadable = (path: Uint8Array, what: string, error: unknown): FileOutcome =>
  setAside(
    { path: nameFromBytes(path), members: [] },
    'unreadable',
    `The ${what} cannot be read: ${errorWords(error)}.`,
  )
