import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { askVersion, findPackage, prepareBinaries } from './binaries.ts'
import { clusterMajor } from './cluster.ts'
import { fitsSocket, layoutOf } from './folder.ts'
import { droppable, namespacesWork } from './identity.ts'
import { clusterNameOf, findLeftovers } from './leftovers.ts'
import { fileReason } from './make-folder.ts'
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
  const { checks, major } = await binaries()
  return [
    nodeVersion(process.versions.node),
    ...checks,
    ...accounts(),
    folderWritable(options.dataFolder, place),
    freeSpace(place),
    socketPath(options.dataFolder),
    database(options.dataFolder, major),
    setpriv(),
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

async function binaries(): Promise<{ checks: Check[]; major: number | null }> {
  const found = findPackage()
  if (!found.ok)
    return {
      checks: [bad('PostgreSQL files', found.error.says, 'Run npm ci, or start with --database URL.')],
      major: null,
    }
  const present = good('PostgreSQL files', `Found for ${process.platform}-${process.arch}.`)
  const links = mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'tandem-doctor-'))
  try {
    const identity: Identity = { kind: 'self' }
    const prepared = prepareBinaries(found.value, links, identity)
    const asked = prepared.ok ? await askVersion(prepared.value, identity) : prepared
    const runs = asked.ok
      ? good('PostgreSQL runs', `PostgreSQL ${asked.value.text}.`)
      : bad('PostgreSQL runs', asked.error.says, 'Use a system with glibc 2.28 or later, or start with --database URL.')
    return { checks: [present, runs], major: asked.ok ? asked.value.major : null }
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
    // Some file systems let root in and make no folder all the same.
    const probe = join(place, `doctor-${process.pid}`)
    mkdirSync(probe)
    rmSync(probe, { recursive: true })
    return good(name, `${dataFolder} ${place === resolve(dataFolder) ? 'is writable' : 'can be made'}.`)
  } catch (thrown) {
    return bad(
      name,
      `${dataFolder} cannot be written: ${fileReason(thrown) ?? wordsOf(thrown)}.`,
      'Choose a folder of your own with --data.',
    )
  }
}

/** Of the disk that carries this folder. */
export function freeSpace(place: string): Check {
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

function database(dataFolder: string, ours: number | null): Check {
  const name = 'Database'
  const { cluster } = layoutOf(resolve(dataFolder))
  const major = clusterMajor(cluster)
  if (major === null)
    return existsSync(cluster)
      ? bad(
          name,
          `${cluster} is there, but no database is in it.`,
          'Restore from a backup, or take another data folder.',
        )
      : good(name, 'None yet: the first start makes it.')
  if (ours !== null && major !== ours)
    return bad(
      name,
      `Made by PostgreSQL ${major}, and this Tandem brings ${ours}.`,
      'Start it with the Tandem that made it, back it up, and bring it over from there.',
    )
  const running = findLeftovers(clusterNameOf(cluster)).find(({ postmaster }) => postmaster)
  return good(name, running === undefined ? 'Present, not running.' : `Present, running as process ${running.pid}.`)
}

function setpriv(): Check {
  const name = 'setpriv'
  const purpose = 'it stops the database with Tandem when Tandem is killed'
  if (findTool(name) !== null) return good(name, `Present: ${purpose}.`)
  const remedy = 'Install util-linux; without it the next start stops what was left.'
  return warning(name, `Missing: ${purpose}.`, remedy)
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
