import { readFileSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Disk } from '@tandem/work'

/** The file system under one folder. What lies there is for this user alone; readers come by way of the cell. */
export function diskAt(root: string): Disk {
  const at = (path: string): string => join(root, path)
  const synced = async (path: string): Promise<void> => {
    await using file = await open(path, 'r')
    await file.sync()
  }
  return {
    read(path) {
      try {
        return readFileSync(at(path))
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
          return null
        throw error
      }
    },
    makeFolder: async (path) => void (await mkdir(at(path), { recursive: true, mode: 0o700 })),
    async write(path, bytes) {
      await using file = await open(at(path), 'w', 0o600)
      await file.writeFile(bytes)
    },
    sync: (path) => synced(at(path)),
    rename: (from, to) => rename(at(from), at(to)),
    syncFolder: (path) => synced(at(path)),
    remove: (path) => rm(at(path), { recursive: true, force: true }),
  }
}
