import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of the repository as a law sees them. Paths are relative, with `/`. */
export interface Tree {
  readonly paths: readonly string[]
  bytes(path: string): Buffer
  text(path: string): string
}

/** A breach: where and what, in words. */
export interface Finding {
  readonly path: string
  readonly says: string
}

export const checkout = join(import.meta.dirname, '..', '..', '..')

/** What is in version control or would be; without git, what a fresh archive holds. */
export function readTree(): Tree {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const names = listed.status === 0 ? listed.stdout.split('\0').filter((name) => name !== '') : filesUnder('')
  // All at once: a file that goes while the laws are read is not missed halfway.
  const files = new Map([...new Set(names)].sort().flatMap((path) => readIfThere(path)))
  const bytes = (path: string): Buffer => {
    const present = files.get(path)
    if (present === undefined) throw new Error(`${path} is not in the tree`)
    return present
  }
  return { paths: [...files.keys()], bytes, text: (path) => bytes(path).toString('utf8') }
}

function readIfThere(path: string): (readonly [string, Buffer])[] {
  try {
    return [[path, readFileSync(join(checkout, path))]]
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** The same tree with one file changed or added: what a mutant is. */
export function withFile(tree: Tree, path: string, content: string | Buffer): Tree {
  const changed = Buffer.isBuffer(content) ? content : Buffer.from(content)
  const bytes = (asked: string): Buffer => (asked === path ? changed : tree.bytes(asked))
  return {
    paths: tree.paths.includes(path) ? tree.paths : [...tree.paths, path],
    bytes,
    text: (asked) => bytes(asked).toString('utf8'),
  }
}

const ignored = new Set(['node_modules', 'dist', 'dist-pack', '.git', 'tmp', '.tandem'])

function filesUnder(folder: string): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : []
  })
}
