import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ReadingLimits } from './limits.ts'

/** What this machine lets us take away from the process that parses. */
export interface Confinement {
  /** In a network namespace of its own, without an interface. */
  readonly noNetwork: boolean
  /** The kernel bounds its memory and writes no core dump of it. */
  readonly boundedMemory: boolean
  /** The kernel ends it when its parent ends. */
  readonly diesWithParent: boolean
}

interface Tools {
  readonly unshare: readonly string[]
  readonly setpriv: readonly string[]
  readonly prlimit: readonly string[]
}

/** Nothing of the cell's own environment (it may hold secrets) reaches a parser. */
export const bareEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
}

const nobody = 65_534

/** Inside a user namespace root is nobody, with no capability left, and an ordinary user may leave the network. */
const waysOut: readonly (readonly string[])[] = [
  ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--net', '--ipc'],
  ['unshare', '--user', '--map-root-user', '--net'],
  ['unshare', '--net'],
]

let found: Tools | null = null

/** Tried once: what is installed may still be forbidden. */
function tools(limits: ReadingLimits): Tools {
  if (found !== null) return found
  const setpriv = ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL']
  const prlimit = ['prlimit', `--data=${limits.data}`, '--core=0', '--cpu=300']
  found = {
    unshare: waysOut.find((way) => works(way)) ?? [],
    setpriv: works(setpriv) ? setpriv : [],
    prlimit: works(prlimit) ? prlimit : [],
  }
  return found
}

const works = (words: readonly string[]): boolean => {
  const [file = '', ...args] = withPath([...words, 'true'])
  return spawnSync(file, args, { env: bareEnvironment, stdio: 'ignore', cwd: '/' }).status === 0
}

function withPath([name = '', ...rest]: readonly string[]): string[] {
  for (const folder of bareEnvironment.PATH.split(':')) {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return [join(folder, name), ...rest]
    } catch {
      // not in this folder
    }
  }
  return [name, ...rest]
}

export function confinement(limits: ReadingLimits): Confinement {
  const { unshare, setpriv, prlimit } = tools(limits)
  return { noNetwork: unshare.length > 0, boundedMemory: prlimit.length > 0, diesWithParent: setpriv.length > 0 }
}

export function parserCommand(limits: ReadingLimits, script: string): { file: string; args: string[] } {
  const { unshare, setpriv, prlimit } = tools(limits)
  const node = [
    process.execPath,
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--disallow-code-generation-from-strings',
    '--no-addons',
    '--permission',
    `--allow-fs-read=${readable()}${sep}*`,
    '--disable-warning=ExperimentalWarning',
    script,
  ]
  const wraps = [unshare, setpriv, prlimit].flatMap((wrap) => (wrap.length === 0 ? [] : withPath(wrap)))
  const [file = process.execPath, ...args] = [...wraps, ...node]
  return { file, args }
}

/** The folder of our own code: the permission model keeps data folder and keys out of reach. */
function readable(): string {
  const here = fileURLToPath(import.meta.url)
  const installed = here.indexOf(`${sep}node_modules${sep}`)
  if (installed >= 0) return here.slice(0, installed)
  const there = fileURLToPath(import.meta.resolve('@tandem/formats')).split(sep)
  const shared = here.split(sep).findIndex((part, at) => part !== there[at])
  return there.slice(0, shared).join(sep)
}
