import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/**
 * PostgreSQL refuses to run as root. Who it runs as instead:
 * - `self`: we are not root, so as ourselves;
 * - `namespace`: root outside, uid 65534 inside a user namespace, so files stay root's and need no other owner;
 * - `drop`: another uid that owns the cluster's files.
 */
export type Identity =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'drop'; readonly uid: number; readonly gid: number }

export const nobody = 65_534

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

/**
 * Wraps a command in what takes on the identity. `diesWithUs` makes the kernel send SIGINT (fast shutdown) when the
 * thread that started it ends: start engines from the main thread. No core dumps: they would hold what people wrote.
 */
export function commandAs(
  identity: Identity,
  argv: readonly string[],
  how: { readonly diesWithUs: boolean; readonly libraryPath: string },
): Command {
  const inner = [
    '/bin/sh',
    '-c',
    'ulimit -c 0; umask 077; LD_LIBRARY_PATH=$1; export LD_LIBRARY_PATH; shift; exec "$@"',
  ]
  const plain = [...inner, 'sh', how.libraryPath, ...argv]
  const setpriv = findTool('setpriv')
  const tied = how.diesWithUs && setpriv !== null ? [setpriv, '--no-new-privs', '--pdeathsig', 'INT', ...plain] : plain
  const unshare = findTool('unshare') ?? 'unshare'
  const entered =
    identity.kind === 'namespace' ? [unshare, '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, ...tied] : tied
  const [file = '/bin/sh', ...args] = entered
  return identity.kind === 'drop' ? { file, args, uid: identity.uid, gid: identity.gid } : { file, args }
}

/** The cell's own environment (it may hold secrets) does not reach the database. */
export const bareEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

export function runs(identity: Identity, argv: readonly string[]): boolean {
  const command = commandAs(identity, argv, { diesWithUs: false, libraryPath: '' })
  try {
    const done = spawnSync(command.file, [...command.args], {
      ...idsOf(command),
      cwd: '/',
      env: bareEnvironment,
      stdio: 'ignore',
    })
    return done.status === 0
  } catch {
    return false
  }
}

export const idsOf = (command: Command): { uid?: number; gid?: number } =>
  command.uid === undefined || command.gid === undefined ? {} : { uid: command.uid, gid: command.gid }

export interface Ran {
  readonly code: number | null
  readonly output: string
}

/** Runs to the end; output is standard output and error together. */
export function runAs(
  identity: Identity,
  argv: readonly string[],
  how: { readonly libraryPath: string; readonly cwd: string; readonly stdin?: string; readonly secretFile?: number },
): Promise<Ran> {
  const command = commandAs(identity, argv, { diesWithUs: true, libraryPath: how.libraryPath })
  return new Promise((resolve) => {
    const child = spawn(command.file, [...command.args], {
      ...idsOf(command),
      cwd: how.cwd,
      env: bareEnvironment,
      stdio: ['pipe', 'pipe', 'pipe', how.secretFile ?? 'ignore'],
    })
    let output = ''
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-20_000)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(how.stdin ?? '')
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

export function findTool(name: string): string | null {
  for (const folder of `${bareEnvironment.PATH}:${process.env.PATH ?? ''}`.split(':')) {
    if (folder === '') continue
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // not in this folder
    }
  }
  return null
}
