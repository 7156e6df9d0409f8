// Every file of some folders, whole, cut at every 64th byte and with bytes changed, on every way a cell can read it.
//   npm run bench -- formats --robust [--every 64] [--most-cuts N] [--changed 100] [--beginning 98304] [--share 1/1] [PATH ...]
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { everyCut, tryFile } from '@tandem/testkit/damage'

export interface RobustOptions {
  readonly paths: readonly string[]
  readonly every: number
  readonly mostCuts: number
  readonly changed: number
  /** Bytes of a file that are cut at every place; behind them it is cut at 64. */
  readonly beginning: number
  readonly share: { readonly part: number; readonly of: number }
}

const own = [join(import.meta.dirname, '../../fixtures')]

/** Prints a line for each file; false when any went wrong. */
export async function robust(options: RobustOptions): Promise<boolean> {
  const paths = options.paths.length > 0 ? options.paths : own
  const missing = paths.filter((path) => !existsSync(path))
  for (const path of missing) console.error(`${path} is not there`)
  const all = paths.filter((path) => existsSync(path)).flatMap(filesUnder)
  let versions = 0
  let failed = missing.length
  let slowest = { name: '', what: '', milliseconds: 0 }
  const formats = new Map<string, number>()
  for (const [root, path] of all) {
    const name = relative(root, path) || path
    const bytes = readFileSync(path)
    const tried = await tryFile(bytes, { ...everyCut, ...options, mostMilliseconds: 5000 })
    versions += tried.versions
    formats.set(tried.format, (formats.get(tried.format) ?? 0) + tried.versions)
    if (tried.slowest.milliseconds > slowest.milliseconds) slowest = { name, ...tried.slowest }
    if (tried.faults.length > 0) failed += 1
    const verdict = tried.faults.length === 0 ? 'exact' : 'FAILED'
    console.log(
      `${verdict.padEnd(7)} ${tried.format.padEnd(16)} ${String(tried.versions).padStart(6)} versions  ${name}`,
    )
    for (const fault of tried.faults) console.log(`        ${fault}`)
  }
  for (const [format, count] of [...formats].sort()) console.log(`${format.padEnd(18)} ${count} versions`)
  console.log(`slowest: ${slowest.name}, ${slowest.what}: ${Math.round(slowest.milliseconds)} ms`)
  console.log(`${all.length} files, ${versions} versions of them, ${failed} files failed`)
  return failed === 0 && all.length > 0
}

function filesUnder(path: string): (readonly [root: string, path: string])[] {
  if (statSync(path).isFile()) return [[path, path]]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [path, join(entry.parentPath, entry.name)] as const)
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
}
