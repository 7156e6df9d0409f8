import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '@tandem/testkit'
import { emptyJournal, type Journal, keep, type Told } from './crash-journal.ts'

export const victims = ['the app', 'the postmaster', 'the whole group'] as const
export type Victim = (typeof victims)[number]

export interface CrashOptions {
  readonly root: string
  readonly seed: string
  readonly kills: number
  readonly progress?: (line: string) => void
}

export interface CrashOutcome {
  readonly journal: Journal
  readonly killed: { readonly [victim in Victim]: number }
}

/** Starts the cell again and again on one data folder and kills it at random moments, a third each way. */
export async function killAndRestart({ root, seed, kills, progress = () => {} }: CrashOptions): Promise<CrashOutcome> {
  const random = seeded(seed)
  const journal = emptyJournal()
  const killed = { 'the app': 0, 'the postmaster': 0, 'the whole group': 0 }
  let cell: RunningCell | null = null
  for (let round = 0; round < kills; round++) {
    const victim = victims[round % victims.length] ?? 'the app'
    killed[victim]++
    // Now and then in the middle of a start or of a recovery; the first one founds the cell.
    const early = cell === null && victim !== 'the postmaster' && random.chance(20)
    cell ??= launch(root, seed, round, journal)
    if (early) await sleep(random.between(50, 1_500))
    else {
      await cell.ready
      await cell.working(random.between(1, 20))
      await sleep(random.between(0, 100))
    }
    const { child } = cell
    if (victim === 'the postmaster') {
      const back = cell.databaseBack()
      kill(cell.postmaster)
      await back
    } else {
      const all = victim === 'the app' ? [child.pid ?? 0] : [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)]
      for (const pid of all) kill(pid)
      await cell.ended
      cell = null
    }
    progress(
      `${round + 1}/${kills} ${victim}: ${journal.deliveries.size} deliveries, ${journal.decisions.size} decisions acknowledged`,
    )
  }
  if (cell !== null) {
    kill(cell.child.pid ?? 0)
    await cell.ended
  }
  return { journal, killed }
}

interface RunningCell {
  readonly child: ChildProcess
  readonly postmaster: number
  readonly ended: Promise<void>
  readonly ready: Promise<void>
  /** Resolves when it has acknowledged so much more. */
  working(acknowledgements: number): Promise<void>
  /** Resolves when the cell says that the next database is up. */
  databaseBack(): Promise<void>
}

const script = new URL('./crash-cell.ts', import.meta.url).pathname

function launch(root: string, seed: string, round: number, journal: Journal): RunningCell {
  const child = spawn(process.execPath, [script, root, seed, String(round), JSON.stringify([...journal.unanswered])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ready = Promise.withResolvers<void>()
  let postmaster = 0
  let back = Promise.withResolvers<void>()
  let acknowledged = Promise.withResolvers<void>()
  let wanted = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.endsWith('}')) return
    const told: Told = JSON.parse(line)
    keep(journal, told)
    if (told.told === 'ready') {
      assert.deepEqual(told.settings, { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' })
      postmaster = told.postmaster
      ready.resolve()
    }
    if ((told.told === 'delivered' || told.told === 'decided') && --wanted <= 0) acknowledged.resolve()
    if (told.told === 'database is back') {
      postmaster = told.postmaster
      back.resolve()
    }
  })
  const failed = ended.then(() => Promise.reject(new Error(`the cell ended by itself: ${journal.problems.join('; ')}`)))
  failed.catch(() => {})
  /** A cell that comes to a standstill is as bad as one that ends. */
  const soon = (what: string, promise: Promise<void>): Promise<void> => {
    const timer = Promise.withResolvers<never>()
    const timeout = setTimeout(() => {
      timer.reject(new Error(`${what}: not within a minute; ${journal.problems.slice(-3).join('; ')}`))
      kill(child.pid ?? 0)
    }, 60_000)
    const first = Promise.race([promise, failed, timer.promise]).finally(() => clearTimeout(timeout))
    first.catch(() => {})
    return first
  }
  const started = soon('start', ready.promise)
  return {
    child,
    ready: started,
    working(acknowledgements) {
      wanted = acknowledgements
      acknowledged = Promise.withResolvers<void>()
      return soon('an acknowledgement', acknowledged.promise)
    },
    get postmaster() {
      return postmaster
    },
    ended,
    databaseBack() {
      back = Promise.withResolvers<void>()
      return soon('the database', back.promise)
    },
  }
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone with the one before.
  }
}

/** Backends lead sessions of their own, so a process group does not hold them; parentage does. */
export function descendantsOf(ancestor: number): number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
      return /^\d+$/.test(name) && fields !== undefined ? [{ pid: Number(name), parent: Number(fields[1]) }] : []
    } catch {
      return []
    }
  })
  const found = [ancestor]
  for (const each of found) found.push(...parents.filter(({ parent }) => parent === each).map(({ pid }) => pid))
  return found.slice(1)
}
