import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { makePrivateFolder } from '@tandem/store/engine'

/** A folder that only this user can enter. */
export const privateFolder = makePrivateFolder

/** Written whole or not at all, readable by this user alone. */
export function writePrivate(path: string, content: string | Uint8Array): void {
  privateFolder(dirname(path))
  const half = `${path}.half`
  const descriptor = openSync(half, 'w', 0o600)
  try {
    writeSync(descriptor, typeof content === 'string' ? Buffer.from(content) : content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(half, path)
}

export const readIfThere = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null)
