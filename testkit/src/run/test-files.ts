import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface TestFile {
  readonly path: string
  /** Starts servers, kills processes or drives a browser: it has the machine for itself. */
  readonly alone: boolean
  readonly seconds: number
}

const roots = ['core', 'engines', 'cell', 'faces', 'testkit', 'bench', 'bin']

/** A hang is a failure with a name. Long ones state why they are long. */
const longRunning: readonly { readonly path: RegExp; readonly seconds: number }[] = [
  // Random kills of a whole cell, each with a recovery.
  { path: /crash/, seconds: 1_200 },
  { path: /^testkit\/test\/browser\//, seconds: 600 },
  // Whole cells, some of them in pairs, worked by one command after the other.
  { path: /^faces\/cli\/test\//, seconds: 600 },
  // Every role by table by verb by row class, and again under each mutant of the policies.
  { path: /^cell\/store\/test\//, seconds: 600 },
]
const alone = [/^cell\/store\/test\/engine-/, /crash/, /^testkit\/test\/browser\//]
const ordinarySeconds = 240

export function testFiles(checkout: string): TestFile[] {
  return roots
    .flatMap((root) => filesUnder(checkout, root))
    .filter((path) => /\.test\.tsx?$/.test(path))
    .sort()
    .map((path) => ({
      path,
      alone: alone.some((pattern) => pattern.test(path)),
      seconds: longRunning.find((each) => each.path.test(path))?.seconds ?? ordinarySeconds,
    }))
}

const passedBy = new Set(['node_modules', 'dist', 'dist-pack', 'tmp'])

function filesUnder(checkout: string, folder: string): string[] {
  return entriesOf(join(checkout, folder)).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return passedBy.has(entry.name) ? [] : filesUnder(checkout, path)
    return entry.isFile() ? [path] : []
  })
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
