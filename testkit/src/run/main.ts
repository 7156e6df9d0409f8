import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { killAll, runCommand } from './command.ts'
import { endThem, leftBehind, runMark } from './leftovers.ts'
import { failedOnce, isGreen, type Outcome, passedOnce, together, totalLine } from './outcome.ts'
import { runPool } from './pool.ts'
import { type TestFile, testFiles } from './test-files.ts'
import { type RunPlace, runTestFile } from './test-process.ts'

const checkout = join(import.meta.dirname, '..', '..', '..')
const toolSeconds = 180

const usage = `npm test [-- --only PATTERN]   lint, type check and all tests
  --only PATTERN   only the steps whose name fits: "lint", "types" or the path of a test file (regular expression)`

/** Lint, types, tests, and at the end a look at what was left behind. Resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const asked = readArguments(argv)
  if (asked === null) return 2
  const place = makePlace()
  const leave = async (): Promise<void> => {
    killAll()
    endThem(await leftBehind(place.env[runMark] ?? '', place.folder, 0))
    rmSync(place.folder, { recursive: true, force: true })
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave())
  const began = performance.now()
  try {
    const outcomes = await runAll(asked, place)
    outcomes.push(await nothingLeft(place))
    return report(together(outcomes), outcomes.length > 1, performance.now() - began)
  } finally {
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function runAll(only: RegExp, place: RunPlace): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const step = async (name: string, work: () => Promise<Outcome>): Promise<void> => {
    const began = performance.now()
    const outcome = await work()
    outcomes.push(outcome)
    tell(name, outcome, performance.now() - began)
  }
  const tool = (name: string, argv: readonly string[]) => step(name, () => runTool(name, argv, place))
  if (only.test('lint'))
    await tool('lint', ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off', '.'])
  if (only.test('types')) await tool('types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'])
  const files = testFiles(checkout).filter(({ path }) => only.test(path))
  await runPool<TestFile>(files, Math.min(availableParallelism(), 4), (file) =>
    step(file.path, () => runTestFile(file, place)),
  )
  return outcomes
}

async function runTool(name: string, argv: readonly string[], place: RunPlace): Promise<Outcome> {
  const ran = await runCommand([process.execPath, ...argv], { cwd: checkout, seconds: toolSeconds, env: place.env })
  if (ran.timedOut) return failedOnce(name, `took longer than ${toolSeconds} s\n${ran.said}`)
  return ran.code === 0 ? passedOnce : failedOnce(name, ran.said)
}

async function nothingLeft(place: RunPlace): Promise<Outcome> {
  const left = await leftBehind(place.env[runMark] ?? '', place.folder, 15_000)
  if (left.length === 0) return passedOnce
  endThem(left)
  const list = left.map(({ pid, command }) => `process ${pid}: ${command}`).join('\n')
  return failedOnce('nothing is left behind', `these processes outlived the run and were ended:\n${list}`)
}

function makePlace(): RunPlace {
  // Readable: tests that run as root start PostgreSQL under another account, which must get through to its own folder.
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tandem-run-'))
  chmodSync(folder, 0o755)
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...inherited } = process.env
  return {
    checkout,
    folder,
    env: {
      ...inherited,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
      TMPDIR: folder,
      [runMark]: randomBytes(8).toString('hex'),
    },
  }
}

function readArguments(argv: readonly string[]): RegExp | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: { only: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help !== true) return new RegExp(values.only ?? '')
    console.log(usage)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
  return null
}

function tell(name: string, outcome: Outcome, milliseconds: number): void {
  const mark = outcome.failures.length > 0 ? 'FAIL' : 'ok  '
  console.log(`${mark} ${name}  ${totalLine(outcome)}  ${(milliseconds / 1_000).toFixed(1)} s`)
}

function report(total: Outcome, anyStep: boolean, milliseconds: number): number {
  for (const { where, why } of total.failures) console.log(`\nFAILED ${where}\n${indent(why.trimEnd())}`)
  const minutes = `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1_000)} s`
  console.log(`\n${anyStep ? `Took ${minutes}.` : 'No step fits the pattern: nothing was tested.'}`)
  console.log(totalLine(total))
  return anyStep && isGreen(total) ? 0 : 1
}

const indent = (text: string): string => text.replace(/^/gm, '    ')
