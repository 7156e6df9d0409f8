import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataFolder } from './folders.ts'
import { privateFolder, readIfThere } from './private-file.ts'

const web = fileURLToPath(new URL('.', import.meta.resolve('@tandem/web/package.json')))

/** The built desk. Built at the first start and whenever its sources differ from those it was built from. */
export async function deskFolder(folder: DataFolder, stopped: AbortSignal): Promise<string> {
  const sources = digestOfSources()
  const places = [join(web, 'dist'), join(folder.root, 'desk')] as const
  const present = places.find((place) => readIfThere(join(place, stamp))?.toString('utf8') === sources)
  if (present !== undefined) return present
  // A checkout that belongs to somebody else cannot be written: then the desk lies with the data.
  const [ours, withTheData] = places
  const place = mayWrite(web) ? ours : withTheData
  privateFolder(folder.root)
  const draft = `${place}.${process.pid}`
  try {
    await build(draft, stopped)
    writeFileSync(join(draft, stamp), sources)
    // Built beside its place: another copy that starts at the same moment finds it whole or not at all.
    rmSync(place, { recursive: true, force: true })
    renameSync(draft, place)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return place
}

const stamp = '.built-from'

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function digestOfSources(): string {
  const contract = dirname(fileURLToPath(import.meta.resolve('@tandem/contract')))
  const hash = createHash('sha256')
  for (const root of [
    join(web, 'src'),
    contract,
    join(web, 'index.html'),
    join(web, 'vite.config.ts'),
    join(web, 'package.json'),
  ]) {
    for (const file of filesUnder(root)) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort()
}

/** In a process of its own, so that the bundler's memory does not stay with the cell. */
function build(outDir: string, stopped: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [vite, 'build', '--logLevel', 'error', '--configLoader', 'native', '--outDir', outDir],
      {
        cwd: web,
        stdio: ['ignore', 'ignore', 'pipe'],
        signal: stopped,
      },
    )
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the desk could not be built: ${said.trim().slice(0, 500)}`))
    })
  })
}
