import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { makePrivateFolder } from '@tandem/store/folder'

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

/**
 * Replaces a file, and writes zeros over what it held before. A disk that moves blocks about (flash, snapshots) may keep
 * the old ones all the same; what lay in them is wrapped under a key that lies elsewhere.
 */
export function replaceDestroying(path: string, content: string | Uint8Array): void {
  const old = existsSync(path) ? openSync(path, 'r+') : null
  try {
    writePrivate(path, content)
    if (old !== null) writeZeros(old)
  } finally {
    if (old !== null) closeSync(old)
  }
}

export function destroyFile(path: string): void {
  if (!existsSync(path)) return
  const descriptor = openSync(path, 'r+')
  try {
    writeZeros(descriptor)
  } finally {
    closeSync(descriptor)
  }
  rmSync(path)
}

function writeZeros(descriptor: number): void {
  writeSync(descriptor, Buffer.alloc(fstatSync(descriptor).size), 0, undefined, 0)
  fsyncSync(descriptor)
}
