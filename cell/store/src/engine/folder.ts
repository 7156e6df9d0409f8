import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ok, type Result } from '@tandem/core'
import { canReach, fileOwner } from './identity.ts'
import { fileReason, makeFolder } from './make-folder.ts'
import type { Identity } from './run-as.ts'
import { codeOf, type EngineFailure, fail, wordsOf } from './types.ts'

/** Everything of the database lies under `<data folder>/database`. */
export interface Layout {
  readonly dataFolder: string
  readonly cluster: string
  /** A cluster in the making; renamed to `cluster` when complete. */
  readonly draft: string
  readonly libraries: string
  readonly socket: string
  /** Names the socket folder when it had to be put elsewhere, so that a later start removes it. */
  readonly socketElsewhere: string
  readonly password: string
  /** What the postmaster says before its own log opens. */
  readonly startLog: string
}

export function layoutOf(dataFolder: string): Layout {
  const database = join(dataFolder, 'database')
  return {
    dataFolder,
    cluster: join(database, 'cluster'),
    draft: join(database, 'cluster.new'),
    libraries: join(database, 'libraries'),
    socket: join(database, 'socket'),
    socketElsewhere: join(database, 'socket-folder'),
    password: join(database, 'superuser-password'),
    startLog: join(database, 'start.log'),
  }
}

export function prepareFolder(dataFolder: string): Result<Layout, EngineFailure> {
  try {
    makeFolder(dataFolder)
    const layout = layoutOf(realpathSync(resolve(dataFolder)))
    const state = statSync(layout.dataFolder)
    if (state.uid !== process.getuid?.() && process.getuid?.() !== 0) {
      return fail(
        'folder-unusable',
        `The data folder ${dataFolder} belongs to uid ${state.uid}: run as that user, or choose another folder.`,
      )
    }
    if ((state.mode & 0o077) !== 0) chmodSync(layout.dataFolder, 0o700)
    makeFolder(join(layout.dataFolder, 'database'))
    return ok(layout)
  } catch (thrown) {
    return fail(
      'folder-unusable',
      `The data folder ${dataFolder} cannot be used (${fileReason(thrown) ?? wordsOf(thrown)}). Choose another folder.`,
    )
  }
}

/** Null when there is no cluster yet. */
export function clusterOwner(layout: Layout): number | null {
  try {
    return lstatSync(join(layout.cluster, 'PG_VERSION')).uid
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  }
}

/** sun_path has 108 bytes with its closing NUL (unix(7)). */
export const longestSocketPath = 107
export const port = 5432
export const socketFile = (folder: string): string => join(folder, `.s.PGSQL.${port}`)
export const fitsSocket = (folder: string): boolean => Buffer.byteLength(socketFile(folder)) <= longestSocketPath

/** A private folder that the postmaster may enter and whose path is short enough; the data folder when it can be. */
export function socketFolder(layout: Layout, identity: Identity): Result<string, EngineFailure> {
  removeSocketElsewhere(layout)
  const refusals: string[] = []
  if (fitsSocket(layout.socket)) {
    try {
      mkdirSync(layout.socket, { recursive: true, mode: 0o700 })
      makePrivate(layout.socket, identity)
      if (canReach(identity, '-w', layout.socket)) return ok(layout.socket)
      refusals.push('the data folder is closed to the account that runs PostgreSQL')
    } catch (thrown) {
      refusals.push(wordsOf(thrown))
    }
  } else refusals.push('the path of the data folder is too long')
  for (const base of [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp', '/run', '/var/tmp']) {
    if (base === undefined || !fitsSocket(join(base, 'tandem-123456'))) continue
    try {
      const folder = mkdtempSync(join(base, 'tandem-'))
      makePrivate(folder, identity)
      if (canReach(identity, '-w', folder)) {
        writeFileSync(layout.socketElsewhere, `${folder}\n`, { mode: 0o600 })
        return ok(folder)
      }
      rmSync(folder, { recursive: true, force: true })
      refusals.push(`${base} is closed to it`)
    } catch (thrown) {
      refusals.push(wordsOf(thrown))
    }
  }
  return fail(
    'folder-unusable',
    `No place for the database socket (${refusals.join('; ')}). Choose a data folder with a shorter path.`,
  )
}

function makePrivate(folder: string, identity: Identity): void {
  chmodSync(folder, 0o700)
  const owner = fileOwner(identity)
  if (process.getuid?.() === 0) chownSync(folder, owner, owner)
}

export function removeSocketElsewhere(layout: Layout): void {
  try {
    const folder = readFileSync(layout.socketElsewhere, 'utf8').trim()
    // Only what mkdtemp made for us: nothing a damaged file could name instead.
    if (/\/tandem-[A-Za-z0-9]{6}$/.test(folder)) rmSync(folder, { recursive: true, force: true })
    rmSync(layout.socketElsewhere, { force: true })
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown
  }
}
