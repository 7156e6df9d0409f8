import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DataFolder } from './folders.ts'
import { readIfThere, writePrivate } from './private-file.ts'

/** sun_path has 108 bytes with its closing NUL (unix(7)). */
const LONGEST_SOCKET_PATH = 107

const usual = (folder: DataFolder): string => join(folder.root, 'control.sock')
/** Names the socket when the data folder's own path is too long for one. */
const elsewhere = (folder: DataFolder): string => join(folder.root, 'control.path')

/** Where a client finds the socket of the cell that runs on this folder, if one runs. */
export const controlPath = (folder: DataFolder): string =>
  readIfThere(elsewhere(folder))?.toString('utf8').trim() || usual(folder)

/** A free place for the socket, in a folder that only this user can enter. Called by the holder of the data folder. */
export function makeControlPath(folder: DataFolder): string {
  leaveControlPath(folder)
  if (Buffer.byteLength(usual(folder)) <= LONGEST_SOCKET_PATH) return usual(folder)
  const path = join(mkdtempSync(join(tmpdir(), 'tandem-')), 'control.sock')
  writePrivate(elsewhere(folder), `${path}\n`)
  return path
}

export function leaveControlPath(folder: DataFolder): void {
  const moved = readIfThere(elsewhere(folder))?.toString('utf8').trim()
  // The file can be edited by hand: nothing is removed but what was made here.
  if (moved?.startsWith(join(tmpdir(), 'tandem-')) && moved.endsWith('/control.sock')) {
    rmSync(dirname(moved), { recursive: true, force: true })
  }
  rmSync(elsewhere(folder), { force: true })
  rmSync(usual(folder), { force: true })
}
