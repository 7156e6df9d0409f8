import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ok, type Result } from '@tandem/core'
import { type EngineFailure, fail, wordsOf } from './types.ts'

export interface FolderLock {
  release(): void
}

/**
 * One living process owns a data folder. The hold is a POSIX record lock (fcntl), taken through SQLite because
 * Node has no call for it: the kernel drops it the moment the process dies, kill -9 included, so there is no
 * time-out and nothing to clean up. It also holds between containers that share the folder.
 */
export function holdFolder(dataFolder: string): Result<FolderLock, EngineFailure> {
  const path = join(dataFolder, 'lock')
  let database: DatabaseSync
  try {
    database = new DatabaseSync(path)
  } catch (thrown) {
    return fail('folder-unusable', `The lock ${path} cannot be opened (${wordsOf(thrown)}). Check who owns the folder.`)
  }
  try {
    database.exec('PRAGMA busy_timeout = 0')
    // Never committed: the transaction is the hold. Nothing is ever written into the file.
    database.exec('BEGIN EXCLUSIVE')
  } catch (thrown) {
    database.close()
    if (!isBusy(thrown)) {
      return fail(
        'folder-unusable',
        `The folder ${dataFolder} cannot be locked (${wordsOf(thrown)}). Use a local disk that supports file locks.`,
      )
    }
    return fail('folder-in-use', inUse(dataFolder))
  }
  held.add(database)
  writeFileSync(join(dataFolder, 'owner'), `${process.pid}\n`, { mode: 0o600 })
  return ok({
    release() {
      if (!held.delete(database)) return
      database.close()
    },
  })
}

/** Kept reachable: a collected handle would close the file and drop the lock. */
const held = new Set<DatabaseSync>()

function inUse(dataFolder: string): string {
  const pid = ownerOf(dataFolder)
  const by = pid === null ? 'another process' : pid === process.pid ? 'this process itself' : `process ${pid}`
  return `The data folder ${dataFolder} is in use by ${by}. Stop that one first, or choose another data folder.`
}

function ownerOf(dataFolder: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataFolder, 'owner'), 'utf8').trim())
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

/** SQLITE_BUSY 5, SQLITE_LOCKED 6; extended codes keep the primary one in the low byte. */
function isBusy(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return false
  return typeof thrown.errcode === 'number' && [5, 6].includes(thrown.errcode & 0xff)
}
