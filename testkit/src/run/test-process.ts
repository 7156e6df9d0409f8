import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ran, runCommand } from './command.ts'
import type { Failure, Outcome } from './outcome.ts'
import type { TestLine } from './reporter.ts'
import type { TestFile } from './test-files.ts'

const reporter = fileURLToPath(new URL('./reporter.ts', import.meta.url))

export interface RunPlace {
  readonly checkout: string
  /** Holds all temporary files of the run. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

let number = 0

/** One test file in one process. */
export async function runTestFile(file: TestFile, place: RunPlace): Promise<Outcome> {
  const lines = join(place.folder, `lines-${number++}`)
  const ran = await runCommand(
    [
      process.execPath,
      '--enable-source-maps',
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${lines}`,
      file.path,
    ],
    { cwd: place.checkout, seconds: file.seconds, env: place.env },
  )
  const reported = readLines(lines)
  rmSync(lines, { force: true })
  return outcomeOf(file, ran, reported)
}

export function outcomeOf(file: TestFile, ran: Ran, lines: readonly TestLine[]): Outcome {
  const failures: Failure[] = []
  let passed = 0
  let skipped = 0
  for (const [at, line] of lines.entries()) {
    if (line.what === 'failed' && !line.ofChildren) {
      failures.push({ where: `${file.path} › ${[...parentsOf(lines, at), line.name].join(' › ')}`, why: line.why })
    }
    if (line.what === 'passed' && !line.suite) passed++
    if (line.what === 'skipped' && !line.suite) skipped++
  }
  const ownFault = faultOfFile(file, ran, lines, failures.length + passed + skipped)
  if (ownFault !== null && (ran.timedOut || failures.length === 0)) failures.push({ where: file.path, why: ownFault })
  return { passed, skipped, failures }
}

function faultOfFile(file: TestFile, ran: Ran, lines: readonly TestLine[], tests: number): string | null {
  if (ran.timedOut) {
    const open = stillOpen(lines)
    const at =
      open.length === 0 ? 'after its last test: something it opened was not closed' : `in "${open.join('", "')}"`
    return `hung ${at}; ended after ${file.seconds} s\n${ran.said}`
  }
  if (ran.code !== 0) return `ended with ${ran.signal ?? `exit code ${ran.code}`}\n${ran.said}`
  return tests === 0 ? 'holds no test' : null
}

/** Suites are reported after what is in them: the parents of a line are the next ones further out. */
function parentsOf(lines: readonly TestLine[], at: number): string[] {
  const parents: string[] = []
  let nesting = lines[at]?.nesting ?? 0
  for (const line of lines.slice(at + 1)) {
    if (line.what === 'begun' || line.what === 'ended' || line.nesting >= nesting) continue
    parents.unshift(line.name)
    nesting = line.nesting
  }
  return parents
}

function stillOpen(lines: readonly TestLine[]): string[] {
  const open = new Map<string, string>()
  for (const line of lines) {
    if (line.what === 'begun') open.set(`${line.nesting} ${line.name}`, line.name)
    if (line.what === 'ended') open.delete(`${line.nesting} ${line.name}`)
  }
  return [...open.values()]
}

function readLines(path: string): TestLine[] {
  const text = readIfThere(path)
  // The last line of a killed process may be cut.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line): TestLine => JSON.parse(line))
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
