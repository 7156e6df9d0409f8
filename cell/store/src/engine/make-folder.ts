import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './types.ts'

/**
 * A folder for this user alone, with the folders above it that are missing. One level at a time: Node's own recursive
 * way never comes back where a file system refuses a new folder as "not there" (`/proc` does).
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST' || !isFolder(path)) throw thrown
  }
}

export function makePrivateFolder(path: string): void {
  makeFolder(path)
  chmodSync(path, 0o700)
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const reasons: { readonly [code: string]: string } = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'that disk can only be read',
  ENOSPC: 'that disk is full',
  EDQUOT: 'your share of that disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'no folder can be made there',
}

/** Why a file or folder cannot be used, in words for a person; null where it is no error of the file system. */
export const fileReason = (thrown: unknown): string | null => reasons[codeOf(thrown) ?? ''] ?? null
