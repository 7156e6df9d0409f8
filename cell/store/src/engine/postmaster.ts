import { type ChildProcess, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { ok, type Result } from '@tandem/core'
import type { Binaries } from './binaries.ts'
import { pathFor, reasonOf } from './cluster.ts'
import { type Layout, socketFile } from './folder.ts'
import { fileOwner } from './identity.ts'
import { bareEnvironment, commandAs, type Identity, idsOf } from './run-as.ts'
import { fileSettings, fixedSettings, settingsArguments, settingsFile, settingsText } from './settings.ts'
import { type EngineExit, type EngineFailure, fail } from './types.ts'

export interface Postmaster {
  readonly pid: number | null
  readonly ended: () => EngineExit | null
  /** Resolves when it has ended. */
  readonly end: Promise<EngineExit>
  signal(name: 'SIGINT' | 'SIGQUIT'): void
}

export interface LaunchPlan {
  readonly layout: Layout
  readonly binaries: Binaries
  readonly identity: Identity
  readonly socketFolder: string
  readonly clusterName: string
}

export function launch(plan: LaunchPlan): Postmaster {
  const { layout, identity } = plan
  const fixed = fixedSettings(plan.socketFolder, plan.clusterName)
  const file = join(layout.cluster, settingsFile)
  writeFileSync(file, settingsText({ ...fileSettings, ...fixed }), { mode: 0o600 })
  if (process.getuid?.() === 0) chownSync(file, fileOwner(identity), fileOwner(identity))
  for (const path of [socketFile(plan.socketFolder), `${socketFile(plan.socketFolder)}.lock`])
    rmSync(path, { force: true })
  const argv = [plan.binaries.postgres, '-D', pathFor(identity, layout.cluster), ...settingsArguments(fixed)]
  const command = commandAs(identity, argv, { diesWithUs: true, libraryPath: plan.binaries.libraryPath })
  const startLog = openSync(layout.startLog, 'w', 0o600)
  try {
    const child = spawn(command.file, [...command.args], {
      ...idsOf(command),
      cwd: layout.cluster,
      env: bareEnvironment,
      stdio: ['ignore', startLog, startLog],
      // Its own group: Ctrl-C on a terminal is for us, and we stop it in order.
      detached: true,
    })
    return watch(child, layout)
  } finally {
    closeSync(startLog)
  }
}

function watch(child: ChildProcess, layout: Layout): Postmaster {
  let exit: EngineExit | null = null
  // Where setpriv is missing nothing else would end it with us.
  const last = (): void => {
    child.kill('SIGINT')
  }
  process.once('exit', last)
  const end = new Promise<EngineExit>((resolve) => {
    const done = (code: number | null, signal: string | null, why: string | null): void => {
      if (exit !== null) return
      process.removeListener('exit', last)
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`
      exit = { code, signal, says: `The database ended (${how}${why === null || why === '' ? '' : `: ${why}`}).` }
      resolve(exit)
    }
    child.on('error', (error) => done(null, null, error.message))
    child.on('exit', (code, signal) => done(code, signal, signal === null && code !== 0 ? lastWords(layout) : null))
  })
  return {
    get pid() {
      return exit === null ? (child.pid ?? null) : null
    },
    ended: () => exit,
    end,
    signal: (name) => {
      if (exit === null) child.kill(name)
    },
  }
}

function lastWords(layout: Layout): string {
  const said = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').slice(-20_000) : '')
  const early = said(layout.startLog)
  if (/\b(FATAL|PANIC|ERROR): |error while loading/.test(early)) return reasonOf(early)
  const folder = join(layout.cluster, 'log')
  const logs = existsSync(folder) ? readdirSync(folder).map((name) => said(join(folder, name))) : []
  const newest = logs
    .filter((text) => /\b(FATAL|PANIC): /.test(text))
    .sort((a, b) => (lastLine(a) < lastLine(b) ? 1 : -1))[0]
  return newest === undefined ? reasonOf(early) : reasonOf(newest)
}

/** Lines begin with their time. */
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

/**
 * A postmaster.pid that a crash left behind names a pid that may be somebody else by now, and PostgreSQL would then
 * refuse to start. It goes when no process of this cluster lives; one that is a PostgreSQL all the same is not touched.
 */
export function clearStalePidFile(layout: Layout): Result<void, EngineFailure> {
  const path = join(layout.cluster, 'postmaster.pid')
  if (!existsSync(path)) return ok(undefined)
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0])
  const [program = ''] = commandLineOf(pid)
  if (['postgres', 'postmaster'].includes(basename(program)) && standsIn(pid, layout.cluster)) {
    return fail(
      'leftover-running',
      `Another PostgreSQL (process ${pid}) runs on these database files. Stop it, then start again.`,
    )
  }
  rmSync(path)
  return ok(undefined)
}

function commandLineOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** True as well where it cannot be known: then it is better to ask. */
function standsIn(pid: number, folder: string): boolean {
  try {
    if (statSync(`/proc/${pid}`).uid !== statSync(join(folder, 'PG_VERSION')).uid) return false
    const there = statSync(`/proc/${pid}/cwd`)
    const here = statSync(folder)
    return there.dev === here.dev && there.ino === here.ino
  } catch {
    return true
  }
}
