import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What a path leads to: files in the order of their names, and what is no file and was not followed. */
export interface Under {
  readonly files: readonly string[]
  readonly passed: readonly { readonly path: string; readonly says: string }[]
  readonly isFolder: boolean
}

/** A path that is named is taken as it is; inside a folder links and special files are told and never followed. */
export async function filesUnder(path: string): Promise<Under> {
  const isFolder = path !== '-' && (await lstat(path).catch(() => null))?.isDirectory() === true
  if (!isFolder) return { files: [path], passed: [], isFolder }
  const files: string[] = []
  const passed: { path: string; says: string }[] = []
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
    if (entries === null) {
      passed.push({ path: folder, says: 'The folder is not readable for you.' })
      return
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = join(folder, entry.name)
      if (entry.isDirectory()) await walk(inside)
      else if (entry.isFile()) files.push(inside)
      else passed.push({ path: inside, says: 'It is a link or a special file; it is not followed.' })
    }
  }
  await walk(path)
  return { files, passed, isFolder }
}
