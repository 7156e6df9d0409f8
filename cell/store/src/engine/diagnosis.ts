import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { askVersion, findPackage, prepareBinaries } from './binaries.ts'
import { fitsSocket, layoutOf } from './folder.ts'
import { droppable, namespacesWork } from './identity.ts'
import { clusterNameOf, findLeftovers } from './leftovers.ts'
import { findTool, type Identity } from './run-as.ts'
import { wordsOf } from './types.ts'

/** One line of `tandem doctor`. */
export interface Check {
  readonly name: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly says: string
  readonly remedy?: string
}

const good = (name: string, says: string): Check => ({ name, state: 'good', says })
const warning = (name: string, says: string, remedy: string): Check => ({ name, state: 'warning', says, remedy })
const bad = (name: string, says: string, remedy: string): Check => ({ name, state: 'bad', says, remedy })

/** What the embedded database needs of this machine. Changes nothing; `now` is passed so that a test can turn the clock. */
export async function diagnose(options: {
  readonly dataFolder: string
  readonly now?: Date
}): Promise<readonly Check[]> {
  const place = existingPart(resolve(options.dataFolder))
  return [
    nodeVersion(process.versions.node),
    ...(await binaries()),
    ...accounts(),
    folderWritable(options.dataFolder, place),
    freeSpace(place),
    socketPath(options.dataFolder),
    database(options.dataFolder),
    ...tools(),
    clock(options.now ?? new Date()),
  ]
}

export function nodeVersion(version: string): Check {
  const name = 'Node.js'
  if (Number(version.split('.')[0]) >= 24) return good(name, `Node ${version}.`)
  return bad(
    name,
    `Node ${version} is too old.`,
    'Start through npm (npm start): it brings Node 24, or install Node 24 or later.',
  )
}

async function binaries(): Promise<Check[]> {
  const found = findPackage()
  if (!found.ok) return [bad('PostgreSQL files', found.error.says, 'Run npm ci, or start with --database URL.')]
  const present = good('PostgreSQL files', `Found for ${process.platform}-${process.arch}.`)
  const links = mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'tandem-doctor-'))
  try {
    const identity: Identity = { kind: 'self' }
    const prepared = prepareBinaries(found.value, links, identity)
    const asked = prepared.ok ? await askVersion(prepared.value, identity) : prepared
    return [
      present,
      asked.ok
        ? good('PostgreSQL runs', `PostgreSQL ${asked.value.text}.`)
        : bad(
            'PostgreSQL runs',
            asked.error.says,
            'Use a system with glibc 2.28 or later, or start with --database URL.',
          ),
    ]
  } finally {
    rmSync(links, { recursive: true, force: true })
  }
}

function accounts(): Check[] {
  const namespaces = namespacesWork()
  if (process.getuid?.() !== 0) {
    return [
      good('Account', `Not root: PostgreSQL runs as you (user namespaces ${namespaces ? 'on' : 'off'}, not needed).`),
    ]
  }
  const fallback = droppable() !== null
  const other = fallback
    ? good('Other account', 'PostgreSQL could run under another uid.')
    : warning('Other account', 'No other uid can be taken on.', 'Only matters where user namespaces are off.')
  if (namespaces) return [good('User namespaces', 'Usable: PostgreSQL runs as uid 65534 inside one.'), other]
  const remedy = 'Start as a normal user, allow user namespaces, or use --database URL.'
  return fallback
    ? [
        warning('User namespaces', 'Off: PostgreSQL will run under another uid, which then owns its files.', remedy),
        other,
      ]
    : [bad('User namespaces', 'Off, and PostgreSQL does not run as root.', remedy), other]
}

function existingPart(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : existingPart(dirname(path))
}

function folderWritable(dataFolder: string, place: string): Check {
  const name = 'Data folder'
  try {
    accessSync(place, constants.W_OK | constants.X_OK)
    if (place !== resolve(dataFolder)) return good(name, `${dataFolder} can be made.`)
    const probe = join(place, `doctor-${process.pid}`)
    mkdirSync(probe)
    rmSync(probe, { recursive: true })
    return good(name, `${dataFolder} is writable.`)
  } catch (thrown) {
    return bad(
      name,
      `${dataFolder} cannot be written (${wordsOf(thrown)}).`,
      'Choose a folder of your own with --data.',
    )
  }
}

function freeSpace(place: string): Check {
  const name = 'Free space'
  const { bavail, bsize } = statfsSync(place)
  const gigabytes = (bavail * bsize) / 1e9
  const says = `${gigabytes.toFixed(1)} GB free.`
  if (gigabytes >= 5) return good(name, says)
  const remedy = 'Make room, or choose a folder on a larger disk.'
  return gigabytes >= 1 ? warning(name, says, remedy) : bad(name, says, remedy)
}

function socketPath(dataFolder: string): Check {
  const name = 'Socket path'
  if (fitsSocket(layoutOf(resolve(dataFolder)).socket)) return good(name, 'Short enough for a unix socket (107 bytes).')
  return warning(
    name,
    'The data folder has a long path: the socket goes to a temporary folder.',
    'Nothing to do, or choose a shorter path.',
  )
}

function database(dataFolder: string): Check {
  const name = 'Database'
  const { cluster } = layoutOf(resolve(dataFolder))
  if (!existsSync(cluster)) return good(name, 'None yet: the first start makes it.')
  const running = findLeftovers(clusterNameOf(cluster)).find(({ postmaster }) => postmaster)
  return good(name, running === undefined ? 'Present, not running.' : `Present, running as process ${running.pid}.`)
}

function tools(): Check[] {
  const purposes = [
    [
      'setpriv',
      'stops the database with Tandem when Tandem is killed',
      'Install util-linux; without it the next start stops what was left.',
    ],
    ['prlimit', 'bounds the memory of the processes that read foreign files', 'Install util-linux.'],
    [
      'bwrap',
      'takes the network from the processes that read foreign files',
      'Install bubblewrap (apt install bubblewrap); unshare is used where it works.',
    ],
  ] as const
  return purposes.map(([tool, purpose, remedy]) =>
    findTool(tool) === null ? warning(tool, `Missing: it ${purpose}.`, remedy) : good(tool, `Present: it ${purpose}.`),
  )
}

/** The earliest time this can be: a clock before it was never set, and every deadline would be wrong. */
const earliest = Date.parse('2026-01-01T00:00:00Z')
const latest = Date.parse('2100-01-01T00:00:00Z')

export function clock(now: Date): Check {
  const time = now.getTime()
  const says = Number.isNaN(time) ? 'The clock cannot be read.' : `The clock says ${now.toISOString()}.`
  if (time >= earliest && time < latest) return good('Clock', says)
  return bad('Clock', says, 'Set the clock (timedatectl set-ntp true): act-by times and the ledger depend on it.')
}
