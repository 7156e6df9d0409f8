import { ok, type Result } from '@tandem/core'
import { askVersion, type Binaries, findPackage, prepareBinaries } from './binaries.ts'
import { clusterMajor, createCluster, readPassword, superuser } from './cluster.ts'
import { awaitReady } from './connect.ts'
import { clusterOwner, type Layout, port, prepareFolder, removeSocketElsewhere, socketFolder } from './folder.ts'
import { type FolderLock, holdFolder } from './folder-lock.ts'
import { chooseIdentity, fileOwner, giveTree, type IdentityOptions } from './identity.ts'
import { clusterNameOf, stopLeftovers } from './leftovers.ts'
import { clearStalePidFile, type LaunchPlan, launch, type Postmaster } from './postmaster.ts'
import type { Identity } from './run-as.ts'
import {
  type ConnectionSettings,
  type DatabaseEngine,
  type EngineExit,
  type EngineFailure,
  fail,
  type PostgresVersion,
  wordsOf,
} from './types.ts'
import { versionFromNumber } from './versions.ts'

export interface EmbeddedOptions extends IdentityOptions {
  readonly dataFolder: string
  /** Milliseconds; recovery after a crash counts in. */
  readonly readyWithin?: number
  /** Instead of the package found through Node: the folder that holds bin, lib and share. */
  readonly nativeFolder?: string
}

/** The real PostgreSQL from npm under our supervision, on a unix socket, for the one process that holds the folder. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Result<DatabaseEngine, EngineFailure>> {
  const folder = prepareFolder(options.dataFolder)
  if (!folder.ok) return folder
  const lock = holdFolder(folder.value.dataFolder)
  if (!lock.ok) return lock
  try {
    const started = await startHeld(folder.value, lock.value, options)
    if (!started.ok) lock.value.release()
    return started
  } catch (thrown) {
    lock.value.release()
    return fail('folder-unusable', `The data folder ${options.dataFolder} cannot be used: ${wordsOf(thrown)}.`)
  }
}

async function startHeld(
  layout: Layout,
  lock: FolderLock,
  options: EmbeddedOptions,
): Promise<Result<DatabaseEngine, EngineFailure>> {
  const prepared = await prepare(layout, options)
  if (!prepared.ok) return prepared
  const { binaries, identity } = prepared.value
  if (clusterOwner(layout) === null) {
    const created = await createCluster(layout, binaries, identity)
    if (!created.ok) return created
  }
  const password = readPassword(layout)
  if (!password.ok) return password
  const socket = socketFolder(layout, identity)
  if (!socket.ok) return socket
  const connection: ConnectionSettings = {
    host: socket.value,
    port,
    user: superuser,
    password: password.value,
    database: 'postgres',
  }
  const plan: LaunchPlan = {
    layout,
    binaries,
    identity,
    socketFolder: socket.value,
    clusterName: clusterNameOf(layout.cluster),
  }
  const first = await bringUp(plan, connection, options.readyWithin)
  if (!first.ok) {
    removeSocketElsewhere(layout)
    return first
  }
  return ok(supervise(plan, connection, lock, first.value, options.readyWithin))
}

export interface Prepared {
  readonly binaries: Binaries
  readonly identity: Identity
  readonly version: PostgresVersion
}

/** Everything short of starting: leftovers ended, identity chosen, files owned by it, binaries runnable and fitting. */
export async function prepare(
  layout: Layout,
  options: IdentityOptions & { readonly nativeFolder?: string },
): Promise<Result<Prepared, EngineFailure>> {
  const native = options.nativeFolder === undefined ? findPackage() : ok(options.nativeFolder)
  if (!native.ok) return native
  const owner = clusterOwner(layout)
  if (owner !== null) {
    const stopped = await stopLeftovers(clusterNameOf(layout.cluster))
    if (!stopped.ok) return stopped
    const cleared = clearStalePidFile(layout)
    if (!cleared.ok) return cleared
  }
  const chosen = chooseIdentity(owner, options)
  if (!chosen.ok) return chosen
  const identity = chosen.value
  if (owner !== null && owner !== fileOwner(identity)) {
    if (process.getuid?.() !== 0) {
      return fail(
        'folder-unusable',
        `The database files belong to uid ${owner}: run as that user, or choose another data folder.`,
      )
    }
    giveTree(layout.cluster, identity)
  }
  const binaries = prepareBinaries(native.value, layout.libraries, identity)
  if (!binaries.ok) return binaries
  const version = await askVersion(binaries.value, identity)
  if (!version.ok) return version
  const major = clusterMajor(layout.cluster)
  if (major !== null && major !== version.value.major) {
    return fail(
      'folder-from-other-version',
      `The data folder was made by PostgreSQL ${major}, this Tandem brings ${version.value.major}. Export with the Tandem that made it, then import here.`,
    )
  }
  return ok({ binaries: binaries.value, identity, version: version.value })
}

interface Running {
  readonly postmaster: Postmaster
  readonly version: PostgresVersion
}

async function bringUp(
  plan: LaunchPlan,
  connection: ConnectionSettings,
  within = 300_000,
): Promise<Result<Running, EngineFailure>> {
  const postmaster = launch(plan)
  const ready = await awaitReady(connection, () => postmaster.ended() !== null, within)
  if (ready.ok) return ok({ postmaster, version: versionFromNumber(ready.value) })
  const exit = postmaster.ended()
  if (exit !== null) return fail('start-failed', `${exit.says} The log is in ${plan.layout.cluster}/log.`)
  postmaster.signal('SIGINT')
  await stopLeftovers(plan.clusterName)
  return ready
}

function supervise(
  plan: LaunchPlan,
  connection: ConnectionSettings,
  lock: FolderLock,
  first: Running,
  readyWithin: number | undefined,
): DatabaseEngine {
  const listeners = new Set<(exit: EngineExit) => void>()
  let postmaster = first.postmaster
  let stopping: Promise<Result<{ clean: boolean }, EngineFailure>> | null = null
  let restarting: Promise<Result<void, EngineFailure>> | null = null

  const follow = (running: Postmaster): void => {
    postmaster = running
    void running.end.then((exit) => {
      if (stopping === null) for (const listener of [...listeners]) listener(exit)
    })
  }
  follow(first.postmaster)

  const restart = async (): Promise<Result<void, EngineFailure>> => {
    if (stopping !== null) return fail('engine-stopped', 'The database was stopped; open it anew.')
    if (postmaster.ended() === null) return ok(undefined)
    const stopped = await stopLeftovers(plan.clusterName)
    if (!stopped.ok) return stopped
    const cleared = clearStalePidFile(plan.layout)
    if (!cleared.ok) return cleared
    const again = await bringUp(plan, connection, readyWithin)
    if (!again.ok) return again
    follow(again.value.postmaster)
    return ok(undefined)
  }

  const stop = async (): Promise<Result<{ clean: boolean }, EngineFailure>> => {
    await restarting
    const wasRunning = postmaster.ended() === null
    postmaster.signal('SIGINT')
    let clean = wasRunning && (await endsWithin(postmaster, 60_000)) && postmaster.ended()?.code === 0
    if (postmaster.ended() === null) {
      clean = false
      postmaster.signal('SIGQUIT')
      await endsWithin(postmaster, 10_000)
    }
    const left = await stopLeftovers(plan.clusterName)
    if (!left.ok) return fail('stop-failed', left.error.says)
    removeSocketElsewhere(plan.layout)
    lock.release()
    return ok({ clean })
  }

  return {
    kind: 'embedded',
    version: first.version,
    connection,
    dataDirectory: plan.layout.cluster,
    get postmasterPid() {
      return postmaster.pid
    },
    onExit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart() {
      restarting ??= restart().finally(() => {
        restarting = null
      })
      return restarting
    },
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

async function endsWithin(postmaster: Postmaster, milliseconds: number): Promise<boolean> {
  const timer = Promise.withResolvers<boolean>()
  const timeout = setTimeout(() => timer.resolve(false), milliseconds)
  const ended = await Promise.race([postmaster.end.then(() => true), timer.promise])
  clearTimeout(timeout)
  return ended
}
