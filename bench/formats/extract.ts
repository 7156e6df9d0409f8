// Identifiers out of text: this engine beside bulk_extractor and ripgrep, by processor time, on the same planted text.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extract } from '@tandem/identifiers'
import { kinds, type Planted, plant } from './planted.ts'

export interface ExtractionOptions {
  readonly megabytes: number
  readonly seed: number
  readonly bulkExtractor: string
}

interface Outcome {
  readonly tool: string
  readonly seconds: number
  readonly starts: readonly number[]
}

/** What a row of ripgrep patterns can do for the same kinds: no checksum, no context. */
const patterns = [
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}',
  'https?://[^\\s"<>]+',
  '\\b(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\b',
  '\\+[0-9]{1,3}(?:[ .-][0-9]{2,4}){2,5}',
  '\\(?[0-9]{3}\\)?[ .-][0-9]{3}[ .-][0-9]{4}',
  '\\b[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}\\b',
  '\\b(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[a-z0-9]{11,71})\\b',
  '\\b0x[0-9a-fA-F]{40}\\b',
  '\\b[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\\b',
  '\\b[a-z2-7]{56}\\.onion\\b',
  '\\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\\b',
  '\\b[0-9a-f]{32,64}\\b',
  '\\b[0-9]{15}\\b',
]

function ours(path: string): Outcome {
  const before = process.cpuUsage()
  const starts: number[] = []
  for (const { start } of extract(chunksOf(path))) starts.push(start)
  const { user, system } = process.cpuUsage(before)
  return { tool: 'this engine', seconds: (user + system) / 1e6, starts }
}

function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  const chunk = Buffer.alloc(1 << 20)
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) yield chunk.subarray(0, read)
  } finally {
    closeSync(file)
  }
}

/** Runs a command line and gives its processor time; null when it cannot be run. */
function timed(command: string): { readonly seconds: number; readonly output: string } | null {
  const done = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time ${command}`], {
    encoding: 'latin1',
    maxBuffer: 1 << 30,
  })
  const [user, system] = (done.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  if (done.status !== 0 || user === undefined || system === undefined) return null
  return { seconds: user + system, output: done.stdout }
}

function ripgrep(path: string): Outcome | null {
  const all = patterns.map((pattern) => `-e '${pattern}'`).join(' ')
  const done = timed(
    `rg --threads 1 --no-config --no-unicode --text --only-matching --byte-offset --no-line-number ${all} '${path}'`,
  )
  if (done === null) return null
  const starts = done.output.split('\n').map((line) => Number.parseInt(line, 10))
  return { tool: `rg, ${patterns.length} patterns`, seconds: done.seconds, starts: starts.filter(Number.isFinite) }
}

function bulkExtractor(program: string, path: string, folder: string): Outcome | null {
  const out = join(folder, 'bulk')
  rmSync(out, { recursive: true, force: true })
  // The scanners that do the same work: mail, addresses of sites and hosts, accounts, network.
  const done = timed(`'${program}' -q -J -x all -e email -e accts -e net -o '${out}' '${path}' >'${folder}/log'`)
  if (done === null || !existsSync(out)) return null
  const starts = readdirSync(out)
    .filter((name) => name.endsWith('.txt') && !name.includes('histogram'))
    .flatMap((name) => readFileSync(join(out, name), 'latin1').split('\n'))
    .map((line) => Number.parseInt(line, 10))
  return { tool: 'bulk_extractor email, accts, net', seconds: done.seconds, starts: starts.filter(Number.isFinite) }
}

/** A plant is found when something found begins in it. */
function recall(planted: readonly Planted[], starts: readonly number[]): ReadonlyMap<string, number> {
  const sorted = Float64Array.from(starts).sort()
  const found = new Map<string, [number, number]>(kinds.map((kind) => [kind, [0, 0]]))
  for (const { kind, start, end } of planted) {
    const counts = found.get(kind)
    if (counts === undefined) continue
    counts[1] += 1
    const next = sorted[lowerBound(sorted, start)]
    if (next !== undefined && next < end) counts[0] += 1
  }
  return new Map([...found].map(([kind, [hit, all]]) => [kind, all === 0 ? Number.NaN : (100 * hit) / all]))
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

export function extraction({ megabytes, seed, bulkExtractor: program }: ExtractionOptions): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-extract-'))
  try {
    for (const what of ['chat', 'log'] as const) {
      const path = join(folder, `${what}.txt`)
      const planted = plant(path, megabytes, seed, what)
      console.log(`\n${what}: ${megabytes} MB, ${planted.length} identifiers planted, seed ${seed}`)
      ours(path)
      const runs = [ours(path), bulkExtractor(program, path, folder), ripgrep(path)]
      const [mine] = runs
      const rates = runs.map((run) => (run === null ? null : recall(planted, run.starts)))
      for (const run of runs) {
        if (run === null || mine === null || mine === undefined) continue
        const speed = `${(megabytes / run.seconds).toFixed(1)} MB a second of processor time`
        console.log(
          `  ${run.tool.padEnd(34)} ${speed.padEnd(40)} this engine is ${(run.seconds / mine.seconds).toFixed(1)} times as fast`,
        )
      }
      if (runs[1] === null)
        console.log('  bulk_extractor is not here: name it with --bulk-extractor (Debian 12 has no package of it)')
      if (runs[2] === null) console.log('  rg is not here (Debian: apt-get install ripgrep)')
      console.log('  found, in per cent of planted:')
      for (const kind of kinds) {
        const cells = rates.map((rate) => (rate === null ? '-' : (rate.get(kind) ?? 0).toFixed(1)).padStart(8))
        console.log(`    ${kind.padEnd(14)}${cells.join('')}`)
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
